"""The figures of the rounds that are closed, one beside the other. What could point to somebody is not shown.

A round is counted when it is closed: from then its figures do not change, also not when its applications are deleted,
so nobody can compare two days and see who came between.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rekruttering.models import Ansoegning, Kladdetal, Runde, Rundetal
from rekruttering.permissions import editable_runder
from rekruttering.skjul import LOWEST, hidden
from rekruttering.taelling import LAENGST, UOPLYST, Linje, Tal, count_drafts, count_sent
from rekruttering.trin import BILAG, SEND, SKEMAER

T = Ansoegning.Tilstand
STEPS = [state.label for state in reversed(LAENGST)]
SOURCES = [*Ansoegning.Hoert.labels, UOPLYST]
# A draft that lacks nothing has stopped at the files or at the last step: the files are free to leave out.
STOPS = {slug: trin.navn for slug, trin in SKEMAER.items()} | {SEND.slug: f"{BILAG.navn}, eller tjek og send"}
HIRED = {T.ANSAT.label}  # everybody in the house can count the elever of the hold
SHOWN = 5  # rounds beside each other on the page


@dataclass(frozen=True)
class Celle:
    """`antal` None: it is not shown."""

    runde: Runde
    antal: int | None
    i_alt: int = 0

    @property
    def er_ingen(self) -> bool:
        return self.antal == 0

    @property
    def procent(self) -> int:
        return round(100 * self.antal / self.i_alt) if self.antal and self.i_alt else 0


@dataclass(frozen=True)
class Raekke:
    navn: str
    celler: list[Celle]


@dataclass(frozen=True)
class Tabel:
    noegle: str
    titel: str
    tekst: str
    raekker: list[Raekke]
    i_alt: Raekke


@dataclass(frozen=True)
class Rundetalside:
    runder: list[Runde]  # the newest first
    tabeller: list[Tabel]
    svartider: list[tuple[Runde, int | None]]  # days on average

    @property
    def skjuler(self) -> bool:
        rows = [row for tabel in self.tabeller for row in [*tabel.raekker, tabel.i_alt]]
        return any(celle.antal is None for row in rows for celle in row.celler)


@dataclass(frozen=True)
class Rundens:
    """What one round comes to."""

    runde: Runde
    sendt: dict[Linje, Tal]
    kladder: Counter[str]

    def by(self, column: Callable[[Linje], str]) -> Counter[str]:
        found = Counter()
        for line, tal in self.sendt.items():
            found[column(line)] += tal.antal
        return found

    @property
    def vises(self) -> bool:
        """Its total stands over three tables, so that they are shown all or none."""
        return None not in (hidden(self.by(_route)), hidden(self.by(_source)), hidden(self.by(_step), HIRED))

    @property
    def svartid(self) -> int | None:
        whole = sum(self.sendt.values(), Tal())
        return round(whole.dage / whole.besvarede) if self.vises and whole.besvarede >= LOWEST else None


def _route(line: Linje) -> str:
    return line.vej


def _source(line: Linje) -> str:
    return line.kilde


def _step(line: Linje) -> str:
    return line.skridt


def get_rundetal(user, *, highest: int | None = SHOWN) -> Rundetalside:
    runder = list(editable_runder(user).filter(tilstand=Runde.Tilstand.AFSLUTTET)[:highest])
    each = _counted(runder)
    return Rundetalside(runder, _tables(each), [(one.runde, one.svartid) for one in each])


def totals_of(runde: Runde) -> tuple[int | None, int | None]:
    """Sent, and begun but never sent, of a closed round: what the page of figures shows. None: it is not shown."""
    (one,) = _counted([runde])
    stops = None if hidden(one.kladder) is None else one.kladder.total()
    return (one.by(_route).total() if one.vises else None), stops


def _counted(runder: list[Runde]) -> list[Rundens]:
    """What is kept as counts, and what is still here."""
    sent: dict[int, dict[Linje, Tal]] = {runde.pk: {} for runde in runder}
    drafts: dict[int, Counter] = defaultdict(Counter)
    for row in Rundetal.objects.filter(runde__in=runder):
        line = Linje(row.vej, row.kilde, row.skridt)
        sent[row.runde_id][line] = Tal(row.antal, row.besvarede, row.dage_til_svar)
    for row in Kladdetal.objects.filter(runde__in=runder):
        drafts[row.runde_id][row.trin] += row.antal
    for pk, rows in _here(runder).items():
        for line, tal in count_sent(row for row in rows if not row.er_kladde).items():
            sent[pk][line] = sent[pk].get(line, Tal()) + tal
        drafts[pk] += count_drafts(row for row in rows if row.er_kladde)
    return [Rundens(runde, sent[runde.pk], drafts[runde.pk]) for runde in runder]


def _here(runder: list[Runde]) -> dict[int, list[Ansoegning]]:
    found = defaultdict(list)
    rows = Ansoegning.objects.filter(runde__in=runder).select_related("adgangsvej").prefetch_related("skridt")
    for row in rows.defer("motivation", "erfaring", "uddannelse_note"):
        found[row.runde_id].append(row)
    return found


def _tables(each: list[Rundens]) -> list[Tabel]:
    routes = sorted({line.vej for one in each for line in one.sendt} - {UOPLYST}) + [UOPLYST]
    text = "Det længste, en ansøgning nåede, også når den siden fik afslag eller blev trukket tilbage."
    return [
        Tabel("vej", "Uddannelse", "Den vej, ansøgerne har valgt.", *_sent(each, routes, _route)),
        Tabel("kilde", "Hvor hørte de om os?", "Ansøgernes eget svar.", *_sent(each, SOURCES, _source)),
        Tabel("skridt", "Hvor langt nåede de?", text, *_sent(each, STEPS, _step, HIRED)),
        _stops(each),
    ]


def _sent(each: list[Rundens], names: Iterable[str], column: Callable, known=()) -> tuple[list[Raekke], Raekke]:
    counts = [one.by(column) for one in each]
    totals = [sum(count.values()) if one.vises else None for one, count in zip(each, counts, strict=True)]
    return _rows([Spalte.of(*facts, known) for facts in zip(each, counts, totals, strict=True)], names)


def _stops(each: list[Rundens]) -> Tabel:
    """Where those stopped who never sent. Their total is under no other table."""
    columns = []
    for one in each:
        count = Counter({STOPS[slug]: number for slug, number in one.kladder.items()})
        columns.append(Spalte.of(one, count, None if hidden(count) is None else sum(count.values())))
    text = "Ansøgninger, der blev begyndt og aldrig sendt, efter det trin, de var nået til."
    return Tabel("trin", "Hvor stoppede de, der ikke sendte?", text, *_rows(columns, STOPS.values()))


@dataclass(frozen=True)
class Spalte:
    """One round in one table. Without a total nothing of it is shown."""

    runde: Runde
    antal: Counter[str]
    i_alt: int | None
    skjult: set[str]

    @classmethod
    def of(cls, one: Rundens, count: Counter, total: int | None, known=()) -> "Spalte":
        return cls(one.runde, count, total, set(count) if total is None else hidden(count, known))

    def cell(self, name: str) -> Celle:
        is_shown = self.i_alt is not None and name not in self.skjult
        return Celle(self.runde, self.antal[name] if is_shown else None, self.i_alt or 0)


def _rows(columns: list[Spalte], names: Iterable[str]) -> tuple[list[Raekke], Raekke]:
    used = [name for name in names if any(column.antal[name] for column in columns)]
    total = Raekke("I alt", [Celle(column.runde, column.i_alt) for column in columns])
    return [Raekke(name, [column.cell(name) for column in columns]) for name in used], total
