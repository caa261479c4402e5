from django import forms


class NoteForm(forms.Form):
    tekst = forms.CharField(
        label="Ny note",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv ikke om sygdom eller andre følsomme forhold.",
    )
