from django import forms

from elevforloeb.core.forms import DatoField, ListeFilter, VersionForm, soegefelt
from rekruttering.models import Ansoegning, Bedoemmelse
from rekruttering.queries.ansoegere import ORDER, VURDERING
from rekruttering.services.bedoemmelse import version_of
from rekruttering.services.flyt import TARGETS


class AnsoegereForm(ListeFilter):
    """The filter over board and list."""

    q = soegefelt("Søg i navn, nummer, skole og notater")
    vej = forms.ChoiceField(label="Uddannelse", required=False)
    vurdering = forms.ChoiceField(label="Bedømmelse", choices=list(VURDERING.items()), required=False)
    tilstand = forms.ChoiceField(
        label="Status", choices=[("", "Alle"), *Ansoegning.Tilstand.choices[1:]], required=False
    )

    vis = forms.CharField(widget=forms.HiddenInput, required=False)
    sorter = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, veje, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vej"].choices = [("", "Alle"), *veje]
        self.sorter = self.data.get("sorter", "") if self.data.get("sorter") in ORDER else "nummer"
        self.vis = "liste" if self.data.get("vis") == "liste" else "tavle"

    @property
    def chosen(self) -> dict:
        """The filter without `vis`, which changes how they are shown and not who."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "vis"}
        return chosen | {"sorter": self.sorter}

    def headings(self, columns: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """(what the link sorts by, the words, the order now): the same column once more turns it round."""
        found = []
        for name, words in columns:
            now = {name: "ascending", f"-{name}": "descending"}.get(self.sorter, "")
            found.append((f"-{name}" if now == "ascending" else name, words, now))
        return found


class InhabilitetForm(forms.Form):
    """One tick each. `vist` are those the answer covers: whoever applies while it is open is asked about later."""

    inhabil = forms.ModelMultipleChoiceField(
        label="Jeg er inhabil i forhold til",
        queryset=Ansoegning.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sæt kryds ved dem, du er i familie med, nær ven eller uven med, eller har en særlig interesse i.",
    )
    vist = forms.ModelMultipleChoiceField(
        queryset=Ansoegning.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )
    bekraeft = forms.BooleanField(
        label="Jeg har set navnene igennem og er ikke inhabil i forhold til de øvrige", required=True
    )

    def __init__(self, *args, ansoegninger, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("inhabil", "vist"):
            self.fields[name].queryset = ansoegninger
        self.fields["inhabil"].label_from_instance = lambda each: f"{each.navn} (nr. {each.nummer})"
        self.initial["vist"] = list(ansoegninger.values_list("pk", flat=True))


class BedoemmelseForm(VersionForm):
    """Handed in whole; a draft (`kladde`) may be half."""

    indstilling = forms.ChoiceField(
        label="Indstilling", choices=Bedoemmelse.Indstilling.choices, widget=forms.RadioSelect
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Kort og saglig. Ansøgeren kan bede om at læse den.",
    )

    def __init__(self, *args, kladde=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("indstilling", "begrundelse"):
            self.fields[name].required = not kladde

    @classmethod
    def of(cls, row: Bedoemmelse | None) -> "BedoemmelseForm":
        written = {"indstilling": row.indstilling, "begrundelse": row.begrundelse} if row else {}
        return cls(initial=written | {"version": version_of(row)})


class NotatForm(forms.Form):
    tekst = forms.CharField(
        label="Notat",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Det, der har betydning for afgørelsen. Ansøgeren kan bede om at læse det.",
    )


class FlytForm(forms.Form):
    til = forms.ChoiceField(choices=[(each, each) for each in TARGETS])


class FlytFlereForm(FlytForm):
    ansoegning = forms.ModelMultipleChoiceField(
        queryset=Ansoegning.objects.none(), error_messages={"required": "Sæt kryds ved dem, der skal flyttes."}
    )

    def __init__(self, *args, ansoegninger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ansoegning"].queryset = ansoegninger


class SamtykkeForm(forms.Form):
    hvem = forms.CharField(label="Hvem skal spørges?", max_length=200, help_text="Navn, stilling og arbejdsplads.")
    samtykke = DatoField(label="Hvornår sagde ansøgeren ja?")
    samtykke_hvordan = forms.CharField(
        label="Hvordan er der sagt ja?", max_length=200, help_text="Fx ved samtalen den 10. februar, eller i en mail."
    )


class ReferenceForm(forms.Form):
    indhentet = DatoField(label="Hvornår talte du med referencen?")
    tekst = forms.CharField(
        label="Hvad blev der sagt?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ansøgeren kan bede om at læse det.",
    )
    negativ = forms.BooleanField(
        label="Noget af det kan tale imod ansøgeren",
        required=False,
        help_text="Så åbnes en partshøring: ansøgeren skal kunne svare, før det bruges.",
    )


class PartshoeringForm(forms.Form):
    oplysning = forms.CharField(
        label="Hvad skal ansøgeren svare på?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ansøgeren læser det på sin egen side. I mailen står der kun, at der er noget at svare på.",
    )
    frist = DatoField(label="Svar senest")


class OplysningForm(forms.Form):
    oplysning = forms.CharField(
        label="Hvad taler imod ansøgeren?", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class FortrinssagForm(forms.Form):
    redegoerelse_sendt = DatoField(label="Redegørelse sendt til jobcenteret", required=False)
    dialog_holdt = DatoField(label="Dialog med jobcenteret holdt", required=False)
    note = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ikke oplysninger om helbred.",
    )
