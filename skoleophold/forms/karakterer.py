from django import forms

from elevforloeb.core.dates import today
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import DatoField, VersionForm
from skoleophold.models import Fag, Indlaesning, Karakter, Skolehold
from skoleophold.queries.elev import periods_to_grade
from skoleophold.services.karakterer import karakter_version
from skoleophold.uses import BEVIS, SKOLELISTE

GRADES = [
    ("7-trinsskalaen", [(value, value.label) for value in Karakter.PAA_SKALA[Fag.Skala.SYV]]),
    ("Uden tal", [(value, value.label) for value in Karakter.PAA_SKALA[Fag.Skala.BESTAAET]]),
]


class VaerdiForm(forms.Form):
    vaerdi = forms.ChoiceField(label="Karakter", choices=[("", "Vælg"), *GRADES])
    dato = DatoField(label="Dagen, den blev givet", required=False)


class KarakterForm(VaerdiForm):
    """A delkarakter of one of the elev's periods, or the slutkarakter."""

    SLUT = "Slutkarakter, når faget er færdigt"

    fag = forms.ModelChoiceField(Fag.objects.none(), label="Fag", empty_label="Vælg")
    skoleperiode = forms.ModelChoiceField(None, label="Hvornår?", required=False, empty_label=SLUT)

    bevis = FilFelt(label="Skolens bevis", use=BEVIS, required=False)

    field_order = ["fag", "skoleperiode", "vaerdi", "dato", "bevis"]

    def __init__(self, *args, elev, **kwargs):
        super().__init__(*args, **kwargs)
        periods = periods_to_grade(elev)
        self.fields["skoleperiode"].queryset = periods
        self.fields["skoleperiode"].initial = periods.last()
        self.fields["fag"].queryset = Fag.objects.on(today())
        self.order_fields(self.field_order)


class RetKarakterForm(VersionForm, VaerdiForm):
    @classmethod
    def of(cls, row: Karakter, data=None) -> "RetKarakterForm":
        return cls(data, initial={"vaerdi": row.vaerdi, "dato": row.dato, "version": karakter_version(row)})


class FagvalgForm(forms.Form):
    fag = forms.ModelMultipleChoiceField(
        Fag.objects.none(), label="Hvilke fag siger du ja til?", required=False, widget=forms.CheckboxSelectMultiple
    )
    som = forms.ChoiceField(
        label="På hvis vegne?",
        choices=[("vejleder", "Elevvejlederens"), ("elev", "Elevens")],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, fag, for_andre, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fag"].queryset = fag
        if not for_andre:
            del self.fields["som"]


class FilForm(forms.Form):
    """A file to be looked at. `skolehold` is for files that do not say it on each line, as a calendar file does."""

    art = forms.ChoiceField(label="Hvad står der i filen?", choices=Indlaesning.Art.choices, widget=forms.RadioSelect)
    fil = FilFelt(label="Fil", use=SKOLELISTE)
    skolehold = forms.ModelChoiceField(
        Skolehold.objects.all(),
        label="Skolehold",
        required=False,
        empty_label="Står i filen",
        help_text="Kun ved skoleperioder. En kalenderfil siger ikke selv, hvilket hold den er til.",
    )
