from django import forms

from elevforloeb.core.forms import DatoField, VersionForm
from elevforloeb.models import Hold, Kalenderperiode
from elevforloeb.services.kalender import Skoleperiode, kalender_version


def check_order(form) -> None:
    first, last = form.cleaned_data.get("startdato"), form.cleaned_data.get("sidste_dag")
    if first and last and last < first:
        form.add_error("sidste_dag", "Sidste dag skal være den samme dag som første dag eller senere.")


class DageForm(forms.Form):
    """First and last day, both counted in."""

    startdato = DatoField(label="Første dag")
    sidste_dag = DatoField(label="Sidste dag")

    def clean(self):
        super().clean()
        check_order(self)


class KalenderForm(DageForm):
    art = forms.ChoiceField(label="Hvad er det?", widget=forms.RadioSelect)
    titel = forms.CharField(
        label="Navn på skoleperioden", max_length=60, required=False, help_text="Kun ved skole, fx Skoleophold 2."
    )

    field_order = ["art", "titel", "startdato", "sidste_dag"]

    def __init__(self, *args, arter, **kwargs):
        super().__init__(*args, **kwargs)
        Art = Kalenderperiode.Art
        self.fields["art"].choices = [(art, Art(art).label) for art in arter]
        if Art.SYGDOM in arter:
            self.fields["art"].help_text = "Ved sygdom skriver du kun datoer, aldrig hvad eleven fejler."
        if Art.SKOLE not in arter:
            del self.fields["titel"]
        self.hvad = "skole, ferie eller fravær" if Art.SKOLE in arter else "ferie eller sygdom"


class RetKalenderForm(VersionForm, KalenderForm):
    @classmethod
    def of(cls, row: Kalenderperiode, data=None, **options) -> "RetKalenderForm":
        first = {"art": row.art, "titel": row.titel, "startdato": row.startdato, "sidste_dag": row.sidste_dag}
        return cls(data, initial=first | {"version": kalender_version(row)}, **options)


class HoldskoleForm(DageForm):
    titel = forms.CharField(label="Navn", max_length=60, help_text="Fx Skoleophold 2.")

    field_order = ["titel", "startdato", "sidste_dag"]

    @property
    def perioder(self) -> list[Skoleperiode]:
        data = self.cleaned_data
        return [Skoleperiode(data["titel"], data["startdato"], data["sidste_dag"])]


class KopierSkoleForm(forms.Form):
    fra_hold = forms.ModelChoiceField(Hold.objects.none(), label="Kopiér fra", empty_label=None)
    uger = forms.IntegerField(
        label="Flyt så mange uger frem",
        min_value=-520,
        max_value=520,
        help_text="52 uger giver de samme ugedage året efter.",
    )

    def __init__(self, *args, hold, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fra_hold"].queryset = hold
