from django import forms

from elevforloeb.core.dates import today
from elevforloeb.core.forms import DatoField, VersionForm
from elevforloeb.core.periods import period
from elevforloeb.models import Elev
from skoleophold.models import Skole, Skolehold, Skoleophold, Skoleperiode
from skoleophold.services.kalender import periode_version
from skoleophold.services.skolehold import skolehold_version


def check_order(form) -> None:
    first, last = form.cleaned_data.get("startdato"), form.cleaned_data.get("sidste_dag")
    if first and last and last < first:
        form.add_error("sidste_dag", "Sidste dag skal være den samme dag som første dag eller senere.")


class SkoleholdForm(forms.Form):
    skole = forms.ModelChoiceField(Skole.objects.all(), label="Skole", empty_label=None)
    navn = forms.CharField(label="Skolens navn på holdet", max_length=60, help_text="Fx KOF 27-2.")
    fagvalg_senest = DatoField(
        label="Valgfri specialefag vælges senest",
        required=False,
        help_text="Sidste dag, elev og elevvejleder kan vælge. Lad feltet stå tomt, så længe der ikke skal vælges.",
    )
    note = forms.CharField(label="Bemærkning", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class RetSkoleholdForm(VersionForm, SkoleholdForm):
    @classmethod
    def of(cls, row: Skolehold, data=None) -> "RetSkoleholdForm":
        first = {name: getattr(row, name) for name in SkoleholdForm.base_fields}
        return cls(data, initial=first | {"version": skolehold_version(row)})


class PeriodeForm(VersionForm):
    """A period of a class. `row` gets what was typed, unsaved, so that its consequences can be shown first."""

    nr = forms.IntegerField(label="Nummer", min_value=1, max_value=99)
    titel = forms.CharField(
        label="Navn",
        max_length=60,
        required=False,
        help_text="Lad det stå tomt, så hedder perioden Skoleophold og nummeret.",
    )
    startdato = DatoField(label="Første dag")
    sidste_dag = DatoField(label="Sidste dag")
    sted = forms.CharField(label="Sted", max_length=200, required=False, help_text="Adresse, bygning og lokale.")
    skema = forms.CharField(
        label="Fag og tider",
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="Skriv det, som eleverne skal læse det. Fx: Mandag 8.30-15: Lovgivning.",
    )
    kontakt = forms.CharField(
        label="Kontakt på skolen", max_length=200, required=False, help_text="Navn og telefon eller e-mail."
    )
    indkaldt = DatoField(label="Indkaldelsen kom", required=False, help_text="Dagen, skolens indkaldelse kom.")
    studietur = forms.CharField(
        label="Studietur til",
        max_length=60,
        required=False,
        help_text="Fx Bruxelles. Lad det stå tomt, hvis der ingen er.",
    )

    def clean(self):
        super().clean()
        check_order(self)

    @classmethod
    def of(cls, row: Skoleperiode, data=None) -> "PeriodeForm":
        first = {
            name: getattr(row, name) for name in ("nr", "titel", "sted", "skema", "kontakt", "indkaldt", "studietur")
        }
        if row.periode:
            first |= {"startdato": row.startdato, "sidste_dag": row.sidste_dag}
        if row.pk:
            first["version"] = periode_version(row)
        return cls(data, initial=first)

    def into(self, row: Skoleperiode) -> Skoleperiode:
        values = dict(self.cleaned_data)
        values.pop("version", None)
        row.periode = period(values.pop("startdato"), values.pop("sidste_dag"))
        for name, value in values.items():
            setattr(row, name, value)
        return row


class KopierForm(forms.Form):
    kilde = forms.ModelChoiceField(Skolehold.objects.none(), label="Kopiér fra", empty_label=None)
    aar = forms.IntegerField(
        label="Flyt så mange år frem",
        min_value=0,
        max_value=10,
        initial=1,
        help_text="Perioderne bliver liggende i de samme ugenumre og på de samme ugedage.",
    )

    def __init__(self, *args, kilder, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kilde"].queryset = kilder


class ElevvalgField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, elev: Elev) -> str:
        return f"{elev.bruger.navn}, {elev.hold.navn}"


class TilknytForm(forms.Form):
    """Who joins the class; those who follow another one leave it then."""

    fra = DatoField(label="Fra og med")
    elever = ElevvalgField(Elev.objects.none(), label="Hvem følger holdet?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, elever, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elever"].queryset = elever

    def clean(self):
        super().clean()
        first = self.cleaned_data.get("fra")
        wrong = [elev for elev in self.cleaned_data.get("elever", ()) if first and first not in elev.span]
        for elev in wrong[:5]:
            self.add_error("fra", f"{elev} er ikke ansat den dag. Vælg en dag inden for aftalen.")


class ForladForm(forms.Form):
    sidste_dag = DatoField(label="Sidste dag på holdet", initial=today)


class EgneDageForm(forms.Form):
    """Days of her own, the class's, or none."""

    VALG = [("holdet", "Følger holdet"), ("egne", "Har egne dage"), ("ikke", "Er ikke med i den her periode")]

    valg = forms.ChoiceField(label="Hvornår er eleven på skole?", choices=VALG, widget=forms.RadioSelect)
    startdato = DatoField(label="Første dag", required=False, help_text="Kun når eleven har egne dage.")
    sidste_dag = DatoField(label="Sidste dag", required=False)

    def clean(self):
        super().clean()
        if self.cleaned_data.get("valg") == "egne":
            for name in ("startdato", "sidste_dag"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, f"Udfyld “{self.fields[name].label}”, når eleven har egne dage.")
            check_order(self)

    @classmethod
    def of(cls, ophold: Skoleophold, data=None) -> "EgneDageForm":
        row = ophold.kalenderperiode
        own = ophold.afviger or (row and row.span != ophold.skoleperiode.span)
        first = {"valg": "holdet" if not own else "egne" if row else "ikke"}
        if row:
            first |= {"startdato": row.startdato, "sidste_dag": row.sidste_dag}
        return cls(data, initial=first)


class FremmoedeForm(forms.Form):
    """One row of the table: three numbers, or none of them; together no more than the days of the stay."""

    til_stede = forms.IntegerField(label="Til stede", min_value=0, max_value=400, required=False)
    syg = forms.IntegerField(label="Syg", min_value=0, max_value=400, required=False)
    ulovligt = forms.IntegerField(label="Ulovligt", min_value=0, max_value=400, required=False)

    def __init__(self, *args, dage: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.dage = dage

    def clean(self):
        super().clean()
        values = [self.cleaned_data.get(name) for name in ("til_stede", "syg", "ulovligt")]
        if self.errors or values == [None] * 3:
            return
        if None in values:
            raise forms.ValidationError("Skriv alle tre tal, også når de er 0.")
        if sum(values) > self.dage:
            raise forms.ValidationError(f"Det er {sum(values)} dage, men opholdet er kun på {self.dage}. Ret tallene.")

    @property
    def er_udfyldt(self) -> bool:
        return self.cleaned_data.get("til_stede") is not None
