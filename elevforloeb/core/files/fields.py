"""A form field for a file: `kvittering = FilFelt(label="Kvittering", use=KVITTERING)`. The template says filer=True."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy

from .examine import CheckedFile, examine
from .reasons import WORDS, Refused
from .uses import Use


class FilFelt(forms.FileField):
    """Its cleaned value is a CheckedFile, for `keep`; or None when it is not required and nothing was chosen."""

    widget = forms.FileInput
    default_error_messages = {"invalid": "Filen kom ikke med. Vælg den igen", "empty": WORDS["tom"]}

    def __init__(self, *, use: Use, **kwargs):
        kwargs.setdefault("help_text", lazy(use.hint, str)())  # the largest size is a rule, read when the form is drawn
        super().__init__(**kwargs)
        self.use = use
        self.widget.attrs["accept"] = use.accept

    def get_bound_field(self, form, field_name):
        self.help_text = str(self.help_text)  # this form's own copy: the rule is read once, not at each use of it
        return super().get_bound_field(form, field_name)

    def clean(self, data, initial=None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload or None
        try:
            return examine(upload, self.use)
        except Refused as refusal:
            raise ValidationError(refusal.words(typer=self.use.types), code=refusal.code) from refusal


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilerFelt(FilFelt):
    """Several at once: its cleaned value is a list of CheckedFile. One that is refused refuses them all."""

    MOST = 10
    widget = SeveralFiles

    def clean(self, data, initial=None) -> list[CheckedFile]:
        uploads = [each for each in data or [] if each is not None]
        if len(uploads) > self.MOST:
            raise ValidationError(f"Vælg højst {self.MOST} filer ad gangen.")
        if not uploads:
            super().clean(None)  # says so, if one is required
        return [super(FilerFelt, self).clean(each) for each in uploads]
