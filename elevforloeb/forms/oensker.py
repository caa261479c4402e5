from django import forms

from elevforloeb.core.forms import DatoField
from elevforloeb.models import Binding, Oenskerunde, Udbudssvar
from elevforloeb.queries.oensker.pladser import Afdelingssvar
from elevforloeb.queries.oensker.rundeside import stage_choices
from elevforloeb.services.oensker import answer_version, round_version

MOST_PLACES = 99
LIGHTLY = "Skriv ikke om sygdom eller andre følsomme forhold."


class RundeForm(forms.Form):
    """The dates of a round. `hold` is given when it is opened: then the stays are chosen too."""

    navn = forms.CharField(label="Navn", max_length=60, help_text="Det ser afdelinger og elever.")
    foerste_trin = forms.TypedChoiceField(label="Første ophold, der ønskes til", coerce=int)
    sidste_trin = forms.TypedChoiceField(label="Sidste ophold, der ønskes til", coerce=int)
    udbud_fra = DatoField(label="Afdelingerne kan svare fra")
    udbudsfrist = DatoField(label="Afdelingernes sidste dag")
    oenske_fra = DatoField(label="Eleverne kan ønske fra")
    oenskefrist = DatoField(label="Elevernes sidste dag")
    besked = forms.CharField(
        label="Besked til eleverne", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, hold=None, **kwargs):
        super().__init__(*args, **kwargs)
        if hold is None:
            del self.fields["foerste_trin"], self.fields["sidste_trin"]
        else:
            for name in ("foerste_trin", "sidste_trin"):
                self.fields[name].choices = stage_choices(hold)


class RetRundeForm(RundeForm):
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @classmethod
    def of(cls, runde: Oenskerunde, data=None) -> "RetRundeForm":
        names = ("navn", "udbud_fra", "udbudsfrist", "oenske_fra", "oenskefrist", "besked")
        return cls(data, initial={name: getattr(runde, name) for name in names} | {"version": round_version(runde)})


class UdbudForm(forms.Form):
    """What a department answers. Two numbers for each stay it may offer."""

    valg = forms.ChoiceField(
        label="Kan I have elever?",
        choices=[(Udbudssvar.Svar.TILBYDER, "Ja, her er pladser"), (Udbudssvar.Svar.INTET, "Nej, intet i år")],
        widget=forms.RadioSelect,
    )
    kan_laere = forms.CharField(
        label="Hvad kan eleven lære hos jer?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eleverne læser det, når de ønsker. Skriv, hvad der er særligt i år, fx et projekt eller et valg.",
    )
    note = forms.CharField(
        label="Bemærkning til den elevansvarlige",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, afdeling: Afdelingssvar, paa_vegne: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.afdeling, self.paa_vegne = afdeling, paa_vegne
        if paa_vegne:
            self.fields["note"].label = "Hvorfor svarer du for afdelingen?"
            self.fields["note"].help_text = "Fx “aftalt med lederen i telefon 3. maj”. Afdelingen kan se det."
            self.fields["note"].required = True
            self.fields["valg"].label = "Kan afdelingen have elever?"
            self.fields["kan_laere"].label = "Hvad kan eleven lære i afdelingen?"
        for plads in afdeling.pladser:
            for name, label in (("maksimum", "Højst"), ("minimum", "Mindst")):
                self.fields[f"{name}_{plads.trin}"] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=MOST_PLACES,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    @classmethod
    def of(cls, afdeling: Afdelingssvar, data=None, **options) -> "UdbudForm":
        svar = afdeling.svar
        first = {"kan_laere": svar.kan_laere, "note": svar.note, "version": answer_version(svar)}
        if svar.besvaret:
            first["valg"] = svar.svar
        for plads in afdeling.pladser:
            first |= {f"maksimum_{plads.trin}": plads.maksimum, f"minimum_{plads.trin}": plads.minimum}
        return cls(data, initial=first, afdeling=afdeling, **options)

    @property
    def raekker(self) -> list[tuple]:
        """(place, field of the most, field of the least)"""
        return [(p, self[f"maksimum_{p.trin}"], self[f"minimum_{p.trin}"]) for p in self.afdeling.pladser]

    @property
    def svar(self) -> dict:
        """As services.oensker.answer_udbud takes it."""
        data = self.cleaned_data
        places = {
            p.trin: (data[f"minimum_{p.trin}"] or 0, data[f"maksimum_{p.trin}"] or 0) for p in self.afdeling.pladser
        }
        return {name: data[name] for name in ("valg", "kan_laere", "note", "version")} | {"pladser": places}

    def renew(self, svar: Udbudssvar) -> None:
        """After a conflict the next save is made knowing what the other person wrote."""
        self.data = self.data.copy()
        self.data["version"] = answer_version(svar)


class SpoergForm(forms.Form):
    afdeling = forms.ModelChoiceField(None, label="Afdeling", empty_label="Vælg en afdeling")

    def __init__(self, *args, afdelinger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afdeling"].queryset = afdelinger


class BindingForm(forms.Form):
    elev = forms.ModelChoiceField(None, label="Elev", empty_label="Vælg en elev")
    art = forms.ChoiceField(label="Hvad er besluttet?", choices=Binding.Art, widget=forms.RadioSelect)
    afdeling = forms.ModelChoiceField(None, label="Afdeling", empty_label="Vælg en afdeling")
    trin = forms.TypedChoiceField(
        label="Ophold",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Vælg det ophold, eleven skal være i afdelingen. En udelukkelse gælder alle ophold.",
    )
    grund = forms.CharField(label="Begrundelse", max_length=300, help_text=LIGHTLY)

    def __init__(self, *args, elever, afdelinger, etaper, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elev"].queryset, self.fields["afdeling"].queryset = elever, afdelinger
        stays = [(nr, f"{nr}. ophold, {days}") for nr, days in etaper.items()]
        self.fields["trin"].choices = [("", "Ikke valgt"), *stays]


class FjernBindingForm(forms.Form):
    grund = forms.CharField(label="Hvorfor gælder det ikke længere?", max_length=200, help_text=LIGHTLY)
