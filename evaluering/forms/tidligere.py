from django import forms

from elevforloeb.core.forms import DatoField

PAPIR, NU = "papir", "nu"


class TidligereForm(forms.Form):
    """Many talks at once: a hold that is read in has two or three behind it for each elev."""

    samtaler = forms.MultipleChoiceField(label="Hvilke samtaler?", required=False, widget=forms.CheckboxSelectMultiple)
    alle = forms.BooleanField(label="Alle på listen", required=False)
    hvad = forms.ChoiceField(
        label="Hvad skal der ske med dem?",
        choices=[(PAPIR, "De er holdt på papir"), (NU, "De skal holdes nu")],
        widget=forms.RadioSelect,
    )
    papir = forms.CharField(
        label="Holdt på papir: hvor ligger papirerne?",
        max_length=200,
        required=False,
        help_text="Fx sagsnummeret i personalesagen. Skriv ikke, hvad der står.",
    )
    til = DatoField(label="Skal holdes nu: senest hvornår?", required=False)

    def __init__(self, *args, tidligere, **kwargs):
        super().__init__(*args, **kwargs)
        self.tidligere = tidligere
        self.fields["papir"].needed_later = self.fields["til"].needed_later = True  # one of them, by the choice above
        self.fields["samtaler"].choices = [(each.noegle, each.navn) for each in tidligere]

    @property
    def linjer(self):
        """Each talk, and whether it is ticked."""
        ticked = self.data.getlist("samtaler") if self.is_bound else []
        return [(each, each.noegle in ticked) for each in self.tidligere]

    @property
    def valgte(self):
        chosen = self.cleaned_data["samtaler"]
        return [each for each in self.tidligere if self.cleaned_data["alle"] or each.noegle in chosen]

    def clean(self):
        data = super().clean()
        if "samtaler" in data and not self.valgte:
            self.add_error("samtaler", "Sæt kryds ved mindst én samtale, eller vælg alle på listen.")
        if data.get("hvad") == PAPIR and not data.get("papir"):
            self.add_error("papir", "Skriv, hvor papirerne ligger.")
        if data.get("hvad") == NU and not data.get("til"):
            self.add_error("til", "Vælg, hvornår samtalerne senest skal være holdt.")
        return data
