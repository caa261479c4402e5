from django import forms

from afdelinger.models import Bruger
from elevforloeb.core.rules import rules
from evaluering.paamindelsesslags import SLAGS

ALWAYS = "Den kan ikke slås fra."


class PaamindelserForm(forms.Form):
    """A box for each kind of mail."""

    @classmethod
    def of(cls, person: Bruger, data=None) -> "PaamindelserForm":
        refused = set(person.fravalg.values_list("slags", flat=True))
        return cls(data, refused=refused, now=rules())

    def __init__(self, data=None, *, refused, now):
        super().__init__(data)
        for each in SLAGS:
            may = each.kan_fravaelges(now)
            self.fields[each.navn] = forms.BooleanField(
                label=each.titel,
                initial=not may or each.navn not in refused,
                required=False,
                disabled=not may,
                help_text="" if may else ALWAYS,
            )

    @property
    def wanted(self) -> list[str]:
        return [navn for navn, chosen in self.cleaned_data.items() if chosen]
