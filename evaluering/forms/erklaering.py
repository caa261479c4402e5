from django import forms

from elevforloeb.core.dates import today
from elevforloeb.core.forms import DatoField, ListeFilter, soegefelt
from elevforloeb.models import Hold
from evaluering.models import Oplaeringserklaering
from evaluering.queries.erklaeringer import SHOWN

LIGHTLY = "Skriv ikke om sygdom eller andre følsomme forhold: skolen læser det."


class VersionedForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class TekstForm(VersionedForm):
    """The text of a declaration."""

    arbejdsomraader = forms.CharField(
        label="Arbejdsområder og funktioner",
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Hvad eleven har arbejdet med i perioden. Forslaget er lavet af afdelingernes opgaver. Ret det til.",
    )
    behov_skole = forms.CharField(
        label="Særlige behov i den kommende skoleundervisning",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=LIGHTLY,
    )
    behov_oplaering = forms.CharField(
        label="Særlige behov i den kommende oplæring",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=LIGHTLY,
    )

    @classmethod
    def of(cls, row: Oplaeringserklaering, data=None) -> "TekstForm":
        names = ("arbejdsomraader", "behov_skole", "behov_oplaering", "version")
        form = cls(data, initial={name: getattr(row, name) for name in names})
        if row.afsluttende:
            form.fields["behov_skole"].label = "Særlige behov i skoleundervisningen"
            form.fields["behov_oplaering"].label = "Særlige behov i oplæringen"
        return form

    def renew(self, version: int) -> None:
        """After a conflict the next save is made knowing what the other person wrote."""
        self.data = self.data.copy()
        self.data["version"] = version


class SetForm(VersionedForm):
    bemaerkning = forms.CharField(
        label="Din egen bemærkning",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Den kommer med i erklæringen, så skolen læser den.",
    )


class UnderskrivForm(VersionedForm):
    """`set`: the elev has seen it, and nothing needs a reason."""

    grund = forms.CharField(
        label="Hvorfor har eleven ikke set den?",
        max_length=300,
        required=False,
        help_text="Fx “kunne ikke træffes”. Det kommer til at stå i erklæringen.",
    )

    def __init__(self, *args, er_set: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grund"].needed_later = True  # the service asks for it
        if er_set:
            del self.fields["grund"]


class SendtForm(forms.Form):
    sendt = DatoField(label="Hvornår er den sendt eller afleveret?", initial=today)
    hvordan = forms.CharField(
        label="Hvordan?", max_length=120, help_text="Fx “Lærepladsen.dk”, “sikker mail til skolen” eller “afleveret”."
    )


class GrundForm(forms.Form):
    grund = forms.CharField(label="Hvorfor skal den ikke skrives?", max_length=200)


class FilterForm(ListeFilter):
    q = soegefelt("Søg efter elev")
    vis = forms.ChoiceField(label="Vis", choices=list(SHOWN.items()), required=False)
    hold = forms.ModelChoiceField(Hold.objects.all(), label="Hold", required=False, empty_label="Alle hold")
