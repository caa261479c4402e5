"""What somebody owes: what is to be done, by whom, by when, and where. Mails, front pages and lists ask here.

Each kind of matter is a source: a function from a question to debts, in a fixed number of statements.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.core.periods import DateRange
from elevforloeb.core.rules import Rules, rules
from evaluering.models import Art, Besvarelse, Evaluering, Oplaeringserklaering, Underskrift
from evaluering.models.skema import Part
from evaluering.rykkertrin import Tider

S = Evaluering.Status
OPEN = [S.PLANLAGT, S.IGANG, S.SAMTALE, S.LAAST]


@dataclass(frozen=True)
class Skyld:
    """One thing that one person owes. `eskaleret`: others owe it, and the elevansvarlig must know."""

    slags: str
    pk: int
    person: int
    frist: date
    navn: str  # without a name: it stands in mails
    opgave: str
    url_navn: str
    elev: str = ""  # for pages only
    eskaleret: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_navn, args=[self.pk])

    @property
    def er_forsinket(self) -> bool:
        return self.frist < today()


@dataclass(frozen=True)
class Folk:
    """Who has which role today, asked once: who can be reminded at all."""

    elever: frozenset[int]
    elevvejledere: dict[int, set[int]] = field(repr=False)  # by afdeling
    vikarer: dict[tuple[int, int], set[int]] = field(repr=False)  # by afdeling and whom they stand in for
    elevansvarlige: frozenset[int]

    def vejledere(self, afdeling: int, person: int | None) -> set[int]:
        """Whoever writes for the department and her substitutes; all of them when she is not there any more."""
        there = self.elevvejledere[afdeling]
        found = {person} & there | self.vikarer[afdeling, person]
        return found or there or set(self.elevansvarlige)


@dataclass(frozen=True)
class Spoerg:
    """The question to the sources: on which day, and about one person or about everybody."""

    dag: date
    tider: Tider | None  # none: nobody who asks hears of what others are late with
    folk: Folk
    person: Bruger | None = None
    lukket_foer: date = date.min  # what was over before this day is closed to the department

    def is_escalated(self, frist: date) -> bool:
        return self.tider is not None and self.tider.is_escalated(frist, self.dag)


Source = Callable[[Spoerg], Iterator[Skyld]]


def get_folk(day: date) -> Folk:
    rows = Rolletildeling.objects.on(day).filter(bruger__is_active=True).exclude(rolle=Rolle.LEDER)
    people, elevvejledere, vikarer = defaultdict(set), defaultdict(set), defaultdict(set)
    for rolle, person, afdeling, vikar_for in rows.values_list("rolle", "bruger", "afdeling", "vikar_for"):
        people[rolle].add(person)
        if rolle == Rolle.ELEVVEJLEDER:
            elevvejledere[afdeling].add(person)
            if vikar_for:
                vikarer[afdeling, vikar_for].add(person)
    return Folk(frozenset(people[Rolle.ELEV]), elevvejledere, vikarer, frozenset(people[Rolle.ELEVANSVARLIG]))


def debts(person: Bruger | None = None, now: Rules | None = None) -> list[Skyld]:
    """What everybody owes today, or one person; by deadline. Asks only what the person's roles call for."""
    steers = person is None or person.har_rolle(Rolle.ELEVANSVARLIG)
    now = now or (rules() if steers else None)
    is_one_elev = not steers and not person.har_rolle(Rolle.ELEVVEJLEDER)
    folk = of_one_elev(person) if is_one_elev else get_folk(today())
    closed = date.min if is_one_elev else today() - timedelta(days=(now or person.regler).adgang_efter_dage)
    asked = Spoerg(today(), Tider.of(now) if steers else None, folk, person, closed)
    found = (skyld for source in SOURCES for skyld in source(asked))
    mine = [each for each in found if person is None or each.person == person.pk]
    return sorted(mine, key=lambda each: (each.frist, each.slags, each.pk))


def of_one_elev(person: Bruger) -> Folk:
    """Nobody else's debts are asked for."""
    return Folk(frozenset([person.pk]), defaultdict(set), defaultdict(set), frozenset())


# --- Evaluations --------------------------------------------------------------------------------------------------
def open_evalueringer(person: Bruger | None) -> QuerySet[Evaluering]:
    """Not sealed and not lapsed. The elevansvarlig may owe any of them, the others only those around them."""
    rows = Evaluering.objects.filter(status__in=OPEN).annotate(gaeldende=Coalesce("udsat_til", "frist"))
    if person is None or person.har_rolle(Rolle.ELEVANSVARLIG):
        return rows
    if not person.har_rolle(Rolle.ELEV, Rolle.ELEVVEJLEDER):
        return rows.none()
    return rows.filter(Q(elev__bruger=person) | Q(afdeling__in=person.afdelinger_som(Rolle.ELEVVEJLEDER)))


def evaluering_debts(asked: Spoerg) -> Iterator[Skyld]:
    parts = Besvarelse.objects.filter(evaluering=OuterRef("pk"))
    signed = Underskrift.objects.filter(evaluering=OuterRef("pk"))
    rows = (
        open_evalueringer(asked.person)
        .order_by()
        .annotate(
            forfatter=Subquery(parts.filter(part=Part.ELEVVEJLEDER).values("forfatter")[:1]),
            delt=ArraySubquery(parts.filter(delt__isnull=False).order_by().values("part")),
            underskrevet=ArraySubquery(signed.order_by().values("part")),
        )
    )
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=5000):
        yield from _of_evaluering(asked, Raekke(*row))


COLUMNS = ["pk", "art", "status", "gaeldende", "afdeling", "afdeling__kortnavn", "elev__bruger", "elev__bruger__navn"]
COLUMNS += ["elevvejleder", "skema__med_elevansvarlig", "forfatter", "delt", "underskrevet", "ophold__periode"]


@dataclass(frozen=True, slots=True)
class Raekke:
    """As COLUMNS."""

    pk: int
    art: str
    status: str
    frist: date
    afdeling: int
    afdelingsnavn: str
    elev: int
    elevnavn: str
    elevvejleder: int | None
    med_elevansvarlig: bool | None
    forfatter: int | None
    delt: list[str]
    underskrevet: list[str]
    ophold: DateRange | None

    def is_closed_before(self, day: date) -> bool:
        """To the department: the stay and the deadline are both long over (permissions._left_over)."""
        return self.frist < day and (self.ophold is None or self.ophold.upper <= day)

    @property
    def missing(self) -> list[str]:
        """The parties whose turn it is: before the talk to answer, after it to acknowledge."""
        if self.status in (S.PLANLAGT, S.IGANG):
            return [part for part in (Part.ELEV, Part.ELEVVEJLEDER) if part not in self.delt]
        parties = [Part.ELEV, Part.ELEVVEJLEDER] + [Part.ELEVANSVARLIG] * bool(self.med_elevansvarlig)
        return [part for part in parties if part not in self.underskrevet]

    @property
    def opgave(self) -> str:
        if self.status == S.LAAST:
            return "Læs evalueringen, og kvittér"
        return "Hold samtalen, og kvittér" if self.status == S.SAMTALE else "Skriv dine svar, og del dem"


def _of_evaluering(asked: Spoerg, row: Raekke) -> Iterator[Skyld]:
    words = {"slags": "evaluering", "pk": row.pk, "frist": row.frist, "url_navn": "evaluering", "elev": row.elevnavn}
    words["navn"] = f"{Art(row.art).label} i {row.afdelingsnavn}"
    told = {person for part in row.missing for person in _people(asked, row, part)}
    for person in told:
        yield Skyld(person=person, opgave=row.opgave, **words)
    if asked.is_escalated(row.frist):
        for person in asked.folk.elevansvarlige - told:
            yield Skyld(person=person, opgave="Ikke afsluttet", eskaleret=True, **words)


def _people(asked: Spoerg, row: Raekke, part: str) -> set[int]:
    """Who can open it. Of what is closed to the department only the elevansvarlig hears, as of all that is late."""
    folk = asked.folk
    if part == Part.ELEV:
        return {row.elev} & folk.elever
    if part == Part.ELEVANSVARLIG:
        return set(folk.elevansvarlige)
    if row.is_closed_before(asked.lukket_foer):
        return set()
    return folk.vejledere(row.afdeling, row.forfatter or row.elevvejleder)


# --- Oplæringserklæringer -----------------------------------------------------------------------------------------
E = Oplaeringserklaering.Status
OF_ELEVANSVARLIG = {
    E.KLADDE: "Skriv den, og send den til eleven",
    E.SET: "Skriv under",
    E.UNDERSKREVET: "Aflever den til skolen",
}


def erklaering_debts(asked: Spoerg) -> Iterator[Skyld]:
    rows = Oplaeringserklaering.objects.filter(status__in=[E.TIL_ELEV, *OF_ELEVANSVARLIG])
    if asked.person is not None and not asked.person.har_rolle(Rolle.ELEVANSVARLIG):
        rows = rows.filter(elev__bruger=asked.person) if asked.person.har_rolle(Rolle.ELEV) else rows.none()
    columns = ("pk", "status", "frist", "afsluttende", "elev__bruger", "elev__bruger__navn")
    for pk, status, frist, afsluttende, elev, navn in rows.values_list(*columns).iterator(chunk_size=5000):
        kind = "Afsluttende oplæringserklæring" if afsluttende else "Oplæringserklæring"
        words = {"slags": "erklaering", "pk": pk, "frist": frist, "url_navn": "erklaering", "elev": navn, "navn": kind}
        told = {elev} & asked.folk.elever if status == E.TIL_ELEV else set(asked.folk.elevansvarlige)
        for person in told:
            yield Skyld(person=person, opgave=OF_ELEVANSVARLIG.get(status, "Læs den, og kvittér"), **words)
        if asked.is_escalated(frist):
            for person in asked.folk.elevansvarlige - told:
                yield Skyld(person=person, opgave="Ikke afsluttet", eskaleret=True, **words)


SOURCES: list[Source] = [evaluering_debts, erklaering_debts]
