import re

from django import forms
from django.conf import settings

from elevforloeb.core import journal, seal
from elevforloeb.core.rules import rules

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


class JournalForm(forms.Form):
    sagsnr = forms.CharField(label="Sagsnr.", max_length=60, help_text="Elevens personalesag i journalen.")
    kle = forms.RegexField(
        r"^\d\d\.\d\d\.\d\d$", label="KLE-nummer", required=False, help_text="Fx 81.00.00.",
        error_messages={"invalid": "Skriv KLE-nummeret som tre gange to cifre, fx 81.00.00."},
    )  # fmt: skip
    bevares_aar = forms.IntegerField(label="Bevares i journalen, antal år", min_value=1, max_value=100)
    hvordan = forms.ChoiceField(label="Hvordan?", widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        first = {"kle": settings.JOURNAL_KLE, "bevares_aar": rules().journal_bevares_aar, "hvordan": "haand"}
        ways = [("haand", "Det er allerede journaliseret i hånden")]
        if journal.adapter():
            ways.insert(0, ("send", "Send PDF'en til journalen"))
            first["hvordan"] = "send"
        super().__init__(*args, initial=first, **kwargs)
        self.fields["hvordan"].choices = ways

    @property
    def facts(self) -> dict:
        data = self.cleaned_data
        return {"sagsnr": data["sagsnr"], "kle": data["kle"], "bevares": f"P{data['bevares_aar']}Y"}
