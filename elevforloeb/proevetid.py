"""When an elev's prøvetid ends, and how that day was found.

Source: Uddannelsesnævnet's page on prøvetid (erhvervsuddannelsesloven § 60). The prøvetid is the first three months
of the oplæringstid. School is not oplæring, so it moves the end by its own length. Absence moves it too, but only
for the named reasons and only when it takes more than a month of the prøvetid in total.

Uncertain, and therefore data in `Proevetidsregler`: how many days "a month" is, and whether all the absence counts
once it passes the limit (our choice) or only what lies above it (`only_excess`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from elevforloeb.core.dates import ONE_DAY, Periode, add_months, days_inside, full_date
from elevforloeb.core.words import count_noun, join_words

FRIDAY = 4


@dataclass(frozen=True)
class Proevetidsregler:
    months: int = 3
    absence_limit_days: int = 30
    reasons: frozenset[str] = frozenset({"sygdom", "barsel", "orlov", "supplerende_skole"})
    only_excess: bool = False


DEFAULT_RULES = Proevetidsregler()


@dataclass(frozen=True)
class Trin:
    """One step of the calculation: what happened, and the end date it led to (exclusive)."""

    tekst: str
    slutdato: date


@dataclass(frozen=True)
class Proevetid:
    periode: Periode
    trin: tuple[Trin, ...]

    @property
    def sidste_dag(self) -> date:
        return self.periode.sidste_dag


def calculate_proevetid(
    start: date,
    *,
    school: Iterable[Periode] = (),
    absence: Iterable[tuple[str, Periode]] = (),
    rules: Proevetidsregler = DEFAULT_RULES,
) -> Proevetid:
    """The prøvetid of an agreement that starts on `start`; absence is pairs of reason and period."""
    plain_end = add_months(start, rules.months)
    months = count_noun(rules.months, "måned", "måneder")
    steps = [Trin(f"{months} fra {full_date(start)}: til og med {_last_day(plain_end)}", plain_end)]
    days = _Days(start, [_with_weekend(period) for period in school], _counting(absence, rules))

    end = _settle(plain_end, plain_end, days.at_school)
    if end > plain_end:
        steps.append(Trin(f"Skoleophold {_length(end - plain_end)} i perioden: flyttet til {_last_day(end)}", end))
    if days.absent(end) > rules.absence_limit_days:
        steps.append(_moved_by_absence(plain_end, end, days, rules))
    elif days.absent(end):
        text = f"ikke mere end {_days(rules.absence_limit_days)}: flytter ikke prøvetiden"
        steps.append(Trin(f"Fravær {_days(days.absent(end))} ({days.reasons(end)}), {text}", end))
    return Proevetid(Periode(start, steps[-1].slutdato), tuple(steps))


@dataclass(frozen=True)
class _Days:
    """Counts the days from the start until an end that are not oplæring."""

    start: date
    school: list[Periode]
    absence: dict[str, list[Periode]]

    def at_school(self, end: date) -> int:
        return days_inside(self.school, Periode(self.start, end))

    def absent(self, end: date) -> int:
        """Without the school days: the same day must not move the end twice."""
        away = chain(self.school, *self.absence.values())
        return days_inside(away, Periode(self.start, end)) - self.at_school(end)

    def reasons(self, end: date) -> str:
        frame = Periode(self.start, end)
        met = (reason for reason, periods in self.absence.items() if days_inside(periods, frame))
        return join_words(sorted(reason.replace("_", " ") for reason in met))


def _moved_by_absence(plain_end: date, school_end: date, days: _Days, rules: Proevetidsregler) -> Trin:
    discount = rules.absence_limit_days if rules.only_excess else 0
    end = _settle(plain_end, school_end, lambda end: days.at_school(end) + days.absent(end) - discount)
    absent = days.absent(end)
    more_school = days.at_school(end) - days.at_school(school_end)
    text = f"Fravær {_days(absent)} ({days.reasons(end)}), mere end {_days(rules.absence_limit_days)}"
    text += f", kun {_days(absent - discount)} tæller med" if discount else ""
    text += f", og {_days(more_school)} skole mere" if more_school else ""
    return Trin(f"{text}: flyttet til {_last_day(end)}", end)


def _settle(plain_end: date, end: date, days_not_counted: Callable[[date], int]) -> date:
    """The first end that already holds every day it is moved by: a later end may meet more school, which moves it on.

    It stops because the end only grows, and never past the plain end plus all the days there are.
    """
    while (moved := plain_end + ONE_DAY * days_not_counted(end)) > end:
        end = moved
    return end


def _counting(absence, rules) -> dict[str, list[Periode]]:
    by_reason: dict[str, list[Periode]] = {}
    for reason, period in absence:
        if reason in rules.reasons:
            by_reason.setdefault(reason, []).append(period)
    return by_reason


def _with_weekend(period: Periode) -> Periode:
    """School from Monday to Friday is a week, so that four school weeks always move the end four weeks."""
    last = period.sidste_dag
    monday = last - ONE_DAY * last.weekday()
    if last.weekday() >= FRIDAY and period.startdato <= monday:
        return Periode(period.startdato, monday + ONE_DAY * 7)
    return period


def _length(gap) -> str:
    weeks, rest = divmod(gap.days, 7)
    return _days(gap.days) if rest else count_noun(weeks, "uge", "uger")


def _days(number: int) -> str:
    return count_noun(number, "dag", "dage")


def _last_day(end: date) -> str:
    return full_date(end - ONE_DAY)
