from django import forms
from django.forms import fields_for_model

from afdelinger.models import Bruger
from elevforloeb.core.forms import DatoField, ListeFilter, VersionForm, soegefelt
from elevforloeb.models import Elev
from elevforloeb.queries.elever import ORDER, STATUS
from elevforloeb.services.elev import elev_version

from .kalender import check_order


class ElevForm(VersionForm, forms.ModelForm):
    """The person and the agreement on one page."""

    navn = fields_for_model(Bruger)["navn"]
    email = fields_for_model(Bruger)["email"]
    telefon = fields_for_model(Bruger)["telefon"]
    startdato = DatoField(label="Aftalens første dag")
    sidste_dag = DatoField(label="Aftalens sidste dag")
    aftale_kommune = DatoField(label="Underskrevet af kommunen", required=False)
    aftale_elev = DatoField(label="Underskrevet af eleven", required=False)
    aftale_skole = DatoField(label="Registreret af skolen", required=False)

    class Meta:
        model = Elev
        fields = ["hold", "maalsaet", "voksenelev", "aftale_kommune", "aftale_elev", "aftale_skole", "aftale_reference"]

    field_order = ["version", "navn", "email", "telefon", "startdato", "sidste_dag", *Meta.fields]

    @classmethod
    def of(cls, elev: Elev, data=None) -> "ElevForm":
        first = {name: getattr(elev.bruger, name) for name in ("navn", "email", "telefon")}
        first |= {"startdato": elev.startdato, "sidste_dag": elev.sidste_dag, "version": elev_version(elev)}
        return cls(data, instance=elev, initial=first)

    def clean(self):
        super().clean()
        check_order(self)

    def _picked(self, names) -> dict:
        return {name: self.cleaned_data[name] for name in names}

    @property
    def values(self) -> dict:
        """As services.elev.update_elev takes them."""
        return {
            "person": self._picked(["navn", "email", "telefon"]),
            "aftale": self._picked(self.Meta.fields),
            **self._picked(["startdato", "sidste_dag", "version"]),
        }


class ForlaengForm(VersionForm):
    sidste_dag = DatoField(label="Ny sidste dag")
    grund = forms.CharField(
        label="Hvorfor forlænges aftalen?",
        max_length=200,
        help_text="Skriv ikke om sygdom eller andre følsomme forhold, kun fx “tillæg underskrevet 3. maj”.",
    )


class StopForm(VersionForm):
    stoppet = DatoField(label="Første dag, hvor eleven ikke er ansat")


class AfdelingsfilterForm(ListeFilter):
    """A department sees few elever, of all holds and at every stage: a name is all that is worth asking for."""

    q = soegefelt("Søg efter navn")

    @property
    def chosen(self) -> dict:
        self.is_valid()
        return {"q": self.cleaned_data.get("q", ""), "status": "alle"}


class FilterForm(ListeFilter):
    """The filters over the list of elever. What does not fit is as if it was not chosen."""

    q = soegefelt("Søg efter navn")
    hold = forms.ChoiceField(label="Hold", required=False)
    afdeling = forms.ChoiceField(label="Afdeling nu", required=False)
    status = forms.ChoiceField(label="Status", choices=list(STATUS.items()), required=False)
    sort = forms.ChoiceField(
        label="Sortér efter",
        choices=[("navn", "Navn"), ("hold", "Hold"), ("skift", "Næste skift")],
        required=False,
    )

    def __init__(self, *args, hold, afdelinger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hold"].choices = [("", "Alle hold"), *hold]
        self.fields["afdeling"].choices = [("", "Alle afdelinger"), *afdelinger]

    @property
    def chosen(self) -> dict:
        """The valid choices, with the defaults for the rest."""
        self.is_valid()
        values = self.cleaned_data
        return {
            "q": values.get("q", ""),
            "hold": values.get("hold"),
            "afdeling": values.get("afdeling"),
            "status": values.get("status") or next(iter(STATUS)),
            "sort": values.get("sort") or next(iter(ORDER)),
        }
