from django import forms

from afdelinger.models import Bruger
from elevforloeb.core.dates import today
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import DatoField, VersionForm
from rekruttering.forms.runde import OPMAERKNING
from rekruttering.models import Elevhistorie, Sideudgave
from rekruttering.services.elevhistorie import historie_version
from rekruttering.services.oplysninger import row_version
from rekruttering.services.sider import udgave_version
from rekruttering.uses import PORTRAET


def long_text(label: str, longest: int, rows: int = 5, **more):
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **more)


class SideForm(VersionForm):
    titel = forms.CharField(label="Overskrift", max_length=120)
    tekst = long_text("Tekst", 10000, 14, help_text=OPMAERKNING)

    @classmethod
    def of(cls, newest: Sideudgave | None, data=None) -> "SideForm":
        first = {"titel": newest.titel, "tekst": newest.tekst} if newest else {}
        return cls(data, initial=first | {"version": udgave_version(newest)})


class DatedForm(forms.Form):
    fra = DatoField(
        label="Gælder fra",
        initial=today,
        help_text="Den gamle tekst gælder til dagen før. Vælg den dag, den begyndte, for kun at rette en fejl.",
    )
    raekkefoelge = forms.IntegerField(label="Rækkefølge", min_value=0, max_value=999, initial=50)
    kilde = forms.CharField(label="Kilde", max_length=300, help_text="Hvor det kommer fra. Vises ikke for ansøgere.")


class FaktaForm(DatedForm):
    overskrift = forms.CharField(label="Overskrift", max_length=80)
    tekst = long_text("Tekst", 300, 3)
    field_order = ["overskrift", "tekst", "fra", "raekkefoelge", "kilde"]


class AdgangsvejForm(DatedForm):
    navn = forms.CharField(label="Navn", max_length=120)
    krav = long_text("Krav", 1000)
    dokumenter = forms.CharField(label="Det skal ansøgeren vedlægge", max_length=300, required=False)
    naeste_skridt = long_text("Det gør ansøgeren nu", 1000, 3, required=False)
    note = long_text("Bemærkning til jer selv", 1000, 3, required=False)
    field_order = ["navn", "krav", "dokumenter", "naeste_skridt", "fra", "raekkefoelge", "kilde", "note"]


def change_form(form: type[DatedForm], row, data=None) -> DatedForm:
    """The same form for a row that is there, with its version."""
    names = [name for name in form.base_fields if name != "fra"]
    first = {name: getattr(row, name) for name in names} | {"version": row_version(row)}
    first["fra"] = max(today(), row.startdato)
    return type(f"Ret{form.__name__}", (VersionForm, form), {})(data, initial=first)


class StopForm(VersionForm):
    sidste_dag = DatoField(label="Sidste dag, det gælder", initial=today)


class SpoergsmaalForm(forms.Form):
    spoergsmaal = forms.CharField(
        label="Spørgsmål", max_length=200, help_text="Skriv det, som en ansøger ville spørge."
    )
    svar = long_text("Svar", 2000, 6, help_text=OPMAERKNING)
    raekkefoelge = forms.IntegerField(label="Rækkefølge", min_value=0, max_value=999, initial=50)
    synligt = forms.BooleanField(label="Vis det på siden", required=False, initial=True)


class RetSpoergsmaalForm(VersionForm, SpoergsmaalForm):
    @classmethod
    def of(cls, row, data=None) -> "RetSpoergsmaalForm":
        first = {name: getattr(row, name) for name in SpoergsmaalForm.base_fields}
        return cls(data, initial=first | {"version": row_version(row)})


class OplysningstekstForm(forms.Form):
    tekst = long_text("Tekst", 8000, 24, help_text=OPMAERKNING)
    kilde = forms.CharField(
        label="Hvem har læst den?", max_length=300, help_text="Fx: Databeskyttelsesrådgiveren, 3. januar 2027."
    )


class ElevField(forms.ModelChoiceField):
    def label_from_instance(self, bruger: Bruger) -> str:
        return bruger.navn


class HistorieForm(forms.Form):
    fornavn = forms.CharField(label="Fornavn, som det skal stå", max_length=40)
    overskrift = forms.CharField(label="Overskrift", max_length=120)
    tekst = long_text("Historien, med elevens egne ord", 3000, 10, help_text=OPMAERKNING)
    startdato = DatoField(label="Vises fra")
    sidste_dag = DatoField(label="Sidste dag", help_text="Så holder den op med at blive vist af sig selv.")
    billede = FilFelt(label="Billede", use=PORTRAET, required=False)


class NyHistorieForm(HistorieForm):
    elev = ElevField(Bruger.objects.none(), label="Elev", empty_label="Vælg")
    field_order = ["elev"]

    def __init__(self, *args, elever, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elev"].queryset = elever


class RetHistorieForm(VersionForm, HistorieForm):
    fjern_billede = forms.BooleanField(label="Fjern billedet", required=False)

    @classmethod
    def of(cls, row: Elevhistorie, data=None, files=None) -> "RetHistorieForm":
        names = [name for name in HistorieForm.base_fields if name != "billede"]
        first = {name: getattr(row, name) for name in names} | {"version": historie_version(row)}
        form = cls(data, files, initial=first)
        if row.billede_id is None:
            form.fields["fjern_billede"].widget = forms.HiddenInput()
        return form
