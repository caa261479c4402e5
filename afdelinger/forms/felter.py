"""Fields that several forms share."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

LONGEST_TEXT = 10_000


def of(model, name: str, **changes) -> forms.Field:
    """The form field of a model's field: same label, same length, same choices."""
    return model._meta.get_field(name).formfield(**changes)


def text_of(model, name: str, rows: int = 6, **changes) -> forms.Field:
    """The same for a text of several lines, with a limit that the database does not set."""
    return of(model, name, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **changes)


NO_END = "Lad feltet stå tomt, hvis der ingen slutdato er."


class DatoField(forms.DateField):
    """A day in this century: what lies outside is a slip of the finger, and would overflow the arithmetic."""

    default_error_messages = {"invalid": "Skriv datoen som dag-måned-år, fx 01-09-2027."}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        words = "Skriv en dato mellem 2000 og 2100."
        self.validators += [
            MinValueValidator(date(2000, 1, 1), words),
            MaxValueValidator(date(2100, 1, 1), words),
        ]


class VersionForm(forms.Form):
    """Carries the fingerprint of what the form was opened with."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def renew(self, version: str) -> None:
        """After a conflict the next save is made knowing what the other person wrote."""
        self.data = self.data.copy()  # a QueryDict that is merged with | turns each value into a list
        self.data["version"] = version
