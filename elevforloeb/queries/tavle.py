"""The planning board as it is drawn. Plain tuples, because there are many bars."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from elevforloeb.core.dates import MONTHS, Periode, add_months, first_of_month, month_name, today
from elevforloeb.models import Ophold
from elevforloeb.placering import Placering
from elevforloeb.plandata import Niveau
from elevforloeb.plangitter import Gitter, lanes, with_blanks
from elevforloeb.planregler import holes

from .kapacitet import Kapacitetsraekke, Skoleraekke, capacity, school_rows
from .plan import DATES, Afdelingsinfo, Elevinfo, Holdplan, seen

VISNINGER = {"elever": "Elever", "afdelinger": "Afdelinger", "liste": "Liste"}


@dataclass(frozen=True)
class Visning:
    """What the address asks for: which view, which part of the time, which afdeling, which open row."""

    vis: str
    gitter: Gitter
    hele: bool
    afdeling: int | None = None
    ret: str = ""
    fokus: str = ""


class Bjaelke(NamedTuple):
    noegle: str  # empty for another hold's stay, which is not opened from here
    was: str
    titel: str
    periode: str
    klasse: str
    ord: str  # for those who do not see the colour
    kort: bool = False


Celle = tuple[int, Bjaelke | None]


@dataclass(frozen=True)
class Tavleraekke:
    """An elev, or an afdeling: more than one line where bars overlap."""

    id: int
    navn: str
    klasse: str
    linjer: tuple[tuple[Celle, ...], ...]
    aaben: bool  # the row that is being edited lies here

    @property
    def poster(self) -> list[Bjaelke]:
        return [bar for line in self.linjer for _, bar in line if bar]


@dataclass(frozen=True)
class Maanedshoved:
    kort: str
    lang: str
    nu: bool
    nyt_aar: bool


@dataclass(frozen=True)
class Tavle:
    plan: Holdplan
    visning: Visning
    raekker: tuple[Tavleraekke, ...]
    kapacitet: tuple[Kapacitetsraekke, ...]
    skole: tuple[Skoleraekke, ...]
    nu: int | None

    @property
    def kolonner(self) -> int:
        return self.visning.gitter.kolonner

    @property
    def aar(self) -> list[tuple[int, int]]:
        return self.visning.gitter.aar()

    @property
    def maaneder(self) -> list[Maanedshoved]:
        now, year, heads = first_of_month(today()), None, []
        for month in self.visning.gitter.alle_maaneder:
            short = MONTHS[month.month - 1][:3]
            heads.append(Maanedshoved(short, month_name(month), month == now, month.year != year))
            year = month.year
        return heads


def get_visning(gitter: Gitter, *, vis="", mdr="", fra="", afd="", ret="", fokus="") -> Visning:
    """From the address, where anything may stand: what makes no sense is as if it were not there."""
    months = int(mdr) if mdr in ("6", "12") else gitter.maaneder
    whole = months >= gitter.maaneder
    paper = gitter if whole else Gitter(_start(gitter, months, fra), months)
    number = int(afd) if afd.isascii() and afd.isdigit() and len(afd) < 19 else None
    return Visning(vis if vis in VISNINGER else "elever", paper, whole, number, ret[:40], fokus)


def _start(gitter: Gitter, months: int, fra: str) -> date:
    """The month asked for, or this month, moved so that the paper is full."""
    try:
        wanted = first_of_month(date.fromisoformat(fra))
    except ValueError:
        wanted = first_of_month(today())
    return min(max(wanted, gitter.start), add_months(gitter.start, gitter.maaneder - months))


def get_tavle(plan: Holdplan, visning: Visning) -> Tavle:
    draw = _Drawing(plan, visning)
    rows = draw.afdelinger() if visning.vis == "afdelinger" else draw.elever()
    return Tavle(
        plan,
        visning,
        tuple(rows),
        tuple(capacity(plan, visning.gitter)),
        tuple(school_rows(plan, visning.gitter)),
        visning.gitter.kolonne_med(today()) if today() in visning.gitter.periode else None,
    )


class _Drawing:
    """What all bars of one board share."""

    def __init__(self, plan: Holdplan, visning: Visning):
        self.plan, self.visning, self.gitter, self.day = plan, visning, visning.gitter, today()
        self.conflicts = {
            fix.placering.id
            for problem in plan.problemer
            if problem.niveau == Niveau.FEJL
            for fix in problem.forslag
            if fix.placering
        }
        self.words: dict[Periode, str] = {}

    def elever(self) -> Iterator[Tavleraekke]:
        for elev in self.plan.plan.elever:
            stays = self.plan.index.by_elev[elev.id]
            bars = [(stay.periode, self.bar(stay)) for stay in stays]
            bars += [(gap, self.gap(elev.id, gap)) for gap in gaps(self.plan, elev.aftale, stays)]
            yield self.row(elev.id, elev.navn, "", bars)

    def afdelinger(self) -> Iterator[Tavleraekke]:
        others = self.others()
        for pk, afdeling in self.plan.afdelinger.items():
            stays = self.plan.index.by_afdeling[pk]
            bars = [(stay.periode, self.bar(stay, self.plan.elever[stay.elev])) for stay in stays]
            yield self.row(pk, afdeling.kortnavn, afdeling.klasse, bars + others[pk])

    def row(self, pk: int, navn: str, klasse: str, bars: Iterable[tuple[Periode, Bjaelke]]) -> Tavleraekke:
        spans = [(*span, bar) for days, bar in bars if (span := self.gitter.spand(days))]
        lines = tuple(tuple(with_blanks(lane, self.gitter.kolonner)) for lane in lanes(spans) or [[]])
        opened = self.visning.ret and any(bar.noegle == self.visning.ret for _, _, bar in spans)
        return Tavleraekke(pk, navn, klasse, lines, bool(opened))

    def bar(self, stay: Placering, elev: Elevinfo | None = None) -> Bjaelke:
        afdeling = self.plan.afdelinger[stay.afdeling]
        key, classes, words = self.plan.noegler[stay.id], afdeling.klasse, ""
        if stay.id in self.conflicts:
            classes, words = f"{classes} bar--konflikt", "Skal løses"
        elif stay.periode.slutdato <= self.day:
            classes, words = f"{classes} bar--laast", "Slut"
        elif stay.periode.startdato <= self.day:
            words = "nu"
        if self.visning.afdeling and stay.afdeling != self.visning.afdeling:
            classes += " bar--andre"
        if key == self.visning.ret:
            classes += " bar--valgt"
        return Bjaelke(
            key, seen(stay), elev.navn if elev else afdeling.kortnavn, self.time(stay.periode), classes, words
        )

    def gap(self, elev: int, days: Periode) -> Bjaelke:
        key = gap_key(elev, days)
        classes = "bar--tom bar--valgt" if key == self.visning.ret else "bar--tom"
        return Bjaelke(key, "", "Vælg afdeling", self.time(days), classes, "Ikke planlagt", kort=days.days < 100)

    def others(self) -> dict[int, list[tuple[Periode, Bjaelke]]]:
        """The elever of other hold, by name: only this view shows them."""
        days, found = self.gitter.periode, defaultdict(list)
        rows = Ophold.objects.within(days.startdato, days.sidste_dag).exclude(elev__hold=self.plan.hold)
        names = ("elev__bruger__navn", "elev__hold__navn")
        for afdeling, start, end, navn, hold in rows.values_list("afdeling_id", *DATES.values(), *names):
            period = Periode(start, end)
            found[afdeling].append((period, Bjaelke("", "", navn, f"{hold}, {self.time(period)}", "bar--hold", "")))
        return found

    def time(self, days: Periode) -> str:
        if days not in self.words:
            self.words[days] = str(days)
        return self.words[days]


def page_turns(plan: Holdplan, visning: Visning) -> tuple[date | None, date | None]:
    """The first month of the paper before and of the one after, where there is one."""
    whole, shown = plan.gitter, visning.gitter
    earlier = max(add_months(shown.start, -shown.maaneder), whole.start)
    latest = add_months(whole.start, whole.maaneder - shown.maaneder)
    later = min(add_months(shown.start, shown.maaneder), latest)
    return (earlier if earlier < shown.start else None, later if later > shown.start else None)


class Listelinje(NamedTuple):
    noegle: str
    elev: Elevinfo
    afdeling: Afdelingsinfo | None
    periode: Periode
    vejleder: str


def list_lines(plan: Holdplan) -> Iterator[Listelinje]:
    """The same plan as lines to read, with the gaps in their places."""
    names = plan.index.vejleder
    for elev in plan.plan.elever:
        stays = plan.index.by_elev[elev.id]
        lines = [
            Listelinje(
                plan.noegler[stay.id],
                plan.elever[elev.id],
                plan.afdelinger[stay.afdeling],
                stay.periode,
                names.get(stay.elevvejleder, "") if stay.elevvejleder else "Ikke valgt",
            )
            for stay in stays
        ]
        for gap in gaps(plan, elev.aftale, stays):
            lines.append(Listelinje(gap_key(elev.id, gap), plan.elever[elev.id], None, gap, ""))
        yield from sorted(lines, key=lambda line: line.periode.startdato)


# --- gaps ---------------------------------------------------------------------------------------------------------


def gaps(plan: Holdplan, aftale: Periode, stays: Iterable[Placering]) -> Iterator[Periode]:
    """What nobody has planned, cut where a stage of the model begins: one gap is one stay to choose."""
    cuts = [stage.startdato for stage, _ in plan.trin]
    for gap in holes(aftale, [stay.periode for stay in stays]):
        inside = [day for day in cuts if gap.startdato < day < gap.slutdato]
        edges = [gap.startdato, *inside, gap.slutdato]
        yield from map(Periode, edges, edges[1:])


def gap_key(elev: int, days: Periode) -> str:
    return f"n{elev}-{days.startdato}"


def find_gap(plan: Holdplan, noegle: str) -> tuple[int, Periode] | None:
    for elev in plan.plan.elever:
        if noegle.startswith(f"n{elev.id}-"):
            for gap in gaps(plan, elev.aftale, plan.index.by_elev[elev.id]):
                if gap_key(elev.id, gap) == noegle:
                    return elev.id, gap
    return None
