from django import forms

from afdelinger.models import Bruger
from elevforloeb.core.rules import Rules, rules
from evaluering.paamindelsesslags import Slags, offered

ALWAYS = "Den kan ikke slås fra."


class PaamindelserForm(forms.Form):
    """A box for each kind of mail."""

    @classmethod
    def of(cls, person: Bruger, data=None) -> "PaamindelserForm":
        refused = set(person.fravalg.values_list("slags", flat=True))
        return cls(data, slags=offered(person), refused=refused, now=rules())

    def __init__(self, data=None, *, slags: list[Slags], refused: set[str], now: Rules):
        super().__init__(data)
        for each in slags:
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
