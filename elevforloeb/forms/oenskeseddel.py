"""What an elev writes: her list, moved up and down by buttons, and the texts beside it."""

from collections.abc import Sequence

from django import forms

from elevforloeb.queries.oensker.elevside import Elevside
from elevforloeb.services.oensker import Valg, list_version

LONGEST = 20  # more is never offered; a longer list comes from no form of ours
MOST_INHABIL = 8


class SeddelForm(forms.Form):
    begrundelse = forms.CharField(
        label="Kort begrundelse",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fx hvad du gerne vil lære. Kun den elevansvarlige læser det.",
    )
    hensyn = forms.CharField(
        label="Hensyn",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fx at du skal kunne hente børn. Skriv ikke diagnoser.",
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @classmethod
    def of(cls, side: Elevside) -> "SeddelForm":
        texts = {"begrundelse": side.seddel.begrundelse, "hensyn": side.seddel.hensyn} if side.seddel else {}
        return cls(initial=texts | {"version": list_version(side.seddel)})

    @classmethod
    def typed(cls, data) -> "SeddelForm":
        """What was typed, while the list is moved: nothing is checked yet."""
        return cls(initial={name: data.get(name, "") for name in cls.base_fields})

    def renew(self, side: Elevside) -> None:
        """After a conflict the next save is made knowing that there was one."""
        self.data = self.data.copy()
        self.data["version"] = list_version(side.seddel)


class InhabilForm(forms.Form):
    afdeling = forms.TypedChoiceField(label="Afdeling", coerce=int, empty_value=None, required=False)
    grund = forms.CharField(
        label="Hvorfor bør du ikke være der?", max_length=300, required=False, help_text="Fx et nært familiemedlem."
    )

    def __init__(self, *args, afdelinger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afdeling"].choices = [("", "Ingen"), *afdelinger]

    def clean(self):
        data = super().clean()
        if data.get("afdeling") and not data.get("grund", "").strip():
            self.add_error("grund", "Skriv, hvorfor du ikke bør være i afdelingen.")
        return data


class _InhabilRaekker(forms.BaseFormSet):
    @property
    def valgte(self) -> list[tuple[int, str]]:
        rows = [form.cleaned_data for form in self.forms]
        return [(row["afdeling"], row["grund"]) for row in rows if row.get("afdeling")]


InhabilRaekker = forms.formset_factory(
    InhabilForm, formset=_InhabilRaekker, extra=1, max_num=MOST_INHABIL, absolute_max=MOST_INHABIL
)


def inhabil_rows(side: Elevside, data=None, initial=None) -> _InhabilRaekker:
    choices = [(each.svar.afdeling_id, each.svar.afdeling.navn) for each in side.afdelinger]
    first = [{"afdeling": afdeling, "grund": grund} for afdeling, grund in (initial or [])]
    return InhabilRaekker(data, prefix="inhabil", initial=first, form_kwargs={"afdelinger": choices})


def typed_rows(side: Elevside, data) -> _InhabilRaekker:
    """What was typed, with an empty row more; nothing is checked yet."""
    typed = [(data.get(f"inhabil-{nr}-afdeling"), data.get(f"inhabil-{nr}-grund")) for nr in range(MOST_INHABIL)]
    return inhabil_rows(side, initial=[row for row in typed if any(row)])


def read_list(data, side: Elevside) -> list[Valg]:
    """The list as the form holds it: departments in order, each perhaps with a stay. What is not offered is gone."""
    found: dict[int, Valg] = {}
    for value in data.getlist("oenske")[:LONGEST]:
        afdeling = _number(value)
        if svar := side.tilbud.get(afdeling):
            trin = _number(data.get(f"trin_{afdeling}", ""))
            found[afdeling] = Valg(afdeling, trin if trin in {plads.trin for plads in svar.tilbudte} else None)
    return list(found.values())


def moved(valg: Sequence[Valg], trin: str, side: Elevside) -> tuple[list[Valg], int | None]:
    """The list after a button was pressed (“op:7”), and the department it was about."""
    what, _, value = trin.partition(":")
    afdeling = _number(value)
    if afdeling not in side.tilbud:
        return list(valg), None
    valg = list(valg)
    place = next((nr for nr, each in enumerate(valg) if each.afdeling == afdeling), None)
    if what == "tilfoej" and place is None:
        valg.append(Valg(afdeling))
    elif place is not None and what == "fjern":
        del valg[place]
    elif place is not None and what in ("op", "ned"):
        other = place + (1 if what == "ned" else -1)
        if 0 <= other < len(valg):
            valg[place], valg[other] = valg[other], valg[place]
    return valg, afdeling


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
