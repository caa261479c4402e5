from datetime import datetime

from django import forms
from django.utils.timezone import get_default_timezone, localtime

from afdelinger.models import Bruger
from elevforloeb.core.forms import DatoField, VersionForm
from rekruttering.models import Runde
from rekruttering.services.runde import runde_version

OPMAERKNING = "Tom linje giver et nyt afsnit. ## foran en linje gør den til en mellemoverskrift, og - til et punkt."


class RundeForm(VersionForm):
    titel = forms.CharField(label="Titel", max_length=120)
    pladser = forms.IntegerField(label="Antal pladser", min_value=1, max_value=99)
    startdato = DatoField(label="Første arbejdsdag")
    aabner = DatoField(label="Der kan søges fra")
    aabner_kl = forms.TimeField(label="Der åbnes klokken")
    frist = DatoField(label="Frist", help_text="Sidste dag. Er opslaget ude, kan fristen kun blive senere.")
    frist_kl = forms.TimeField(label="Fristen er klokken", help_text="Præcis. Kl. 23.59 er hele dagen.")
    samtaler = forms.CharField(
        label="Samtaler", max_length=120, required=False, help_text="Det, ansøgere læser. Fx: Uge 6 og 7 på rådhuset."
    )
    svar_senest = DatoField(label="Alle har svar senest", required=False)
    tekst = forms.CharField(
        label="Opslagets tekst",
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 16}),
        help_text=OPMAERKNING,
    )
    slettes_efter_maaneder = forms.IntegerField(
        label="Ansøgninger slettes efter, måneder",
        min_value=1,
        max_value=36,
        help_text="Regnet fra den dag, runden bliver afsluttet. Seks måneder er nok i de fleste tilfælde.",
    )
    slettefrist_grund = forms.CharField(
        label="Begrundelse for at gemme dem længere",
        max_length=300,
        required=False,
        help_text="Kun ved mere end seks måneder. Ansøgerne kan læse den.",
    )

    field_order = ["version"]

    def clean(self):
        """The day and the time of it make one moment."""
        data = super().clean()
        for name in ("aabner", "frist"):
            day, hour = data.get(name), data.pop(f"{name}_kl", None)
            if day and hour:
                data[name] = datetime.combine(day, hour, tzinfo=get_default_timezone())
        return data

    @classmethod
    def of(cls, runde: Runde, data=None) -> "RundeForm":
        names = [name for name in cls.base_fields if hasattr(runde, name)]
        first = {name: getattr(runde, name) for name in names} | {"version": runde_version(runde)}
        for name in ("aabner", "frist"):
            moment = localtime(first[name])
            first |= {name: moment.date(), f"{name}_kl": moment.time()}
        return cls(data, initial=first)


class NyRundeForm(RundeForm):
    version = None


class BrugereField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, bruger: Bruger) -> str:
        return f"{bruger.navn}, {bruger.stilling}" if bruger.stilling else bruger.navn


class UdvalgForm(forms.Form):
    brugere = BrugereField(
        Bruger.objects.none(),
        label="Hvem er med?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Typisk den elevansvarlige og en elevvejleder. Ingen andre kan læse ansøgningerne.",
    )

    def __init__(self, *args, brugere, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["brugere"].queryset = brugere
