from django import forms

from afdelinger import maalliste
from afdelinger.models import Afdeling, Kursusdeltagelse, Maalsaet
from elevforloeb.core.forms import DatoField, ListeFilter, soegefelt
from elevforloeb.core.models import Regel

from .felter import LONGEST_TEXT, of, text_of


class KurserFilterForm(ListeFilter):
    q = soegefelt("Titel eller nummer")
    vis = forms.ChoiceField(
        label="Vis",
        required=False,
        choices=[("", "Alle kurser"), ("vejledere", "For elevvejledere"), ("mine", "Mine gennemførte")],
    )
    afdeling = forms.ModelChoiceField(Afdeling.objects.all(), label="Foreslået i", required=False, empty_label="Alle")

    def __init__(self, *args, vejledere: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not vejledere:
            del self.fields["vis"]


class KursusForm(forms.Form):
    dato = DatoField(label=Kursusdeltagelse._meta.get_field("dato").verbose_name.capitalize())


class MaalsaetForm(forms.Form):
    navn = of(Maalsaet, "navn")
    kilde = of(Maalsaet, "kilde", help_text="Hvor listen kommer fra, fx bekendtgørelsens nummer.")
    fra = DatoField(label="Gælder fra", help_text="Elever med en aftale fra den dag får det nye målsæt.")
    liste = forms.CharField(
        label="Mål, ét på hver linje",
        max_length=LONGEST_TEXT * 4,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Skriv gerne en kode først: “KOM: Kommunikation og formidling”. Slut linjen med (valgfrit), "
        "hvis målet ikke er obligatorisk. Opgaver, der træner koden i dag, følger med.",
    )

    def clean_liste(self):
        self.linjer, errors = maalliste.parse(self.cleaned_data["liste"])
        if errors:
            raise forms.ValidationError(errors)
        return self.cleaned_data["liste"]


class RegelForm(forms.Form):
    vaerdi = of(Regel, "vaerdi", min_value=0, max_value=1_000_000)
    fra = DatoField(label="Gælder fra")
    kilde = of(Regel, "kilde", help_text="Hvor tallet kommer fra: lov, overenskomst eller kommunens egen beslutning.")
    note = text_of(Regel, "note", rows=3)
