from django import forms

from elevforloeb.core.dates import full_date, today
from elevforloeb.core.forms import DatoField, ListeFilter, VersionForm
from elevforloeb.core.money import BeloebField, kroner
from skoleophold.models import Aub, Aubsats
from skoleophold.queries.aub import ORDER, STATUS, Aublinje, Satsgruppe
from skoleophold.services.aub import FIELDS, aub_version

SORT = dict(zip(ORDER, ("Nyeste først", "Nærmeste frist", "Elev"), strict=True))


class AubfilterForm(ListeFilter):
    """What does not fit is as if it was not chosen."""

    status = forms.ChoiceField(label="Status", choices=list(STATUS.items()), required=False)
    skolehold = forms.ChoiceField(label="Skolehold", required=False)
    hold = forms.ChoiceField(label="Hold", required=False)
    aar = forms.ChoiceField(label="Uddannelsesår", choices=[("", "Alle"), *Aub.AAR], required=False)
    sort = forms.ChoiceField(label="Sortér efter", choices=list(SORT.items()), required=False)

    def __init__(self, *args, skolehold, hold, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skolehold"].choices = [("", "Alle"), *skolehold]
        self.fields["hold"].choices = [("", "Alle"), *hold]

    @property
    def chosen(self) -> dict:
        self.is_valid()
        defaults = {"status": next(iter(STATUS)), "sort": next(iter(ORDER))}
        return {name: self.cleaned_data.get(name) or defaults.get(name) for name in self.fields}


class AubForm(VersionForm):
    """The elevansvarlig's notes of one refund."""

    uddannelsesaar = forms.TypedChoiceField(
        label="Uddannelsesår",
        choices=[("", "Ikke valgt"), *Aub.AAR],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Som AUB tæller: baglæns fra uddannelsens slutning. Merit flytter det, så vælg det selv.",
    )
    ugeloen = BeloebField(
        label="Elevens ugeløn i kroner",
        required=False,
        help_text="Kun når den er lavere end satsen. AUB betaler højst den løn, I har betalt.",
    )
    ugeloen_indberettet = DatoField(label="Ugelønnen skrevet ind på virk.dk", required=False)
    brev_modtaget = DatoField(label="Brevet fra AUB kom", required=False)
    brev_tjekket = DatoField(label="Brevet er tjekket", required=False, help_text="Passer dage, sats og beløb?")
    udbetalt = BeloebField(label="Udbetalt i kroner", required=False, fra_nul=True)
    udbetalt_dato = DatoField(label="Udbetalt den", required=False)
    afsluttet = DatoField(
        label="Afsluttet den",
        required=False,
        help_text="Når der ikke sker mere, selv om beløbet afviger, eller I ikke skal have noget. Skriv hvorfor.",
    )
    note = forms.CharField(label="Bemærkning", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))

    @classmethod
    def of(cls, aub: Aub, voksenelev: bool, data=None) -> "AubForm":
        first = {name: getattr(aub, name) for name in FIELDS} | {"version": aub_version(aub)}
        form = cls(data, initial=first)
        if voksenelev:
            form.fields["ugeloen"].help_text = "Skrives ind på virk.dk ved det første skoleophold."
        else:
            form.fields["ugeloen_indberettet"].widget = forms.HiddenInput()
        return form


class AubraekkeForm(VersionForm):
    """One row of the table of a period: what is written most often."""

    uddannelsesaar = forms.TypedChoiceField(
        label="År",
        choices=[("", "–"), *((nr, f"{nr}. år") for nr, _ in Aub.AAR)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    brev_modtaget = DatoField(label="Brevet kom", required=False)
    brev_tjekket = DatoField(label="Tjekket", required=False)
    udbetalt = BeloebField(label="Udbetalt, kr.", required=False, fra_nul=True)
    udbetalt_dato = DatoField(label="Udbetalt den", required=False)

    @classmethod
    def of(cls, line: Aublinje, data=None) -> "AubraekkeForm":
        names = [name for name in cls.base_fields if name in FIELDS]
        first = {name: getattr(line.aub, name) for name in names} | {"version": aub_version(line.aub)}
        form = cls(data, initial=first, prefix=f"o{line.ophold.pk}")
        form.rest = {name: getattr(line.aub, name) for name in FIELDS if name not in names}
        return form

    @property
    def differs(self) -> bool:
        return any(self.cleaned_data[name] != self.initial[name] for name in self.cleaned_data)


class AarssatserForm(forms.Form):
    """What AUB announces for a year, in one go."""

    fra = DatoField(label="Fra og med", initial=lambda: today().replace(month=1, day=1))
    kilde = forms.CharField(label="Kilde", max_length=300)

    def __init__(self, *args, grupper: list[Satsgruppe], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kilde"].initial = f"virk.dk, satser for {today().year}"
        for each in grupper:
            hint = f"Nu {kroner(each.nu.beloeb)} fra {full_date(each.nu.startdato)}." if each.nu else ""
            label = f"{each.art.label}, kroner om ugen"
            self.fields[f"sats_{each.art}"] = BeloebField(label=label, required=False, help_text=hint)

    def clean(self):
        found = super().clean()
        names = [name for name in self.fields if name.startswith("sats_")]
        amounts = {name.removeprefix("sats_"): found.pop(name, None) for name in names}
        return found | {"beloeb": amounts}


class SatsForm(forms.Form):
    art = forms.ChoiceField(label="Gælder for", choices=Aubsats.Art.choices)
    beloeb = BeloebField(label="Kroner om ugen")
    fra = DatoField(label="Fra og med", initial=lambda: today().replace(month=1, day=1))
    kilde = forms.CharField(label="Kilde", max_length=300, help_text="Fx virk.dk, satser for 2027.")
