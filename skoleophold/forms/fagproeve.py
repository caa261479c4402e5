from django import forms

from elevforloeb.core.dates import today
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import DatoField, ListeFilter, VersionForm, soegefelt
from elevforloeb.models import Hold
from skoleophold.fagproeveregler import BEFORE
from skoleophold.models import Fag, Fagproeve, Fagproeveforsoeg, Fagproeverunde, Karakter, Skolehold
from skoleophold.queries.fagproeve.liste import STATUSVALG
from skoleophold.queries.fagproeve.optaelling import VALG
from skoleophold.services.fagproeve.forsoeg import forsoeg_version
from skoleophold.services.fagproeve.runder import runde_version
from skoleophold.services.fagproeve.vejen import kladde_version
from skoleophold.uses import DOKUMENT

COUNTED = "Tom: regnet ud fra skriveperioden."


class RundeForm(VersionForm):
    """The dates that the school has said. What is left empty is counted back."""

    navn = forms.CharField(label="Navn", max_length=60, initial="Fagprøve", help_text="Fx Fagprøve eller Omprøve.")
    startdato = DatoField(label="Skriveperioden begynder")
    sidste_dag = DatoField(label="Skriveperioden slutter")
    emne_senest = DatoField(label="Emnet er valgt senest", required=False, help_text=COUNTED)
    problem_senest = DatoField(label="Problemformuleringen er sendt senest", required=False, help_text=COUNTED)
    godkendt_senest = DatoField(label="Problemformuleringen er godkendt senest", required=False, help_text=COUNTED)
    data_senest = DatoField(label="Data er samlet ind senest", required=False, help_text=COUNTED)
    afleveres = DatoField(label="Afleveres senest", required=False, help_text="Tom: skriveperiodens sidste dag.")
    eksamen_fra = DatoField(label="Første eksamensdag", required=False, help_text="Tom: skolen har ikke sagt det.")
    eksamen_til = DatoField(label="Sidste eksamensdag", required=False, help_text="Tom: kun den ene dag.")

    @classmethod
    def of(cls, row: Fagproeverunde, data=None) -> "RundeForm":
        if not row.pk:
            return cls(data)
        names = ("navn", "startdato", "sidste_dag", *BEFORE, "afleveres", "eksamen_fra", "eksamen_til")
        first = {name: getattr(row, name) for name in names if name not in row.beregnet}
        return cls(data, initial=first | {"version": runde_version(row)})


class EmneForm(forms.Form):
    emne = forms.CharField(
        label="Hvad handler fagprøven om?",
        max_length=200,
        help_text="En linje. Tag udgangspunkt i noget, du selv har undret dig over på din arbejdsplads.",
    )


class ProblemForm(VersionForm):
    tekst = forms.CharField(
        label="Problemformulering",
        max_length=4000,
        widget=forms.Textarea({"rows": 12}),
        help_text="Skriv ikke navne eller andet fortroligt: skolen læser den også.",
    )

    @classmethod
    def of(cls, kladde, sendt, data=None) -> "ProblemForm":
        text = kladde or sendt
        return cls(data, initial={"tekst": text.tekst if text else "", "version": kladde_version(kladde)})


class SvarForm(forms.Form):
    """The workplace's. `nr` is the version that was read."""

    godkendt = forms.TypedChoiceField(
        label="Dit svar",
        choices=[("ja", "Arbejdspladsen godkender problemformuleringen"), ("nej", "Den skal ændres")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    kommentar = forms.CharField(
        label="Kommentar til eleven",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="Skal den ændres, så skriv hvad.",
    )
    nr = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SkolesvarForm(SvarForm):
    dato = DatoField(label="Hvornår svarede skolen?", initial=today)

    field_order = ["godkendt", "dato", "kommentar"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["godkendt"].label = "Skolens svar"
        self.fields["godkendt"].choices = [("ja", "Skolen har godkendt den"), ("nej", "Skolen vil have den ændret")]
        self.fields["kommentar"].label = "Hvad sagde skolen?"


class FortrolighedForm(forms.Form):
    fortrolighed = forms.ChoiceField(
        label="Er der fortrolige oplysninger i rapporten?",
        choices=Fagproeve.Fortrolighed.choices,
        widget=forms.RadioSelect,
        help_text="Fx borgeres navne, sager og interne forhold. Tal med din elevvejleder, før du svarer.",
    )


class AfleverForm(forms.Form):
    afleveret = DatoField(label="Hvornår er den afleveret?", initial=today)


class EksamenForm(VersionForm):
    eksamen = DatoField(label="Mundtlig eksamen", required=False, help_text="Tom: dagen er ikke fastsat.")

    @classmethod
    def of(cls, row: Fagproeveforsoeg, data=None) -> "EksamenForm":
        return cls(data, initial={"eksamen": row.eksamen, "version": forsoeg_version(row)})


class ResultatForm(VersionForm):
    vaerdi = forms.ChoiceField(
        label="Karakter",
        choices=[("", "Vælg"), *((value, value.label) for value in Karakter.PAA_SKALA[Fag.Skala.SYV])],
    )
    bedoemt = DatoField(label="Dagen, den blev givet")

    @classmethod
    def of(cls, row: Fagproeveforsoeg, data=None) -> "ResultatForm":
        first = {"vaerdi": row.vaerdi, "bedoemt": row.bedoemt or row.eksamen, "version": forsoeg_version(row)}
        return cls(data, initial=first)


class ForsoegField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, row: Fagproeveforsoeg) -> str:
        topic = row.fagproeve.emne
        return f"{row.elev.bruger.navn} (eget emne, som bliver erstattet: {topic})" if topic else row.elev.bruger.navn


class GruppeForm(forms.Form):
    forsoeg = ForsoegField(
        Fagproeveforsoeg.objects.none(), label="Hvem skal være med?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, forsoeg, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["forsoeg"].queryset = forsoeg


class RundevalgForm(forms.Form):
    runde = forms.ModelChoiceField(
        Fagproeverunde.objects.none(),
        label="Hvilke datoer følger fagprøven?",
        required=False,
        empty_label="Ingen endnu",
    )

    def __init__(self, *args, runder, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["runde"].queryset = runder


class TegnForm(forms.Form):
    """A file to be counted, or the last count with another choice."""

    fil = FilFelt(label="Udkastet", use=DOKUMENT, required=False)
    bilag_fra = forms.CharField(
        label="Bilagene begynder med overskriften",
        max_length=200,
        required=False,
        help_text="Fx Bilag 1, præcis som den står i udkastet. Tom: der er ingen bilag i filen.",
    )
    udelad = forms.MultipleChoiceField(
        label="Hvad skal ikke tælles med?",
        choices=VALG,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Spørg skolen, hvis du er i tvivl.",
    )

    def __init__(self, *args, har_talt, **kwargs):
        super().__init__(*args, **kwargs)
        if not har_talt:
            self.fields["fil"].required = True


class GraenseForm(forms.Form):
    antal = forms.IntegerField(label="Hvor mange skriver sammen?", min_value=1, max_value=9)
    mindst = forms.IntegerField(label="Mindst antal tegn", min_value=1, max_value=1_000_000)
    hoejst = forms.IntegerField(label="Højst antal tegn", min_value=1, max_value=1_000_000)
    fra = DatoField(label="Gælder fra", initial=today)
    kilde = forms.CharField(label="Hvem har sagt det?", max_length=300, help_text="Fx skolens mail og datoen.")


class FagproeveFilterForm(ListeFilter):
    q = soegefelt("Navn eller emne")
    vis = forms.ChoiceField(label="Vis", choices=STATUSVALG, required=False)
    skolehold = forms.ModelChoiceField(Skolehold.objects.none(), label="Skolehold", required=False, empty_label="Alle")
    hold = forms.ModelChoiceField(Hold.objects.none(), label="Hold", required=False, empty_label="Alle")

    def __init__(self, *args, skolehold, hold, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skolehold"].queryset, self.fields["hold"].queryset = skolehold, hold
