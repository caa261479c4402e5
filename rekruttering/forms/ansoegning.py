"""The forms of the application's steps, made from the table in trin.py, and those of a public page without log-in."""

from django import forms

from elevforloeb.core.dates import MONTHS, full_date
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import VersionForm
from elevforloeb.core.words import one_line
from rekruttering.models import Ansoegning, Ansoegningsbilag
from rekruttering.queries.ansoegning import adgangsveje, shown, step_version
from rekruttering.trin import MANGLER, SPOERGSMAAL, Trin
from rekruttering.uses import BILAG

from .cpr import refuse_cpr

LONGEST = 20_000  # characters of an answer that is far too long and is kept all the same


class Skrivefelt(forms.Textarea):
    """A browser sends each line break as two characters, and counts it as one."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if value else value


def _input(**attrs):
    return forms.TextInput(attrs=attrs)


MAANEDER = [("", "Vælg måned"), *enumerate((month.capitalize() for month in MONTHS), start=1)]
ONE_LINE = {"fornavn", "efternavn", "telefon", "skole"}
FREE_TEXTS = {"skole", "uddannelse_note", "motivation", "erfaring"}
WIDGETS = {
    "fornavn": _input(autocomplete="given-name"),
    "efternavn": _input(autocomplete="family-name"),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
    "telefon": _input(type="tel", autocomplete="tel"),
    "skole": _input(autocomplete="off"),
    "faerdig_maaned": forms.Select(choices=MAANEDER),
    "faerdig_aar": _input(inputmode="numeric", autocomplete="off"),
    "uddannelse_note": Skrivefelt(attrs={"rows": 4}),
    "motivation": Skrivefelt(attrs={"rows": 10}),
    "erfaring": Skrivefelt(attrs={"rows": 7}),
    "adgangsvej": forms.RadioSelect,
}
HELP = {
    "email": "Vi skriver til dig her. Brug en adresse, du også kan læse til foråret.",
    "faerdig_aar": "Fx 2027",
    "uddannelse_note": "Fx noget, du mangler, eller er i gang med ved siden af.",
    "motivation": "Højst 4.000 tegn. Skriv ikke dit cpr-nummer eller noget om helbred.",
    "erfaring": "Fx job, frivilligt arbejde eller fritid. Højst 4.000 tegn.",
    "fortrinsadgang": (
        "Har du et handicap og en aftale med jobcenteret om fortrinsadgang, kan du bruge den her. Så kalder vi dig til "
        "samtale, når du opfylder uddannelseskravene. Kun de, der skal handle på det, ser krydset. Vi spørger ikke til "
        "dit helbred, og du skal ikke sende papirer om det."
    ),
}


class TrinForm(VersionForm, forms.ModelForm):
    """One step. It never saves: the service does, also what is not valid yet."""

    trin: Trin

    def __init__(self, data=None, *, ansoegning: Ansoegning):
        self.ansoegning = ansoegning
        initial = shown(ansoegning, self.trin) | {"version": step_version(ansoegning, self.trin)}
        super().__init__(data, initial=initial, instance=Ansoegning(runde=ansoegning.runde))
        for name in self.trin.kraeves:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = MANGLER[name]
        for name in FREE_TEXTS & set(self.fields):
            self.fields[name].validators.append(refuse_cpr)
        if "hoert" in self.fields:
            self.fields["hoert"].choices = [("", "Vælg"), *Ansoegning.Hoert.choices]
        if "adgangsvej" in self.fields:
            self._set_routes()

    def _set_routes(self) -> None:
        field = self.fields["adgangsvej"]
        field.queryset, field.empty_label = adgangsveje(self.ansoegning), None
        field.required = field.queryset.exists()
        if not field.required:
            del self.fields["adgangsvej"]

    def clean(self):
        data = super().clean()
        data |= {name: one_line(data[name]) for name in ONE_LINE & set(data)}
        month, year, start = data.get("faerdig_maaned"), data.get("faerdig_aar"), self.ansoegning.runde.startdato
        if month and year and (year, month) > (start.year, start.month):
            words = f"Du skal være færdig, før pladsen begynder {full_date(start)}. Ret måneden og året"
            self.add_error("faerdig_aar", words)
        return data

    @property
    def answers(self) -> list[str]:
        return [name for name in self.trin.felter if name in self.fields]

    def valid(self) -> dict:
        """For the columns: what is valid, and nothing where something is not."""
        return {name: self.cleaned_data.get(name, _nothing(name)) for name in self.answers}

    def typed(self) -> dict[str, str]:
        """What is not valid yet, as it was typed. The database takes no NUL and no half character."""
        raw = {name: self[name].data for name in self.answers if name in self.errors and self[name].data}
        return {name: _storable(str(value)) for name, value in raw.items()}

    @property
    def version(self) -> str:
        return self.cleaned_data.get("version", "")


def _nothing(name: str):
    field = Ansoegning._meta.get_field(name)
    return None if field.null else field.get_default()


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()[:LONGEST]


def step_form(trin: Trin, ansoegning: Ansoegning, data=None) -> TrinForm:
    pick = {name: {k: v for k, v in table.items() if k in trin.felter} for name, table in TABLES.items()}
    made = forms.modelform_factory(Ansoegning, form=TrinForm, fields=trin.felter, **pick)
    made.trin = trin
    return made(data, ansoegning=ansoegning)


TABLES = {"widgets": WIDGETS, "labels": SPOERGSMAAL, "help_texts": HELP}


class BilagForm(forms.Form):
    art = forms.ChoiceField(label="Hvad er det?", choices=Ansoegningsbilag.Art.choices, widget=forms.RadioSelect)
    fil = FilFelt(label="Fil eller billede", use=BILAG)


class BegyndForm(forms.Form):
    """One click. `formular` makes the same click twice one application; `hjemmeside` is seen by machines only."""

    formular = forms.UUIDField(widget=forms.HiddenInput)
    hjemmeside = forms.CharField(label="Lad dette felt være tomt", required=False)

    def clean_hjemmeside(self):
        return _empty(self.cleaned_data["hjemmeside"])


class AdresseForm(forms.Form):
    email = forms.EmailField(
        label="Din e-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    hjemmeside = forms.CharField(label="Lad dette felt være tomt", required=False)

    def clean_hjemmeside(self):
        return _empty(self.cleaned_data["hjemmeside"])


def _empty(text: str) -> str:
    if text:
        raise forms.ValidationError("Tøm feltet “Lad dette felt være tomt”, og prøv igen")
    return text


class SendForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    tekst = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    kontakt = forms.BooleanField(label="I må skrive til mig, næste gang der kan søges", required=False)
