from django import forms

from afdelinger.models import Afdeling, Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.core.forms import DatoField, ListeFilter, soegefelt

from .felter import NO_END, of

# The role elev comes with the uddannelsesaftale, not from here.
STAFF = Rolletildeling.objects.exclude(rolle=Rolle.ELEV)
ROLLER = [(rolle.value, rolle.label) for rolle in Rolle if rolle != Rolle.ELEV]


class ProfilForm(forms.Form):
    navn = of(Bruger, "navn")
    telefon = of(Bruger, "telefon")
    stilling = of(Bruger, "stilling")


class BrugerForm(ProfilForm):
    email = of(Bruger, "email", help_text="Personen logger ind med adressen og får mails på den.")
    field_order = ["navn", "email"]


class RolleForm(forms.Form):
    rolle = forms.ChoiceField(label="Rolle", choices=ROLLER, widget=forms.RadioSelect)
    afdeling = forms.ModelChoiceField(
        Afdeling.objects.all(),
        label="Afdeling",
        required=False,
        empty_label="Ingen",
        help_text="Skal vælges for ledere og elevvejledere.",
    )
    fra = DatoField(label="Første dag")
    sidste_dag = DatoField(label="Sidste dag", required=False, help_text=NO_END)
    vikar_for = of(
        Rolletildeling,
        "vikar_for",
        queryset=Bruger.objects.filter(is_active=True, pk__in=STAFF.values("bruger")),
        empty_label="Ingen",
        help_text="Vælg den, personen træder i stedet for, fx under barsel.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afdeling"].queryset = Afdeling.objects.within(today())  # those that are open or will be

    def clean(self):
        data = super().clean()
        place_needed = data.get("rolle") in (Rolle.LEDER, Rolle.ELEVVEJLEDER)
        if place_needed and not data.get("afdeling") and "afdeling" not in self.errors:
            self.add_error("afdeling", "Vælg den afdeling, personen er leder eller elevvejleder i.")
        if not place_needed and data.get("rolle"):
            data["afdeling"] = None  # the role holds for the whole municipality
        return data


class NyBrugerForm(BrugerForm, RolleForm):
    """A person, the first role and the invitation in one go."""

    inviter = forms.BooleanField(
        label="Send en invitation med det samme", required=False, help_text="Linket i mailen virker én gang."
    )
    field_order = ["navn", "email", "telefon", "stilling", "rolle", "afdeling", "fra", "sidste_dag", "vikar_for"]


class RolleperiodeForm(forms.Form):
    sidste_dag = DatoField(label="Sidste dag", required=False, help_text=NO_END)


class BrugereFilterForm(ListeFilter):
    q = soegefelt("Navn eller e-mail")
    rolle = forms.ChoiceField(label="Rolle", required=False, choices=[("", "Alle"), *Rolle.choices])
    status = forms.ChoiceField(
        label="Konto",
        required=False,
        choices=[
            ("", "Åbne"),
            ("uden_adgangskode", "Ikke i brug endnu"),
            ("uden_rolle", "Uden rolle i dag"),
            ("lukket", "Lukkede"),
            ("alle", "Alle"),
        ],
    )
    sorter = forms.ChoiceField(
        label="Sortér efter",
        required=False,
        choices=[("", "Navn"), ("nyeste", "Nyeste først"), ("login", "Senest logget ind")],
    )


class AdgangskodeForm(forms.Form):
    adgangskode = forms.CharField(
        label="Vælg en adgangskode",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Vælg en adgangskode"},
        help_text="Mindst 12 tegn. Flere almindelige ord efter hinanden er både sikkert og nemt at huske.",
    )
    gentag = forms.CharField(
        label="Skriv den igen",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Skriv adgangskoden igen"},
    )

    def clean(self):
        data = super().clean()
        if data.get("adgangskode") and data.get("gentag") and data["adgangskode"] != data["gentag"]:
            self.add_error("gentag", "De to adgangskoder er ikke ens. Skriv den samme to gange.")
        return data


class NyInvitationForm(forms.Form):
    email = forms.EmailField(label="Din e-mail på arbejdet", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
