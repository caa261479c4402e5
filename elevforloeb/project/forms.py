"""The second factor, and the filters of the roof's lists: they come with the address, so that a list can be shared."""

from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from elevforloeb.core.forms import DatoField, ListeFilter, soegefelt
from elevforloeb.core.models import Mail

from .sletning import Grund


class ActivateForm(ActivateTOTPForm):
    """The same word as where the code is asked for at log-in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kode"


class FilterForm(ListeFilter):
    def chosen(self) -> dict:
        """The filters that are filled in with something that makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UdbakkeFilter(FilterForm):
    q = soegefelt("Modtager")
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), *Mail.Status.choices])


class PostkasseFilter(FilterForm):
    q = soegefelt("Modtager")


class OpslagFilter(FilterForm):
    hvem = soegefelt("Hvem har set")
    person = soegefelt("Hvis oplysninger")
    fra = DatoField(label="Fra dag", required=False)
    til = DatoField(label="Til og med", required=False)


class HaendelseFilter(FilterForm):
    q = soegefelt("Hvad er sket")
    hvem = soegefelt("Hvem gjorde det")
    fra = DatoField(label="Fra dag", required=False)
    til = DatoField(label="Til og med", required=False)


class SletForm(forms.Form):
    ja = forms.BooleanField(label="Jeg ved, at det ikke kan fortrydes")

    def clean(self):
        """Only the yes was wanted; the services take no such word."""
        self.cleaned_data.pop("ja", None)
        return self.cleaned_data


class TidligSletForm(SletForm):
    """Before the time is up."""

    grund = forms.ChoiceField(label="Hvorfor skal det slettes nu?", choices=Grund.choices, widget=forms.RadioSelect)
    field_order = ["grund", "ja"]


class UdsaetForm(forms.Form):
    til = DatoField(label="Må slettes fra", help_text="Indtil den dag står personen ikke på listen.")
    grund = forms.CharField(
        label="Hvorfor?", max_length=200, help_text="Fx “klage er ikke afgjort”. Skriv ikke, hvad klagen handler om."
    )


class StikproeveForm(forms.Form):
    antal = forms.IntegerField(label="Antal", min_value=1, max_value=200)


class BogForm(forms.Form):
    """What may be left out of an uddannelsesbog. `kan_vaelges`: what the elev has said yes to, or all for herself."""

    karakterer = forms.BooleanField(label="Tag karakterer med", required=False)
    skole = forms.BooleanField(label="Tag skoleperioder og fremmøde med", required=False)

    def __init__(self, *args, kan_vaelges: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - kan_vaelges:
            del self.fields[name]
