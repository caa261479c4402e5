"""Fields that several forms share."""

from django import forms

LONGEST_TEXT = 10_000
NO_END = "Lad feltet stå tomt, hvis der ingen slutdato er."


def of(model, name: str, **changes) -> forms.Field:
    """The form field of a model's field: same label, same length, same choices."""
    return model._meta.get_field(name).formfield(**changes)


def text_of(model, name: str, rows: int = 6, **changes) -> forms.Field:
    """The same for a text of several lines, with a limit that the database does not set."""
    return of(model, name, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **changes)
