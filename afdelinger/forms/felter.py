"""Fields that several forms share."""

from django import forms

from elevforloeb.core.errors import show_stored

LONGEST_TEXT = 10_000
NO_END = "Lad feltet stå tomt, hvis der ingen slutdato er."


def of(model, name: str, **changes) -> forms.Field:
    """The form field of a model's field: same label, same length, same choices."""
    return model._meta.get_field(name).formfield(**changes)


def text_of(model, name: str, rows: int = 6, **changes) -> forms.Field:
    """The same for a text of several lines, with a limit that the database does not set."""
    return of(model, name, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **changes)


class VersionForm(forms.Form):
    """Carries the fingerprint of what the form was opened with."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def renew(self, stored: dict) -> None:
        """After a conflict: show what the other person wrote, so that the next save is made knowing it."""
        self.data = self.data.copy()  # a QueryDict that is merged with | turns each value into a list
        self.data["version"] = stored["version"]
        show_stored(self, stored)
