"""A month or a week of the private calendar: which days, the way to the ones beside it, and what stands where."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from elevforloeb.core.dates import ONE_DAY, Periode, add_months, first_of_month, iso_week, month_name
from elevforloeb.core.ics import Entry
from elevforloeb.core.workdays import public_holidays
from elevforloeb.queries.kalender import Slags

from .kalender import reach

MONTH, WEEK = "maaned", "uge"


@dataclass(frozen=True)
class Visning:
    vis: str
    dag: date
    idag: date
    slags: tuple[str, ...] = ()  # none: all

    @classmethod
    def of(cls, chosen, idag: date) -> "Visning":
        """From an address. What does not fit is as if it was not there; a day too far away is the nearest there is."""
        try:
            day = date.fromisoformat(chosen.get("dag", ""))
        except ValueError:
            day = idag
        frame = reach(idag)
        slags = tuple(each for each in Slags.values if each in chosen.getlist("slags"))
        slags = () if len(slags) == len(Slags.values) else slags
        return cls(
            vis=WEEK if chosen.get("vis") == WEEK else MONTH,
            dag=min(max(day, frame.startdato), frame.sidste_dag),
            idag=idag,
            slags=slags,
        )

    @property
    def er_uge(self) -> bool:
        return self.vis == WEEK

    @property
    def periode(self) -> Periode:
        """The month or the week itself."""
        if self.er_uge:
            return _whole_weeks(Periode(self.dag, self.dag + ONE_DAY))
        first = first_of_month(self.dag)
        return Periode(first, add_months(first, 1))

    @property
    def dage(self) -> Periode:
        """The days on the page, in whole weeks."""
        return _whole_weeks(self.periode)

    @property
    def titel(self) -> str:
        if not self.er_uge:
            return month_name(self.dag).capitalize()
        return f"Uge {iso_week(self.dag)[1]}: {self.periode}"

    @property
    def forrige(self) -> "Visning | None":
        return self._beside(self.periode.startdato - ONE_DAY)

    @property
    def naeste(self) -> "Visning | None":
        return self._beside(self.periode.slutdato)

    @property
    def nu(self) -> "Visning":
        return replace(self, dag=self.idag)

    @property
    def som_maaned(self) -> "Visning":
        return replace(self, vis=MONTH)

    @property
    def som_uge(self) -> "Visning":
        """Of a month that is now, this week; of another its first."""
        return replace(self, vis=WEEK, dag=self.idag if self.idag in self.periode else self.periode.startdato)

    @property
    def med_alt(self) -> "Visning":
        return replace(self, slags=())

    def _beside(self, day: date) -> "Visning | None":
        return replace(self, dag=day) if day in reach(self.idag) else None

    def adresse(self) -> str:
        return "?" + urlencode({"vis": self.vis, "dag": self.dag, "slags": self.slags}, doseq=True)

    @property
    def husket(self) -> str:
        """What comes back next time: not the day."""
        return urlencode({"vis": self.vis, "slags": self.slags}, doseq=True)

    def wants(self, entry: Entry) -> bool:
        return not self.slags or entry.kind in self.slags


def _whole_weeks(days: Periode) -> Periode:
    """From Monday to Sunday."""
    first, last = days.startdato, days.sidste_dag
    return Periode(first - timedelta(days=first.weekday()), last + timedelta(days=7 - last.weekday()))


# --- the grid -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dag:
    dato: date
    udenfor: bool  # of the month that is shown
    er_idag: bool

    @property
    def helligdag(self) -> str:
        return public_holidays(self.dato.year).get(self.dato, "")


@dataclass(frozen=True)
class Felt:
    """So many days of a week: an entry, or nothing (then one day)."""

    dage: int
    entry: Entry | None = None
    fortsat: bool = False  # began before this week
    fortsaetter: bool = False


@dataclass(frozen=True)
class Uge:
    dage: tuple[Dag, ...]
    raekker: tuple[tuple[Felt, ...], ...]

    @property
    def nr(self) -> int:
        return iso_week(self.dage[0].dato)[1]

    @property
    def hoejde(self) -> int:
        """Rows of the table that the number of the week stands beside."""
        return 1 + len(self.raekker)


def weeks(visning: Visning, entries: list[Entry]) -> list[Uge]:
    days, found = visning.dage, []
    for start in range(0, days.days, 7):
        monday = days.startdato + timedelta(days=start)
        week = Periode(monday, monday + timedelta(days=7))
        dage = tuple(_day(visning, monday + timedelta(days=nr)) for nr in range(7))
        found.append(Uge(dage, tuple(_row(week, lane) for lane in lanes(week, entries))))
    return found


def _day(visning: Visning, day: date) -> Dag:
    return Dag(day, day not in visning.periode, day == visning.idag)


def lanes(week: Periode, entries: list[Entry]) -> list[list[Entry]]:
    """The entries of the week in as few lines as can be, none over another; in order of time."""
    found: list[list[Entry]] = []
    for entry in entries:
        if not entry.days.overlap(week):
            continue
        free = next((lane for lane in found if lane[-1].days.slutdato <= entry.days.startdato), None)
        if free is None:
            found.append([entry])
        else:
            free.append(entry)
    return found


def _row(week: Periode, lane: list[Entry]) -> tuple[Felt, ...]:
    """One line of the table: every day of the week is in it once."""
    cells, day = [], week.startdato
    for entry in lane:
        part = entry.days.overlap(week)
        cells += [Felt(1)] * (part.startdato - day).days
        before, after = entry.days.startdato < week.startdato, entry.days.slutdato > week.slutdato
        cells.append(Felt(part.days, entry, fortsat=before, fortsaetter=after))
        day = part.slutdato
    return tuple(cells + [Felt(1)] * (week.slutdato - day).days)


# --- the list of a phone: each entry once -------------------------------------------------------------------------


@dataclass(frozen=True)
class Listedag:
    dag: Dag
    entries: tuple[Entry, ...]


def under_way(visning: Visning, entries: list[Entry]) -> list[Entry]:
    """What had begun before the first day."""
    first = visning.periode.startdato
    return [each for each in entries if each.days.startdato < first < each.days.slutdato]


def days_with_entries(visning: Visning, entries: list[Entry]) -> list[Listedag]:
    """The days on which something begins, public holidays and today."""
    frame, found = visning.periode, []
    for number in range(frame.days):
        day = _day(visning, frame.startdato + timedelta(days=number))
        here = tuple(each for each in entries if each.days.startdato == day.dato)
        if here or day.helligdag or day.er_idag:
            found.append(Listedag(day, here))
    return found
