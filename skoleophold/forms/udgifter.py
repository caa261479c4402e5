from django import forms

from elevforloeb.core.files.fields import FilerFelt, FilFelt
from elevforloeb.core.forms import DatoField, ListeFilter, VersionForm, soegefelt
from elevforloeb.core.money import BeloebField
from elevforloeb.models import Elev
from skoleophold.models import Udgiftsart, Udlaeg
from skoleophold.queries.udlaeg import ORDER, STATUS, periods_of, recent_arter
from skoleophold.services.budget import udgiftsart_version
from skoleophold.services.udlaeg import FIELDS
from skoleophold.uses import FOTO, KVITTERING

SORT = {"sendt": "Ældste først", "dato": "Nyeste kvittering", "beloeb": "Beløb", "navn": "Navn"}


class UdlaegForm(VersionForm):
    """Nothing is required: a draft may lack everything, and the service says what is missing when it is sent."""

    noegle = forms.UUIDField(widget=forms.HiddenInput)
    foto = FilFelt(
        label="Tag et billede af kvitteringen",
        use=FOTO,
        required=False,
        help_text="Sørg for, at butik, dato og beløb kan læses.",
    )
    bilag = FilerFelt(label="Vælg kvittering fra filer", use=KVITTERING, required=False)
    art = forms.ModelChoiceField(
        Udgiftsart.objects.none(), label="Hvad gælder udlægget?", required=False, empty_label="Vælg"
    )
    dato = DatoField(label="Dato på kvitteringen", required=False)
    beloeb = BeloebField(label="Beløb i kr.", required=False, help_text="Det, du har betalt. Fx 240,00.")
    formaal = forms.CharField(
        label="Hvad er det til?", max_length=300, required=False, help_text="Kort, fx “Lærebog i forvaltningsret”."
    )
    km = forms.IntegerField(
        label="Km frem og tilbage",
        required=False,
        min_value=1,
        max_value=2000,
        help_text="Kun ved transport: fra dit hjem til skolen og hjem igen.",
    )
    egen_udgift = BeloebField(
        label="Din egen udgift i kr.",
        required=False,
        fra_nul=True,
        help_text="Kun ved transport: det, turen til arbejde ellers ville have kostet. Det trækkes fra beløbet.",
    )
    skoleperiode = forms.ModelChoiceField(
        None, label="Hører det til en skoleperiode?", required=False, empty_label="Nej, eller ved ikke"
    )

    field_order = ["foto", "bilag"]

    def __init__(self, *args, elev: Elev, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].queryset = recent_arter()
        self.fields["skoleperiode"].queryset = periods_of(elev)
        self.fields["foto"].widget.attrs["capture"] = "environment"
        for name in ("foto", "bilag", "art", "dato", "beloeb", "formaal"):
            self.fields[name].needed_later = True

    @classmethod
    def of(cls, udlaeg: Udlaeg, *args) -> "UdlaegForm":
        first = {name: getattr(udlaeg, name) for name in (*FIELDS, "noegle")}
        first["egen_udgift"] = udlaeg.egen_udgift or None
        return cls(*args, elev=udlaeg.elev, initial=first | {"version": udlaeg.version if udlaeg.pk else ""})

    def clean_egen_udgift(self):
        return self.cleaned_data["egen_udgift"] or 0

    @property
    def felter(self) -> dict:
        """What was understood: the rest of the page may need mending."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    @property
    def filer(self) -> list:
        photo = self.cleaned_data.get("foto")
        return [*([photo] if photo else []), *(self.cleaned_data.get("bilag") or [])]

    @property
    def set_version(self) -> int | None:
        version = self.cleaned_data.get("version") or ""
        return int(version) if version.isdecimal() and len(version) < 10 else None


class ReturnerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    grund = forms.CharField(
        label="Hvad skal eleven rette?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Eleven læser det på udlægget.",
    )


class FilterForm(ListeFilter):
    """The filters over the list. What does not fit is as if it was not chosen."""

    q = soegefelt("Søg efter navn eller formål")
    status = forms.ChoiceField(label="Status", choices=list(STATUS.items()), required=False)
    hold = forms.ChoiceField(label="Hold", required=False)
    art = forms.ChoiceField(label="Art", required=False)
    aar = forms.ChoiceField(label="År", required=False)
    sort = forms.ChoiceField(label="Sortér efter", choices=list(SORT.items()), required=False)

    def __init__(self, *args, hold, arter, aar, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hold"].choices = [("", "Alle hold"), *hold]
        self.fields["art"].choices = [("", "Alle arter"), *arter]
        self.fields["aar"].choices = [("", "Alle år"), *aar]

    @property
    def chosen(self) -> dict:
        self.is_valid()
        values = self.cleaned_data
        chosen = {name: values.get(name) or "" for name in self.fields}
        return chosen | {"status": values.get("status") or "sendt", "sort": values.get("sort") or next(iter(ORDER))}

    @property
    def er_brugt(self) -> bool:
        return any(self.chosen[name] for name in ("q", "hold", "art", "aar"))


class BudgetForm(VersionForm):
    """One amount for each kind of cost."""

    kilde = forms.CharField(
        label="Hvor kommer tallene fra?", max_length=300, help_text="Fx “Budget 2027, vedtaget 8. oktober 2026”."
    )

    def __init__(self, *args, arter: list[Udgiftsart], **kwargs):
        super().__init__(*args, **kwargs)
        self.arter = {f"art-{art.pk}": art for art in arter}
        for name, art in self.arter.items():
            self.fields[name] = BeloebField(label=f"{art.navn}, kr.", required=False, fra_nul=True)
        self.order_fields([*self.arter, "kilde"])

    @property
    def beloeb(self) -> dict:
        return {art: self.cleaned_data[name] for name, art in self.arter.items()}


class UdgiftsartForm(forms.Form):
    navn = forms.CharField(label="Navn", max_length=60)
    kode = forms.SlugField(
        label="Kode", max_length=40, help_text="Små bogstaver og bindestreg, fx boeger. Kan ikke ændres bagefter."
    )
    betales = forms.CharField(
        label="Det betaler kommunen", max_length=1000, widget=forms.Textarea({"rows": 3}), help_text="Eleverne ser det."
    )
    betales_ikke = forms.CharField(
        label="Det betaler kommunen ikke", max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    loft = BeloebField(
        label="Højst pr. udlæg i kr.", required=False, help_text="Tom: intet loft. Over loftet kommer der en advarsel."
    )
    egen_udgift = forms.BooleanField(
        label="Elevens egen udgift trækkes fra", required=False, help_text="Fx rejsen til arbejde ved transport."
    )
    mindst_km = forms.IntegerField(
        label="Kun ture på over så mange km frem og tilbage", required=False, min_value=1, max_value=2000
    )
    konto = forms.CharField(label="Kontering", max_length=60, required=False, help_text="Står i filen til regnskabet.")
    startdato = DatoField(label="Kan vælges fra")
    sidste_dag = DatoField(label="Kan vælges til og med", required=False, help_text="Tom: indtil videre.")
    kilde = forms.CharField(label="Kilde", max_length=300, help_text="Hvor står det, at kommunen betaler det?")


class RetUdgiftsartForm(VersionForm, UdgiftsartForm):
    kode = None

    @classmethod
    def of(cls, art: Udgiftsart, data=None) -> "RetUdgiftsartForm":
        first = {name: getattr(art, name) for name in UdgiftsartForm.base_fields if name != "kode"}
        return cls(data, initial=first | {"version": udgiftsart_version(art)})
