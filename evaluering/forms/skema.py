"""What the elevansvarlig edits a draft with: its head, a section, a question, a scale, the day of publishing."""

from django import forms

from afdelinger.models import Afdeling
from elevforloeb.core.dates import today
from elevforloeb.core.forms import DatoField, VersionForm
from evaluering.models import Afsnit, Evalueringsskema, Skala, Spoergsmaal
from evaluering.models.skema import Brug
from evaluering.services.skema import head_version, part_version, skema_version

MOST_STEPS = 7
SOM = [("elev", "Eleven"), ("elevvejleder", "Elevvejlederen"), ("faelles", "Begge ved samtalen")]
HEAD = ["navn", "indledning", "med_elevansvarlig", "kilde"]


class SkemaForm(VersionForm, forms.ModelForm):
    class Meta:
        model = Evalueringsskema
        fields = HEAD

    @classmethod
    def of(cls, skema: Evalueringsskema, data=None) -> "SkemaForm":
        first = {name: getattr(skema, name) for name in HEAD}
        return cls(data, initial=first | {"version": head_version(skema)})

    def _post_clean(self):
        """The service fills the row and checks it: what is typed must not touch it before."""


class DelForm(VersionForm, forms.ModelForm):
    """A section or a question: `of` an existing row or of a new one."""

    @classmethod
    def of(cls, part, data=None):
        first = {name: getattr(part, name) for name in cls.Meta.fields if part.pk or name == "afsnit"}
        return cls(data, initial=first | {"version": part_version(part)}, part=part)

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        self.part = part

    def _post_clean(self):
        """The service fills the row and checks it: what is typed must not touch it before."""


class AfsnitForm(DelForm):
    class Meta:
        model = Afsnit
        fields = ["titel", "vejledning"]


class SpoergsmaalForm(DelForm):
    """The kind of answer follows from the scale: one choice less to get wrong."""

    bruges_til = forms.ChoiceField(label="Svaret bruges til", choices=Brug.choices, required=False)
    gentages = forms.ChoiceField(label="Gentages", choices=Spoergsmaal.Gentages.choices, required=False)

    class Meta:
        model = Spoergsmaal
        fields = ["afsnit", "tekst", "hjaelp", "hvem", "skala", "kraevet", "gentages", "bruges_til"]
        help_texts = {"tekst": "Gentages det, står opgaven eller målet i stedet for teksten."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        skema = self.part.afsnit.skema_id
        self.fields["afsnit"].queryset = Afsnit.objects.filter(skema=skema)
        self.fields["afsnit"].empty_label = None
        self.fields["skala"].queryset = Skala.objects.filter(skema=skema)
        self.fields["skala"].label = "Svar"
        self.fields["skala"].empty_label = "Tekst"

    def clean(self):
        super().clean()
        return self.cleaned_data | {"svarform": "skala" if self.cleaned_data.get("skala") else "tekst"}


class SkalaForm(VersionForm):
    """A name and up to seven steps; a line without a name is no step."""

    navn = forms.CharField(label="Skalaens navn", max_length=80)
    kommentar_ved_enderne = forms.BooleanField(
        label="Det laveste og det højeste trin kræver en kommentar", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nr in range(1, MOST_STEPS + 1):
            self.fields[f"navn_{nr}"] = forms.CharField(label=f"Trin {nr}", max_length=40, required=False)
            self.fields[f"forklaring_{nr}"] = forms.CharField(
                label=f"Trin {nr}, forklaring", max_length=200, required=False
            )
            self.fields[f"uden_niveau_{nr}"] = forms.BooleanField(
                label=f"Trin {nr} er ikke et niveau, fx “ikke afprøvet”", required=False
            )

    @classmethod
    def of(cls, skala: Skala, data=None) -> "SkalaForm":
        first = {"version": part_version(skala), "kommentar_ved_enderne": skala.kommentar_ved_enderne}
        steps = list(skala.trin.all()) if skala.pk else []
        for nr, trin in enumerate(steps, start=1):
            first |= {f"navn_{nr}": trin.navn, f"forklaring_{nr}": trin.forklaring}
            first |= {f"uden_niveau_{nr}": not trin.er_niveau}
        return cls(data, initial=first | {"navn": skala.navn})

    def clean(self):
        super().clean()
        rows = [self._step(nr) for nr in range(1, MOST_STEPS + 1)]
        return {
            "navn": self.cleaned_data.get("navn", ""),
            "kommentar_ved_enderne": self.cleaned_data["kommentar_ved_enderne"],
            "version": self.cleaned_data.get("version", ""),
            "trin": [row for row in rows if row["navn"]],
        }

    def _step(self, nr: int) -> dict:
        values = self.cleaned_data
        step = {"navn": values.get(f"navn_{nr}", ""), "forklaring": values.get(f"forklaring_{nr}", "")}
        if step["forklaring"] and not step["navn"]:
            self.add_error(f"navn_{nr}", "Skriv trinnets navn, eller fjern forklaringen.")
        return step | {"er_niveau": not values[f"uden_niveau_{nr}"]}


class UdgivForm(VersionForm):
    gaelder_fra = DatoField(
        label="Gælder fra", help_text="Samtaler, der er begyndt inden, beholder det skema, de begyndte med."
    )

    @classmethod
    def of(cls, skema: Evalueringsskema, data=None) -> "UdgivForm":
        return cls(data, initial={"gaelder_fra": today(), "version": skema_version(skema)})


class VisForm(forms.Form):
    """Whose page to preview, in which department. What does not fit is as if it was not chosen."""

    afdeling = forms.ChoiceField(label="I afdelingen")
    som = forms.ChoiceField(label="Set af", choices=SOM)

    @classmethod
    def of(cls, query) -> "VisForm":
        """The departments are read once: for the list, for the first of them and for the one that is chosen."""
        afdelinger = {each.kode: each for each in Afdeling.objects.all()}
        form = cls({"afdeling": next(iter(afdelinger), None), "som": SOM[0][0]} | query.dict())
        form.afdelinger = afdelinger
        form.fields["afdeling"].choices = [(kode, str(each)) for kode, each in afdelinger.items()]
        return form

    @property
    def chosen(self) -> tuple[Afdeling | None, str]:
        self.is_valid()
        afdeling = self.afdelinger.get(self.cleaned_data.get("afdeling"))
        return afdeling, self.cleaned_data.get("som", SOM[0][0])
