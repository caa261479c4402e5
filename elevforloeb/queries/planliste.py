"""A plan pasted from a spreadsheet, read beside the plan that is there: what each line is, and what it would change.

The elever of the list get just the stays of the list; nobody else is touched.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from django.core.exceptions import ValidationError

from elevforloeb.core import pasted
from elevforloeb.core.dates import Periode, today
from elevforloeb.core.forms import DatoField
from elevforloeb.core.pasted import Linje
from elevforloeb.placering import Placering
from elevforloeb.plandata import Niveau, Problem, Problemkode
from elevforloeb.planregler import check_plan

from .plan import Holdplan
from .vejledere import turns, vejleder_name

COLUMNS = ("elev", "afdeling", "fra", "til", "elevvejleder")
HEADINGS = {
    "elev": "elev",
    "navn": "elev",
    "afdeling": "afdeling",
    "fra": "fra",
    "start": "fra",
    "startdato": "fra",
    "til": "til",
    "til og med": "til",
    "slut": "til",
    "slutdato": "til",
    "sidste dag": "til",
    "elevvejleder": "elevvejleder",
    "vejleder": "elevvejleder",
}
NOTHING = {"", "-", "–", "ikke planlagt", "ikke valgt"}  # as our own spreadsheet says it
# What no draft may hold; the rest is moved about on the board until it fits.
REFUSED = {Problemkode.OVERLAP, Problemkode.UDEN_FOR_AFTALE, Problemkode.AFDELING_LUKKET}


@dataclass(frozen=True)
class Planlinje:
    """A line with the verdict. `ophold` is None when the line is wrong, or plans nothing."""

    nr: int
    felter: dict[str, str]
    ophold: Placering | None = None
    fejl: tuple[str, ...] = ()
    besked: str = ""


@dataclass(frozen=True)
class Planliste:
    """`plan` is what the list was read beside."""

    plan: Holdplan
    linjer: tuple[Planlinje, ...]

    @property
    def forkerte(self) -> list[int]:
        return [linje.nr for linje in self.linjer if linje.fejl]

    @cached_property
    def ophold(self) -> dict[int, list[Placering]]:
        """By elev. Nobody is here without a stay: a list empties no plan."""
        found = defaultdict(list)
        for linje in self.linjer:
            if linje.ophold:
                found[linje.ophold.elev].append(linje.ophold)
        return found

    @cached_property
    def nye(self) -> list[Placering]:
        there = {_facts(stay) for stay in self.plan.plan.placeringer}
        return [stay for stays in self.ophold.values() for stay in stays if _facts(stay) not in there]

    @cached_property
    def fjernes(self) -> list[Placering]:
        wanted = {_place(stay) for stays in self.ophold.values() for stay in stays}
        mine = (stay for elev in self.ophold for stay in self.plan.index.by_elev[elev])
        return [stay for stay in mine if _place(stay) not in wanted]

    @property
    def aendrer(self) -> bool:
        return bool(self.nye or self.fjernes)

    @property
    def aendrer_fortid(self) -> bool:
        return any(stay.startdato < today() for stay in [*self.nye, *self.fjernes])

    @cached_property
    def problemer(self) -> list[Problem]:
        """Errors that the list brings with it."""
        others = [stay for stay in self.plan.plan.placeringer if stay.elev not in self.ophold]
        wanted = [stay for stays in self.ophold.values() for stay in stays]
        after = check_plan(replace(self.plan.plan, placeringer=(*others, *wanted)))
        known = {each.tekst for each in check_plan(self.plan.plan)}
        return [each for each in after if each.niveau == Niveau.FEJL and each.tekst not in known]

    @property
    def hindringer(self) -> list[Problem]:
        return [each for each in self.problemer if each.kode in REFUSED]

    @property
    def advarsler(self) -> list[Problem]:
        return [each for each in self.problemer if each.kode not in REFUSED]


def _place(stay: Placering) -> tuple:
    return stay.elev, stay.afdeling, stay.periode


def _facts(stay: Placering) -> tuple:
    return *_place(stay), stay.elevvejleder


def read_planliste(plan: Holdplan, text: str) -> Planliste:
    known = _Known(plan)
    lines = pasted.read_lines(text, HEADINGS, COLUMNS, {"elev", "afdeling"})
    return Planliste(plan, tuple(_read(known, line) for line in lines))


def _read(known: "_Known", line: Linje) -> Planlinje:
    """Every mistake of a line is told at once."""
    cells, wrong = line.felter, []

    def told(read, *arguments):
        try:
            return read(*arguments)
        except ValidationError as error:
            wrong.extend(error.messages)

    elev = told(known.elev, cells.get("elev", ""))
    if _plain(cells.get("afdeling", "")) in NOTHING:
        return Planlinje(line.nr, cells, fejl=tuple(wrong), besked="Springes over: her er ikke planlagt noget")
    afdeling = told(known.afdeling, cells.get("afdeling", ""))
    days = told(_days, cells)
    if wrong:
        return Planlinje(line.nr, cells, fejl=tuple(wrong))
    stay = Placering(elev, afdeling, days)
    vejleder = told(known.vejleder, stay, cells.get("elevvejleder", ""))
    if wrong:
        return Planlinje(line.nr, cells, fejl=tuple(wrong))
    stay = replace(stay, elevvejleder=vejleder)
    return Planlinje(line.nr, cells, stay, besked=known.word(stay))


def _days(cells: dict[str, str]) -> Periode:
    first, last = _day(cells.get("fra", ""), "den første dag"), _day(cells.get("til", ""), "den sidste dag")
    if last < first:
        raise ValidationError("Den sidste dag ligger før den første")
    return Periode.until_last_day(first, last)


def _day(text: str, what: str) -> date:
    if not text:
        raise ValidationError(f"Skriv {what}")
    return DatoField().clean(text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass
class _Known:
    """The plan's people and places by what a spreadsheet may call them."""

    plan: Holdplan
    elever: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    afdelinger: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    vejledere: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self):
        for elev in self.plan.elever.values():
            self.elever[_plain(elev.navn)].add(elev.id)
        for afdeling in self.plan.afdelinger.values():
            for navn in (afdeling.navn, afdeling.kortnavn):
                self.afdelinger[_plain(navn)].add(afdeling.id)
        for role in self.plan.plan.vejlederroller:
            self.vejledere[role.afdeling, _plain(role.navn)].add(role.bruger)
        self.own = {_place(stay): stay.elevvejleder for stay in self.plan.plan.placeringer}
        self.tur = turns(self.plan, ())

    def elev(self, navn: str) -> int:
        if not navn:
            raise ValidationError("Skriv elevens navn")
        names = [each.navn for each in self.plan.elever.values()]
        return _one(self.elever[_plain(navn)], navn, "elev på holdet", names)

    def afdeling(self, navn: str) -> int:
        names = [navn for each in self.plan.afdelinger.values() for navn in (each.navn, each.kortnavn)]
        return _one(self.afdelinger[_plain(navn)], navn, "afdeling", names)

    def vejleder(self, stay: Placering, navn: str) -> int | None:
        """Without a name the stay keeps the one it has; a new one gets the afdeling's only elevvejleder."""
        own = self.own.get(_place(stay))
        if own and _plain(navn) in NOTHING | {_plain(vejleder_name(self.plan, own))}:
            return own
        if _plain(navn) in NOTHING:
            there = self.tur.covering(stay.afdeling, stay.periode)
            return there[0] if len(there) == 1 else None
        afdeling = self.plan.afdelinger[stay.afdeling]
        names = [role.navn for role in self.plan.plan.vejlederroller if role.afdeling == stay.afdeling]
        return _one(self.vejledere[stay.afdeling, _plain(navn)], navn, f"elevvejleder i {afdeling.kortnavn}", names)

    def word(self, stay: Placering) -> str:
        if _place(stay) not in self.own:
            return "Nyt ophold"
        return "Som nu" if self.own[_place(stay)] == stay.elevvejleder else "Ny elevvejleder"


def _one(found: set[int], navn: str, what: str, names: Iterable[str]) -> int:
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise ValidationError(f"Der er mere end én {what}, der hedder “{navn}”. Læg opholdet ind på tavlen")
    near = get_close_matches(navn, list(names), n=1)
    raise ValidationError(f"Der er ingen {what}, der hedder “{navn}”.{f' Mente du “{near[0]}”?' if near else ''}")
