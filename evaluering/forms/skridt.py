"""The small forms around an evaluation: the meeting, a later date, a lapse, a signature, a correction."""

from datetime import datetime

from django import forms
from django.utils.timezone import get_default_timezone, localtime

from elevforloeb.core.forms import DatoField
from evaluering.models import Evaluering, Underskrift
from evaluering.models.skema import Part

NO_HEALTH = "Skriv ikke om sygdom eller andre følsomme forhold."


class MoedeForm(forms.Form):
    dag = DatoField(label="Dag", widget=forms.DateInput)
    tid = forms.TimeField(label="Klokken", error_messages={"invalid": "Skriv tiden som timer og minutter, fx 13:30."})

    @classmethod
    def of(cls, evaluering: Evaluering, data=None) -> "MoedeForm":
        local = evaluering.moede and localtime(evaluering.moede)
        return cls(data, initial={"dag": local.date(), "tid": local.time()} if local else None)

    @property
    def moede(self) -> datetime:
        day, time = self.cleaned_data["dag"], self.cleaned_data["tid"]
        return datetime.combine(day, time, tzinfo=get_default_timezone())


class UdsaetForm(forms.Form):
    til = DatoField(label="Ny frist")
    grund = forms.ChoiceField(
        label="Hvorfor?", choices=Evaluering.Grund.choices, widget=forms.RadioSelect, help_text=NO_HEALTH
    )


class GrundForm(forms.Form):
    """A reason that stays in the history."""

    grund = forms.CharField(
        label="Hvorfor?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_HEALTH
    )


class PapirForm(forms.Form):
    papir = forms.CharField(
        label="Hvor ligger papiret?",
        max_length=200,
        help_text="Fx sagsnummeret i personalesagen. Skriv ikke, hvad der står.",
    )


class OverdragForm(forms.Form):
    til = forms.ModelChoiceField(None, label="Hvem svarer for afdelingen?", widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["til"].queryset = people


class KvitterForForm(forms.Form):
    part = forms.ChoiceField(label="Hvem kvitterer ikke selv?", widget=forms.RadioSelect)
    art = forms.ChoiceField(
        label="Hvad skete der?",
        choices=[each for each in Underskrift.Art.choices if each[0] != Underskrift.Art.SET],
        widget=forms.RadioSelect,
    )
    bemaerkning = forms.CharField(
        label="Hvorfor?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Står i evalueringen, når den er forseglet. {NO_HEALTH}",
    )

    def __init__(self, *args, parter: list[tuple[Part, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(part.value, name) for part, name in parter]


class UnderskrivForm(forms.Form):
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    part = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)  # for who is two of them
    laest = forms.BooleanField(label="Jeg har læst svarene og det, vi har aftalt")
    bemaerkning = forms.CharField(
        label="Din egen bemærkning",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Står sammen med din kvittering. Skriv her, hvis du ser noget anderledes.",
    )

    def renew(self, sha256: str) -> None:
        """After a conflict the text is read again: the next signature is of what stands there now."""
        self.data = self.data.copy()
        self.data["sha256"] = sha256
        self.data.pop("laest", None)
