from django import forms

from elevforloeb.core.forms import DatoField
from rekruttering.models import Ansoegning


class BeholdForm(forms.Form):
    beholdes_til = DatoField(label="Slettes ikke før", help_text="Vælg den dag, du regner med, at sagen er slut.")
    beholdes_grund = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fx klage til Ligebehandlingsnævnet. Ansøgeren kan få det at læse.",
    )


class JournalForm(forms.Form):
    """Ticks in a table, and one case number for all of them: the recruiting is one case in the journal.

    `alle`: by another button, for those that are not filed yet.
    """

    ansoegning = forms.ModelMultipleChoiceField(
        label="Sager",
        queryset=Ansoegning.objects.none(),
        error_messages={"required": "Sæt kryds ved de sager, du har journaliseret."},
    )
    sagsnr = forms.CharField(
        label="Sagsnr. i journalen", max_length=60, error_messages={"required": "Skriv sagens nummer i journalen."}
    )

    def __init__(self, *args, ansoegninger, **kwargs):
        super().__init__(*args, **kwargs)
        self.alle = "alle" in self.data
        self.fields["ansoegning"].queryset = ansoegninger
        self.fields["ansoegning"].required = not self.alle


class FjernAdresseForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Den adresse, der ikke skal have besked mere.")
