"""What is asked when something is filed in the journal: the same for a sealed document and for a case."""

from django import forms
from django.conf import settings

from . import journal
from .rules import rules


class JournalForm(forms.Form):
    i_haanden = "Det er allerede journaliseret i hånden"
    gennem_os = "Send PDF'en til journalen"

    sagsnr = forms.CharField(label="Sagsnr.", max_length=60, help_text="Sagen i journalen.")
    kle = forms.RegexField(
        r"^\d\d\.\d\d\.\d\d$", label="KLE-nummer", required=False, help_text="Fx 81.00.00.",
        error_messages={"invalid": "Skriv KLE-nummeret som tre gange to cifre, fx 81.00.00."},
    )  # fmt: skip
    bevares_aar = forms.IntegerField(label="Bevares i journalen, antal år", min_value=1, max_value=100)
    hvordan = forms.ChoiceField(label="Hvordan?", widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        first = {"kle": settings.JOURNAL_KLE, "bevares_aar": rules().journal_bevares_aar, "hvordan": "haand"}
        ways = [("haand", self.i_haanden)]
        if journal.adapter():
            ways.insert(0, ("send", self.gennem_os))
            first["hvordan"] = "send"
        super().__init__(*args, initial=first, **kwargs)
        self.fields["hvordan"].choices = ways

    @property
    def facts(self) -> dict:
        data = self.cleaned_data
        return {"sagsnr": data["sagsnr"], "kle": data["kle"], "bevares": f"P{data['bevares_aar']}Y"}
