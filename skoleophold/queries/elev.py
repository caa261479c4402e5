"""School of one elev: her periods, weeks, subjects and grades, as the reader may see them."""

from dataclasses import dataclass
from datetime import date

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Kalenderperiode
from skoleophold import permissions
from skoleophold.models import Fag, Fagproeveforsoeg, Karakter, Skoleophold, Skoleperiode, Tilknytning

from .deling import with_fagproeve, with_sharing
from .fagvalg import Fagvalgside, current_class, get_fagvalg
from .kalender import Uger, weeks_of

__all__ = ["Elevskole", "get_elevskole", "periods_to_grade", "with_fagproeve", "with_sharing"]


@dataclass(frozen=True)
class Opholdslinje:
    """School days of hers. Written by hand they have no period of a class behind them."""

    row: Kalenderperiode
    ophold: Skoleophold | None
    dag: date

    @property
    def skoleperiode(self) -> Skoleperiode | None:
        return self.ophold and self.ophold.skoleperiode

    @property
    def tilstand(self) -> str:
        if self.row.slutdato <= self.dag:
            return "Overstået"
        return "Lige nu" if self.dag in self.row.span else "Kommer"


@dataclass(frozen=True)
class Fagkarakterer:
    fag: Fag
    efter_perioder: list[Karakter]
    slut: Karakter | None


@dataclass(frozen=True)
class Elevskole:
    elev: Elev
    dag: date
    er_egen: bool
    tilknytning: Tilknytning | None
    linjer: list[Opholdslinje]
    uger: Uger
    fagvalg: Fagvalgside
    ser_fremmoede: bool
    ser_karakterer: bool
    ser_vejledning: bool
    kan_rette: bool  # grades
    kan_vaelge: bool  # subjects, as one of the two or for one of them
    fag: list[Fagkarakterer]
    fagproever: list[Fagproeveforsoeg]  # those with a grade, in order
    ser_fagproeve: bool

    @property
    def naeste(self) -> Opholdslinje | None:
        return next((linje for linje in self.linjer if linje.row.slutdato > self.dag), None)


def get_elevskole(user, elev: Elev) -> Elevskole:
    """`elev` from with_sharing and with_fagproeve. A fixed number of questions, however long the course is."""
    day, now = today(), user.regler
    lines = school_lines(elev, day)
    edits = permissions.can_edit_karakterer(user, elev)
    guides = not edits and permissions.is_vejleder_of(user, elev, now)
    sees = edits or (guides and elev.delt is not None)
    tilknytning = current_class(elev)
    return Elevskole(
        elev=elev,
        dag=day,
        er_egen=permissions.is_own(user, elev),
        tilknytning=tilknytning,
        linjer=lines,
        uger=weeks_of(elev, [line.row.span for line in lines], now),
        fagvalg=get_fagvalg(elev, tilknytning),
        ser_fremmoede=permissions.can_see_fremmoede(user, elev),
        ser_karakterer=sees,
        ser_vejledning=edits or guides,
        kan_rette=edits,
        kan_vaelge=edits or guides,
        fag=subjects(elev) if sees else [],
        fagproever=judged(elev) if sees else [],
        ser_fagproeve=edits or guides,
    )


def school_lines(elev: Elev, day: date) -> list[Opholdslinje]:
    rows = elev.kalenderperioder.filter(art=Kalenderperiode.Art.SKOLE)
    rows = rows.select_related(
        "skoleophold__skoleperiode__skolehold__skole",
        "skoleophold__skoleperiode__indkaldelse",
        "skoleophold__skoleperiode__tur",
        "skoleophold__skolevejledning",
    )
    return [Opholdslinje(row, getattr(row, "skoleophold", None), day) for row in rows]


def subjects(elev: Elev) -> list[Fagkarakterer]:
    """Each subject with its grades in order of time."""
    found: dict[Fag, list[Karakter]] = {}
    for row in elev.karakterer.select_related("fag", "skoleperiode", "bevis"):
        found.setdefault(row.fag, []).append(row)
    return [
        Fagkarakterer(
            fag,
            [row for row in rows if row.skoleperiode_id],
            next((row for row in rows if row.skoleperiode_id is None), None),
        )
        for fag, rows in found.items()
    ]


def judged(elev: Elev) -> list[Fagproeveforsoeg]:
    """Her attempts on the fagprøve with their grades. They are not among the subjects: each has its own way."""
    return list(elev.fagproeveforsoeg.exclude(vaerdi="").select_related("bevis").order_by("nr"))


def periods_to_grade(elev: Elev):
    """The periods that a grade can be from: those of hers that have begun."""
    return Skoleperiode.objects.filter(skoleophold__elev=elev, periode__startswith__lte=today()).order_by("periode")
