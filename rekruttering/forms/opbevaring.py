from django import forms

from elevforloeb.core.forms import DatoField
from elevforloeb.core.journalform import JournalForm
from rekruttering.models import Ansoegning


class BeholdForm(forms.Form):
    beholdes_til = DatoField(label="Slettes ikke før", help_text="Vælg den dag, du regner med, at sagen er slut.")
    beholdes_grund = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fx klage til Ligebehandlingsnævnet. Ansøgeren kan få det at læse.",
    )


class SagsjournalForm(JournalForm):
    """Ticks in a table, and one case number for all of them: the recruiting is one case in the journal.

    `alle`: by another button, for those that are not filed yet.
    """

    i_haanden = "De er allerede journaliseret i hånden"
    gennem_os = "Send sagerne og deres bilag til journalen"

    ansoegning = forms.ModelMultipleChoiceField(
        label="Sager",
        queryset=Ansoegning.objects.none(),
        error_messages={"required": "Sæt kryds ved de sager, det gælder."},
    )

    def __init__(self, *args, ansoegninger, **kwargs):
        super().__init__(*args, **kwargs)
        self.alle = "alle" in self.data
        self.fields["ansoegning"].queryset = ansoegninger
        self.fields["ansoegning"].required = not self.alle
        self.fields["sagsnr"].error_messages["required"] = "Skriv sagens nummer i journalen."
        if len(self.fields["hvordan"].choices) == 1:  # nothing to choose
            for name in ("kle", "bevares_aar", "hvordan"):
                del self.fields[name]

    @property
    def sendes(self) -> bool:
        return self.cleaned_data.get("hvordan") == "send"

    @property
    def facts(self) -> dict:
        if "hvordan" not in self.fields:
            return {"sagsnr": self.cleaned_data["sagsnr"]}
        return super().facts | {"hvordan": self.cleaned_data["hvordan"]}


class FjernAdresseForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Den adresse, der ikke skal have besked mere.")
