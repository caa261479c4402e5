from django import forms

from afdelinger.models import Afdeling, Delophold, ItSystem, Jobkompetence, Maal, Opgave, Pladser, Underomraade
from elevforloeb.core.forms import DatoField, VersionForm

from .felter import NO_END, of, text_of

# In the order of tokens.css.
FARVER = ["Blå", "Orange", "Gul", "Rosa", "Grøn", "Lilla", "Turkis", "Brun"]


class TeksterForm(VersionForm):
    """What the department's own leder and elevvejledere may write."""

    beskrivelse = text_of(Afdeling, "beskrivelse")
    elevens_rolle = text_of(Afdeling, "elevens_rolle")
    stoerrelse = of(Afdeling, "stoerrelse", help_text="Fx “en leder og ca. 20 medarbejdere”.")
    adresse = of(Afdeling, "adresse", help_text="Hvor eleven møder ind den første dag.")


class StamdataForm(forms.Form):
    navn = of(Afdeling, "navn")
    kortnavn = of(Afdeling, "kortnavn")
    art = of(Afdeling, "art", widget=forms.RadioSelect, choices=Afdeling.Art.choices)
    forvaltning = of(Afdeling, "forvaltning")
    farve = of(
        Afdeling, "farve", widget=forms.Select(choices=list(enumerate(FARVER, start=1))), help_text="Vises i planen."
    )


class AfdelingForm(StamdataForm, TeksterForm):
    """The elevansvarlig changes everything."""

    field_order = ["navn", "kortnavn", "art", "forvaltning", "farve"]


class NyAfdelingForm(StamdataForm):
    fra = DatoField(label="Åbner", help_text="Den første dag, afdelingen kan have elever.")
    beskrivelse = text_of(Afdeling, "beskrivelse")
    elevens_rolle = text_of(Afdeling, "elevens_rolle")


class LukAfdelingForm(forms.Form):
    sidste_dag = DatoField(label="Sidste dag", help_text="Pladser og roller i afdelingen slutter samme dag.")
    efterfoelger = of(
        Afdeling,
        "efterfoelger",
        empty_label="Ingen",
        help_text="Vælg, hvis opgaverne er flyttet til en anden afdeling. Flere afdelinger kan have samme afløser.",
    )

    def __init__(self, *args, afdeling, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["efterfoelger"].queryset = Afdeling.objects.exclude(pk=afdeling.pk)


class OpgaveForm(VersionForm):
    navn = of(Opgave, "navn", widget=forms.Textarea(attrs={"rows": 2}))
    underomraade = of(Opgave, "underomraade", empty_label="Hele afdelingen")
    maal = of(Opgave, "maal", widget=forms.CheckboxSelectMultiple, label="Hvilke mål træner opgaven?")
    jobkompetencer = of(Opgave, "jobkompetencer", widget=forms.CheckboxSelectMultiple)
    art = of(
        Opgave,
        "art",
        label="Rutine eller udvikling?",
        widget=forms.RadioSelect,
        choices=[*Opgave.Art.choices, ("", "Ikke angivet")],
    )
    hvem_gavner = of(Opgave, "hvem_gavner", help_text="Så kan eleven se meningen. Fx “borgere, der venter på svar”.")

    def __init__(self, *args, afdeling, maal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["underomraade"].queryset = afdeling.underomraader.all()
        self.fields["maal"].queryset = maal
        self.fields["jobkompetencer"].queryset = Jobkompetence.objects.all()
        self.fields["maal"].label_from_instance = label_of_goal


def label_of_goal(maal: Maal) -> str:
    return f"{maal.navn} ({maal.maalsaet.navn})"


class UnderomraadeForm(forms.Form):
    navn = of(Underomraade, "navn")


class ItSystemForm(forms.Form):
    navn = of(ItSystem, "navn")
    bestillingstid = of(
        ItSystem, "bestillingstid", max_value=365, help_text="Hvor længe før ankomsten adgangen skal bestilles."
    )


class DelopholdForm(forms.Form):
    navn = of(Delophold, "navn")
    varighed = of(Delophold, "varighed", help_text="Fx “1 uge”.")
    beskrivelse = text_of(Delophold, "beskrivelse", rows=4)


class PladserForm(forms.Form):
    antal = of(Pladser, "antal", help_text="Hvor mange elever afdelingen kan have på samme tid.")
    fra = DatoField(label="Første dag")
    sidste_dag = DatoField(label="Sidste dag", required=False, help_text=NO_END)
    kilde = of(Pladser, "kilde", label="Hvem har besluttet det?")
