"""Ask for an allocation, and ask what would come of it if something were different."""

from collections.abc import Iterable

from django import forms

from elevforloeb.fordeling.maal import MAAL, PLADS, STANDARD
from elevforloeb.hvadnuhvis import Aendring

MOST_LOTS = 999_999
ALL_STAYS = (0, "Alle opholdene")


class FordelingForm(forms.Form):
    navn = forms.CharField(
        label="Navn",
        max_length=60,
        help_text="Så du kan kende den fra de andre, fx Med Teknik lukket.",
        error_messages={"required": "Giv fordelingen et navn."},
    )
    ikke_igen = forms.BooleanField(
        label="Ingen kommer igen til en afdeling, de har været i",
        required=False,
        initial=True,
    )
    seed = forms.IntegerField(
        label="Lodtrækning nr.",
        min_value=0,
        max_value=MOST_LOTS,
        initial=1,
        help_text="Hvor flere fordelinger er lige gode, trækkes der lod. Det samme nummer giver det samme udfald hver "
        "gang, så fordelingen kan gentages.",
        error_messages={"required": "Skriv et nummer, fx 1."},
    )


class Maalvalg:
    """Goals 2 to 7: which count, and in what order. Buttons move one, so it works without JavaScript."""

    def __init__(self, order: Iterable[str] = STANDARD, on: Iterable[str] = STANDARD):
        known = [key for key in dict.fromkeys(order) if key in STANDARD]
        self.order = [*known, *(key for key in STANDARD if key not in known)]
        self.on = set(on) & set(STANDARD)

    @classmethod
    def of(cls, data) -> "Maalvalg":
        return cls(data.getlist("maal"), data.getlist("til"))

    def move(self, key: str, step: int) -> bool:
        """False: there is nowhere to move it."""
        old = self.order.index(key) if key in self.order else -1
        new = old + step
        if old < 0 or not 0 <= new < len(self.order):
            return False
        self.order[old], self.order[new] = self.order[new], self.order[old]
        return True

    @property
    def valgte(self) -> list[str]:
        return [key for key in self.order if key in self.on]

    @property
    def linjer(self) -> list[dict]:
        last = len(self.order)
        return [
            {"maal": MAAL[key], "til": key in self.on, "nr": nr + 1, "foerst": nr == 1, "sidst": nr == last}
            for nr, key in enumerate(self.order, start=1)
        ]

    @property
    def altid(self):
        return MAAL[PLADS]


# --- what if ------------------------------------------------------------------------------------------------------


def _choices(rows: Iterable[tuple], *first: tuple) -> list[tuple]:
    return [*first, *rows]


class Hvadnuhvis(forms.Form):
    """One change. Takes what can be chosen from the allocation's own rows."""

    navn = forms.CharField(label="Navn på den nye fordeling", max_length=60, required=False)

    def __init__(self, data=None, *, trin, afdelinger, elever):
        super().__init__(data if data is not None and data.get("hvad") == self.HVAD else None, prefix=self.HVAD)
        for name, rows, *first in (("trin", trin, ALL_STAYS), ("afdeling", afdelinger), ("elev", elever)):
            if name in self.fields:
                self.fields[name].choices = _choices(rows, *first)

    @property
    def aendring(self) -> Aendring:
        data = {key: value for key, value in self.cleaned_data.items() if key != "navn"}
        return Aendring(**({"art": self.HVAD} | data))


def _liste(label: str, **options) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, **options)


class LukForm(Hvadnuhvis):
    HVAD, TITEL, KNAP = "luk", "En afdeling lukker", "Regn uden afdelingen"
    TEKST = "Dem, der skulle have været der, får en anden plads. De andre flyttes så lidt som muligt."
    afdeling = _liste("Afdeling")
    trin = _liste("Hvornår")
    field_order = ["afdeling", "trin", "navn"]


class PladserForm(Hvadnuhvis):
    HVAD, TITEL, KNAP = "pladser", "En afdeling får flere eller færre pladser", "Regn med de pladser"
    TEKST = "Afdelingens eget svar bliver stående. Det er kun den nye fordeling, der regner med et andet tal."
    afdeling = _liste("Afdeling")
    trin = _liste("Hvornår")
    antal = forms.IntegerField(label="Pladser", min_value=0, max_value=99)
    field_order = ["afdeling", "trin", "antal", "navn"]


class ElevForm(Hvadnuhvis):
    HVAD, TITEL, KNAP = "elev", "En elev får orlov, stopper eller begynder senere", "Regn uden eleven"
    TEKST = "Skriv også orloven eller stoppet ind på elevens side, når det er besluttet."
    elev = _liste("Elev")
    art = forms.ChoiceField(
        label="Hvad sker der?",
        choices=[
            ("orlov", "Er på orlov i opholdet"),
            ("stop", "Stopper før opholdet"),
            ("sen", "Begynder først i opholdet"),
        ],
    )
    trin = _liste("Ophold")
    field_order = ["elev", "art", "trin", "navn"]

    def __init__(self, data=None, **choices):
        super().__init__(data, **choices)
        self.fields["trin"].choices = choices["trin"]  # one of them, never all


WHAT_IF = (LukForm, PladserForm, ElevForm)
