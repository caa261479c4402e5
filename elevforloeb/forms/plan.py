"""The edit row of the board, and a plan pasted from a spreadsheet."""

from django import forms

from elevforloeb.core.dates import Periode
from elevforloeb.core.forms import DatoField
from elevforloeb.core.pasted import RegnearkField
from elevforloeb.placering import Placering
from elevforloeb.queries.foelger import places_in_words
from elevforloeb.queries.plan import Holdplan


class OpholdForm(forms.Form):
    """`stay` is the stay that is changed, or the gap that is to be filled (without afdeling)."""

    afdeling = forms.TypedChoiceField(label="Afdeling", coerce=int, widget=forms.Select(attrs={"autofocus": True}))
    startdato = DatoField(label="Fra")
    sidste_dag = DatoField(label="Til og med")
    elevvejleder = forms.TypedChoiceField(label="Elevvejleder", coerce=int, empty_value=None, required=False)
    bekraeft = forms.BooleanField(label="Det er rigtigt, at tiden før i dag skal ændres", required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, plan: Holdplan, stay: Placering, was: str):
        initial = {
            "afdeling": stay.afdeling,
            "startdato": stay.startdato,
            "sidste_dag": stay.periode.sidste_dag,
            "elevvejleder": stay.elevvejleder,
            "was": was,
        }
        super().__init__(data, initial=initial, prefix=None, auto_id="ret_%s")
        self.plan, self.stay = plan, stay
        self.fields["afdeling"].choices = self.afdelinger()
        self.fields["elevvejleder"].choices = self.vejledere()

    def afdelinger(self):
        own = self.stay if self.stay.afdeling else None
        choices = [("", "Vælg")] if own is None else []
        for afdeling in self.plan.plan.afdelinger:
            words = places_in_words(self.plan, afdeling, self.stay.periode, own)
            choices.append((afdeling.id, f"{afdeling.navn} ({words})"))
        return choices

    def vejledere(self):
        """Grouped by afdeling, the stay's own first, so that the list is right also when the afdeling is changed."""
        groups: dict[int, dict[int, str]] = {}
        for role in self.plan.plan.vejlederroller:
            if role.periode.overlap(self.stay.periode) or role.bruger == self.stay.elevvejleder:
                groups.setdefault(role.afdeling, {})[role.bruger] = role.navn
        known = {bruger for people in groups.values() for bruger in people}
        if self.stay.elevvejleder and self.stay.elevvejleder not in known:
            navn = self.plan.index.vejleder.get(self.stay.elevvejleder, "Nuværende elevvejleder")
            groups.setdefault(self.stay.afdeling, {})[self.stay.elevvejleder] = navn
        order = sorted(groups, key=lambda afdeling: (afdeling != self.stay.afdeling, afdeling))
        options = [(self.plan.afdelinger[pk].kortnavn, list(groups[pk].items())) for pk in order]
        return [("", "Ikke valgt"), *options]

    def clean(self):
        data = super().clean()
        first, last = data.get("startdato"), data.get("sidste_dag")
        if first and last and last < first:
            self.add_error("sidste_dag", "Sidste dag skal være den samme dag som første dag eller senere")
        return data

    @property
    def periode(self) -> Periode:
        return Periode.until_last_day(self.cleaned_data["startdato"], self.cleaned_data["sidste_dag"])

    @property
    def wanted(self) -> Placering:
        """The stay as the form has it."""
        data = self.cleaned_data
        return Placering(self.stay.elev, data["afdeling"], self.periode, data["elevvejleder"], self.stay.id)


class PlanIndsaetForm(forms.Form):
    """`was` is the stand of the plan that the list was shown beside."""

    tekst = RegnearkField(
        flest=1500,
        label="Ophold fra et regneark",
        help_text="Et ophold på hver linje: elev, afdeling, første dag, sidste dag og elevvejleder (kan udelades). "
        "Kopiér cellerne fra regnearket, eller skriv semikolon imellem.",
    )
    bekraeft = forms.BooleanField(label="Det er rigtigt, at tiden før i dag skal ændres", required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)
