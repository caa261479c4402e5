"""How every form is drawn: Danish wording, the design system's markup, one template per form and one per field.

The templates read what they need from `Felt` and write the HTML in plain loops. Django's own way renders two or three
templates per radio button, which a form with 24 questions pays for.
"""

from datetime import date, time

from django import forms
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.forms.widgets import ChoiceWidget, Input
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
NO_SUCH_DAY, NOT_A_DAY = "Vælg en dato fra 2000 til 2099.", "Skriv datoen som dag, måned og år, fx 01-09-2027."

NOTHING = {BLANK_CHOICE_DASH[0][1]: "Vælg"}  # what Django writes where nothing is chosen, and we

# The first match decides which branch of komponenter/felt.html draws the field.
KINDS = [
    (forms.HiddenInput, "skjult"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "valg"),
    (ChoiceWidget, "liste"),
    (forms.CheckboxInput, "kryds"),
    (forms.Textarea, "tekst"),
    (forms.FileInput, "fil"),
    (forms.MultiWidget, "sammensat"),
    (Input, "felt"),
]
CLASSES = {
    "liste": "form-select",
    "kryds": "form-checkbox",
    "fil": "filvalg",
    "tekst": "form-input",
    "felt": "form-input",
}
REQUIRED = {
    "skjult": "Siden er ikke hel. Genindlæs den, og prøv igen.",
    "liste": "Vælg i “{}”",
    "kryds": "Sæt kryds ved “{}”",
    "fil": "Vælg en fil til “{}”",
}
# Words that do not say which field they are about; ours do, so that a summary of three dates can be read.
CLEARER = [
    (EmailValidator.message, "Skriv e-mailadressen som navn@eksempel.dk"),
    (MaxLengthValidator.message, "“{label}” må højst være på {limit_value} tegn. Nu er det {show_value}"),
    (MinValueValidator.message, "“{label}” skal være {limit_value} eller mere"),
    (MaxValueValidator.message, "“{label}” skal være {limit_value} eller mindre"),
    (ProhibitNullCharactersValidator.message, "Nul-tegn kan ikke gemmes. Skriv “{label}” igen uden"),
    (forms.IntegerField.default_error_messages["invalid"], "Skriv et helt tal i “{label}”"),
    (forms.ChoiceField.default_error_messages["invalid_choice"], "Vælg igen i “{label}”"),
    (forms.ModelChoiceField.default_error_messages["invalid_choice"], "Vælg igen i “{label}”"),
    (NO_SUCH_DAY, "Vælg en dato fra 2000 til 2099 i “{label}”"),
    (NOT_A_DAY, "Skriv “{label}” som dag, måned og år, fx 01-09-2027. Dagen skal findes i kalenderen"),
]


class Felt(forms.BoundField):
    """A field with what its template needs."""

    @cached_property
    def kind(self) -> str:
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "sammensat")

    @cached_property
    def errors(self):
        return super().errors

    @cached_property
    def messages(self) -> list[str]:
        """The errors in words that say what to do: Django's own "Dette felt er påkrævet." does not."""
        return [words for error in self.errors.as_data() for words in self._words(error)]

    def _words(self, error) -> list[str]:
        if error.message is forms.Field.default_error_messages["required"]:
            return [self._required.format(self.label)]
        clearer = next((ours for theirs, ours in CLEARER if error.message is theirs), None)
        return [clearer.format(label=self.label, **(error.params or {}))] if clearer else error.messages

    @property
    def _required(self) -> str:
        if self.kind == "valg":
            return "Vælg et svar til “{}”" if self.label.endswith("?") else "Vælg i “{}”"
        return REQUIRED.get(self.kind, "Udfyld “{}”")

    @property
    def optional(self) -> bool:
        """A draft may lack what is needed later (the form says which); that does not make it optional."""
        if getattr(self.field, "needed_later", False):
            return False
        return not self.field.required and not self.field.disabled and self.kind != "kryds"

    @cached_property
    def parts(self) -> dict:
        """The widget's own context: name, value, attributes and, for choices, the options in groups."""
        widget = self.field.widget
        attrs = self.build_widget_attrs({}) | ({"id": self.auto_id} if "id" not in widget.attrs else {})
        parts = widget.get_context(self.html_name, self.value(), attrs)["widget"]
        if self.kind == "liste" and (first := next((group[0] for _, group, _ in parts["optgroups"]), None)):
            first["label"] = NOTHING.get(first["label"], first["label"])
        return parts

    @cached_property
    def attrs(self) -> SafeString:
        attrs = {key: value for key, value in self.parts["attrs"].items() if key != "placeholder"}  # it vanishes
        attrs["class"] = f"{CLASSES[self.kind]} {attrs.get('class', '')}".strip()
        return flatatt(attrs)

    @property
    def options(self):
        return [option for _, group, _ in self.parts["optgroups"] for option in group]

    @property
    def option_tags(self) -> SafeString:
        """The options of a list without groups. A template loop takes ten times as long, and filters list all hold."""
        chosen, options = mark_safe(" selected"), self.options
        rows = ((o["value"], chosen if o["selected"] else "", o["label"]) for o in options)
        return format_html_join("", '<option value="{}"{}>{}</option>', rows)

    @cached_property
    def option_type(self) -> str:
        return self.field.widget.input_type

    @cached_property
    def option_attrs(self) -> SafeString:
        """What all radio buttons (or boxes) of the group share, written once."""
        shared = {key: value for key, value in self.parts["attrs"].items() if key not in ("id", "class")}
        if self.option_type == "checkbox":
            shared.pop("required", None)  # it would demand every box
        return flatatt({"type": self.option_type, "class": f"form-{self.option_type}", "name": self.html_name} | shared)

    @property
    def type(self) -> str:
        widget = self.field.widget
        if isinstance(widget, forms.DateInput):
            return "date"
        return "time" if isinstance(widget, forms.TimeInput) else self.parts["type"]

    @property
    def shown_value(self):
        """Browsers want dates and times in ISO form, whatever the language of the page."""
        value = self.value()
        if isinstance(value, date):
            return value.isoformat()
        return f"{value:%H:%M}" if isinstance(value, time) else self.parts["value"]

    @property
    def focus_id(self) -> str:
        """Where the error summary sends the reader: the first radio button has the id, not the group."""
        return f"{self.auto_id}_0" if self.kind in ("valg", "sammensat") else self.id_for_label


class FormRenderer(TemplatesSetting):
    form_template_name = "komponenter/felter.html"
    field_template_name = "komponenter/felt.html"
    bound_field_class = Felt


# What a browser sends, and what people write where it has no calendar of its own. Django's Danish has the dots only.
WRITTEN = ["%Y-%m-%d", *(f"%d{a}%m{b}{year}" for a, b in ("--", "..", "//", "/-", "/ ") for year in ("%Y", "%y"))]


class DatoField(forms.DateField):
    """A date that can be meant. The year 9999 has no day after it, and a half-open period needs one."""

    input_formats = WRITTEN
    default_validators = [
        MinValueValidator(FIRST_DAY, NO_SUCH_DAY),
        MaxValueValidator(LAST_DAY, NO_SUCH_DAY),
    ]
    default_error_messages = {"invalid": NOT_A_DAY}


ORDERS = ("sort", "sorter")


def soegefelt(label: str) -> forms.CharField:
    box = forms.TextInput({"type": "search", "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=100, widget=box)


class ListeFilter(forms.Form):
    """What a list is narrowed by, drawn by komponenter/filtre.html: what one types stands over the list, what one
    chooses folds away on a phone, where it would push the list off the screen."""

    @cached_property
    def soegning(self) -> Felt | None:
        return next((field for field in self.visible_fields() if field.field.widget.input_type == "search"), None)

    @cached_property
    def valg(self) -> list[Felt]:
        return [field for field in self.visible_fields() if field is not self.soegning]

    @cached_property
    def antal_valgte(self) -> int:
        """What does not fit is as if it was not chosen. The order narrows nothing."""
        narrowing = [field for field in self.valg if field.name not in ORDERS]
        return sum(self._value(field) not in (None, "", _untouched(field)) for field in narrowing)

    @property
    def er_brugt(self) -> bool:
        """An empty list without a filter is empty for another reason."""
        return bool(self.antal_valgte or (self.soegning and self._value(self.soegning)))

    def _value(self, field: Felt):
        self.is_valid()
        return self.cleaned_data.get(field.name)


def _untouched(field: Felt):
    """The first choice is what the list shows when nothing is chosen."""
    return next(iter(getattr(field.field, "choices", [])), ("", ""))[0]


class VersionForm(forms.Form):
    """Carries the fingerprint of what the form was opened with."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def renew(self, version: str) -> None:
        """After a conflict the next save is made knowing what the other person wrote."""
        self.data = self.data.copy()  # a QueryDict that is merged with | turns each value into a list
        self.data["version"] = version
