import re

from django import forms

from elevforloeb.core import seal

LARGEST = 20 * 1024 * 1024  # bytes of a file to compare
SHA256 = re.compile(r"[0-9a-f]{64}")


class KontrolForm(forms.Form):
    """A file or its fingerprint. The file is only read: nothing of it is kept."""

    fil = forms.FileField(
        label="PDF-fil",
        required=False,
        help_text="Filen bliver kun læst for at finde dens fingeraftryk og gemmes ikke.",
    )
    fingeraftryk = forms.CharField(
        label="Eller et fingeraftryk (SHA-256)", max_length=200, required=False, help_text="64 tegn, 0-9 og a-f."
    )

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil and fil.size > LARGEST:
            raise forms.ValidationError("Filen er over 20 MB. Så stor er ingen PDF herfra.")
        return fil

    def clean_fingeraftryk(self):
        text = "".join(self.cleaned_data["fingeraftryk"].split()).lower()
        if text and not SHA256.fullmatch(text):
            raise forms.ValidationError("Et fingeraftryk er 64 tegn, 0-9 og a-f. Kopiér det igen.")
        return text

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("fil") and not data.get("fingeraftryk"):
            raise forms.ValidationError("Vælg en PDF-fil, eller skriv et fingeraftryk.")
        return data

    @property
    def sha256(self) -> str:
        fil = self.cleaned_data["fil"]
        return seal.fingerprint(fil.read()) if fil else self.cleaned_data["fingeraftryk"]
