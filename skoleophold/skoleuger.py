"""School weeks: working days at school over five, counted on days that are never counted twice. No Django in here."""

from elevforloeb.core.dates import Periode, merge

WORKDAYS_OF_A_WEEK = 5


def weekdays(span: Periode) -> int:
    """Mondays to Fridays; a public holiday in a school week is part of the week."""
    weeks, rest = divmod(span.days, 7)
    first = span.startdato.weekday()
    return weeks * WORKDAYS_OF_A_WEEK + sum((first + day) % 7 < WORKDAYS_OF_A_WEEK for day in range(rest))


def school_weeks(spans: list[Periode]) -> float:
    return sum(weekdays(span) for span in merge(spans)) / WORKDAYS_OF_A_WEEK


def weeks_until(spans: list[Periode], day) -> float:
    """Those that are over or begun by the end of `day`."""
    until = [
        Periode(span.startdato, min(span.slutdato, day.fromordinal(day.toordinal() + 1)))
        for span in spans
        if span.startdato <= day
    ]
    return school_weeks(until)
