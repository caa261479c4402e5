"""Dates as the house uses them: what day it is, half-open periods, and Danish wording.

`today()` is the only clock: the setting DEMO_DATE (a date, or None) moves the whole house to another day.
The Danish names are written out here and do not lean on a locale, which a server may lack and threads share.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils import timezone

from elevforloeb.core.words import count_noun

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
# Names of five letters or less gain nothing from a full stop, so they stay whole.
SHORT_MONTHS = (
    "jan.", "feb.", "marts", "apr.", "maj", "juni",
    "juli", "aug.", "sep.", "okt.", "nov.", "dec.",
)  # fmt: skip

ONE_DAY = timedelta(days=1)


_other_day: ContextVar[date | None] = ContextVar("other_day", default=None)


def today() -> date:
    """The local date in Denmark, or the day that DEMO_DATE names."""
    return _other_day.get() or settings.DEMO_DATE or timezone.localdate()


def now() -> datetime:
    """This moment, moved to the day of `today()`: what history writes. Waiting and sending use the real clock."""
    return timezone.now() + (today() - timezone.localdate())


@contextmanager
def living_on(day: date):
    """Inside, `day` is today. Only the demo uses it: its people have a past that was made by the real services."""
    token = _other_day.set(day)
    try:
        yield
    finally:
        _other_day.reset(token)


def midnight(day: date) -> datetime:
    """The first moment of the day in Denmark."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def at_eight(day: date) -> datetime:
    """08:00 in Denmark on that day, summer and winter: when mail that is due on a day goes out.

    It is a moment of the real clock: when DEMO_DATE has moved the house, the day has moved along.
    """
    real_day = day - (today() - timezone.localdate())
    return datetime.combine(real_day, time(8), tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True, order=True)
class Periode:
    """Whole days from `startdato` until, but not including, `slutdato`; people are shown `sidste_dag`."""

    startdato: date
    slutdato: date

    def __post_init__(self):
        if self.startdato >= self.slutdato:
            raise ValueError(f"Empty period: {self.startdato} to {self.slutdato}")

    @classmethod
    def until_last_day(cls, startdato: date, sidste_dag: date) -> "Periode":
        return cls(startdato, sidste_dag + ONE_DAY)

    @property
    def sidste_dag(self) -> date:
        return self.slutdato - ONE_DAY

    @property
    def days(self) -> int:
        return (self.slutdato - self.startdato).days

    def __contains__(self, day: date) -> bool:
        return self.startdato <= day < self.slutdato

    def __str__(self) -> str:
        return format_period(self.startdato, self.sidste_dag)

    def overlap(self, other: "Periode") -> "Periode | None":
        if other.covers(self):  # as a rule, and a board asks thousands of times
            return self
        start = max(self.startdato, other.startdato)
        end = min(self.slutdato, other.slutdato)
        return Periode(start, end) if start < end else None

    def covers(self, other: "Periode") -> bool:
        return self.startdato <= other.startdato and other.slutdato <= self.slutdato


def merge(periods) -> list[Periode]:
    """The same days with no day twice: periods that meet or overlap become one."""
    merged: list[Periode] = []
    for period in sorted(periods):
        if merged and period.startdato <= merged[-1].slutdato:
            merged[-1] = Periode(merged[-1].startdato, max(merged[-1].slutdato, period.slutdato))
        else:
            merged.append(period)
    return merged


def days_inside(periods, frame: Periode) -> int:
    """How many days of the frame the periods take, each day counted once."""
    return sum(part.days for period in merge(periods) if (part := period.overlap(frame)))


# --- arithmetic -----------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the month's last day where it is shorter."""
    return day + relativedelta(months=months)


def months_between(start: date, end: date) -> int:
    """Whole months from start to end (negative when end lies first)."""
    gap = relativedelta(end, start)
    return gap.years * 12 + gap.months


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def iso_week(day: date) -> tuple[int, int]:
    """(ISO year, ISO week): 1 January may belong to week 53 of the year before."""
    year, week, _ = day.isocalendar()
    return year, week


# --- Danish wording -------------------------------------------------------------------------------


def long_date(day: date) -> str:
    """tirsdag den 24. november 2026"""
    return f"{WEEKDAYS[day.weekday()]} den {full_date(day)}"


def full_date(day: date, *, year: bool = True) -> str:
    """24. november 2026"""
    text = f"{day.day}. {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def short_date(day: date, *, year: bool = True) -> str:
    """24. nov. 2026"""
    text = f"{day.day}. {SHORT_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def month_name(day: date, *, year: bool = True) -> str:
    """november 2026"""
    name = MONTHS[day.month - 1]
    return f"{name} {day.year}" if year else name


def format_period(start: date, last: date, *, full: bool = False) -> str:
    """1. sep. – 31. dec. 2026, with both years when they differ; `last` is the inclusive last day."""
    word = full_date if full else short_date
    if start == last:
        return word(start)
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}.–{word(last)}"
    return f"{word(start, year=start.year != last.year)} – {word(last)}"


def period_in_words(start: date, last: date) -> str:
    """i marts 2027, i marts og april 2027, fra marts til juli 2027; with days when the months are not whole"""
    if start.day != 1 or (last + ONE_DAY).day != 1:
        return f"den {short_date(start)}" if start == last else format_period(start, last)
    months = months_between(start, last + ONE_DAY)
    if months == 1:
        return f"i {month_name(start)}"
    first = month_name(start, year=start.year != last.year)
    return f"i {first} og {month_name(last)}" if months == 2 else f"fra {first} til {month_name(last)}"


def relative_days(day: date, seen_from: date | None = None) -> str:
    """i dag, i morgen, i går, om 12 dage, for 3 dage siden (seen from today when nothing is said)"""
    days = (day - (seen_from or today())).days
    near = {0: "i dag", 1: "i morgen", -1: "i går"}
    if days in near:
        return near[days]
    length = count_noun(abs(days), "dag", "dage")
    return f"om {length}" if days > 0 else f"for {length} siden"
