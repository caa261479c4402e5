from django import forms
from django.utils import timezone

from elevforloeb.core.dates import long_date
from elevforloeb.core.forms import DatoField
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from rekruttering.models import Samtaletid


class TiderForm(forms.Form):
    nr = forms.TypedChoiceField(
        label="Samtalerunde", coerce=int, choices=[(1, "1. samtale"), (2, "2. samtale"), (3, "3. samtale")]
    )
    dato = DatoField(label="Dato")
    lokale = forms.CharField(label="Lokale", max_length=80, help_text="Så en fremmed kan finde det.")
    fra = forms.TimeField(label="Fra kl.", widget=forms.TimeInput)
    til = forms.TimeField(label="Til kl.", widget=forms.TimeInput)
    minutter = forms.IntegerField(label="Minutter pr. samtale", min_value=10, max_value=240, initial=45)
    pause = forms.IntegerField(label="Minutter imellem", min_value=0, max_value=120, initial=15)
    alligevel = forms.BooleanField(label="Læg tiderne ind alligevel", required=False)

    def ask_only_when_needed(self) -> None:
        if not self.is_bound or ("alligevel" not in self.errors and not self.cleaned_data.get("alligevel")):
            del self.fields["alligevel"]


class LokaleForm(forms.Form):
    lokale = forms.CharField(label="Lokale", max_length=80, help_text="Så en fremmed kan finde det.")


class TidForm(forms.Form):
    tid = forms.ModelChoiceField(
        label="Tid", queryset=Samtaletid.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, tider, sammenfald=None, **kwargs):
        """`sammenfald`: who of ours seems to be elsewhere, by id of the time. Never shown to an applicant."""
        super().__init__(*args, **kwargs)
        self.fields["tid"].queryset = tider
        self.fields["tid"].label_from_instance = lambda tid: " · ".join(
            [when(tid), *(sammenfald or {}).get(tid.pk, [])]
        )


def when(tid: Samtaletid) -> str:
    """tirsdag den 10. februar 2027 kl. 09.00, Lokale 3"""
    return f"{long_date(tid.dag.dato)} kl. {timezone.localtime(tid.start):%H.%M}, {tid.dag.lokale}"


class VagtForm(forms.Form):
    elev = forms.ModelChoiceField(label="Elev", queryset=Elev.objects.none(), empty_label="Vælg en elev")

    def __init__(self, *args, elever, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elev"].queryset = elever
        self.fields["elev"].label_from_instance = lambda each: f"{each} (har taget imod {_times(each.gange)})"


def _times(number: int) -> str:
    return count_noun(number, "gang", "gange")
