from django import forms

from afdelinger.models import Bruger, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import DatoField, VersionForm
from skoleophold.models import Noedkontakt, Punktart, Skoleperiode, Studietur, Turpunkt
from skoleophold.permissions import LEDSAGERE
from skoleophold.services.studietur import tur_version
from skoleophold.uses import BEVIS

from .kalender import check_order

SHORTEST_NUMBER = 6  # digits: some countries have shorter numbers than ours


class StudieturForm(VersionForm):
    destination = forms.CharField(label="Rejsemål", max_length=60)
    startdato = DatoField(label="Afrejse")
    sidste_dag = DatoField(label="Hjemkomst")
    program = forms.CharField(
        label="Program",
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text="Skriv det, som eleverne skal læse det: hvor og hvornår I mødes, besøg, hotel.",
    )
    kontakt = forms.CharField(
        label="Kontakt på turen",
        max_length=200,
        required=False,
        help_text="Navn og telefon på den lærer, der rejser med. Står øverst på kontaktlisten.",
    )
    ledsager = forms.ModelChoiceField(
        Bruger.objects.none(),
        label="Rejseleder herfra",
        required=False,
        empty_label="Ingen",
        help_text="En, der har en konto. Kan se kontaktlisten, indtil den bliver slettet.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = Rolletildeling.objects.on(today()).filter(rolle__in=LEDSAGERE).values("bruger")
        self.fields["ledsager"].queryset = Bruger.objects.filter(pk__in=staff, is_active=True)

    def clean(self):
        super().clean()
        check_order(self)

    @classmethod
    def new(cls, periode: Skoleperiode, data=None) -> "StudieturForm":
        days = {"startdato": periode.startdato, "sidste_dag": periode.sidste_dag}
        form = cls(data, initial=days | {"destination": periode.studietur})
        del form.fields["version"]
        return form

    @classmethod
    def of(cls, tur: Studietur, data=None) -> "StudieturForm":
        first = {name: getattr(tur, name) for name in cls.base_fields if name != "version"}
        return cls(data, initial=first | {"version": tur_version(tur)})


class PunktForm(forms.Form):
    navn = forms.CharField(label="Punkt", max_length=120)
    hjaelp = forms.CharField(
        label="Hjælp til eleven", max_length=300, required=False, help_text="Spørg aldrig om helbred."
    )
    art = forms.ChoiceField(label="Hvad gør eleven?", choices=Punktart.choices, widget=forms.RadioSelect)
    dage_foer = forms.IntegerField(label="Frist, dage før afrejsen", min_value=0, max_value=365)

    @classmethod
    def of(cls, punkt: Turpunkt, data=None) -> "PunktForm":
        first = {name: getattr(punkt, name) for name in cls.base_fields}
        return cls(data, initial=first)


class TurfilForm(forms.Form):
    titel = forms.CharField(label="Hvad er det?", max_length=120, help_text="Fx Program, Billetter, Forsikring.")
    fil = FilFelt(label="Dokument", use=BEVIS)


class NoedkontaktForm(forms.Form):
    navn = forms.CharField(label="Navn", max_length=120)
    telefon = forms.CharField(label="Telefon", max_length=30, widget=forms.TextInput({"inputmode": "tel"}))
    hvem = forms.CharField(label="Hvem er det?", max_length=60, required=False, help_text="Fx mor, kæreste, ven.")

    @classmethod
    def of(cls, row: Noedkontakt | None, data=None) -> "NoedkontaktForm":
        return cls(data, initial={name: getattr(row, name) for name in cls.base_fields} if row else {})

    def clean_telefon(self) -> str:
        telefon = self.cleaned_data["telefon"]
        if sum(each.isdigit() for each in telefon) < SHORTEST_NUMBER:
            raise forms.ValidationError("Skriv et nummer, vi kan ringe til, fx 20 30 40 50.")
        return telefon


class TjeklisteForm(forms.Form):
    punkter = forms.ModelMultipleChoiceField(
        Turpunkt.objects.none(), required=False, label="Hvad er i orden?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, tur: Studietur, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["punkter"].queryset = tur.punkter.filter(art=Punktart.KRYDS)
