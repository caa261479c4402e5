"""Working days in Denmark: Monday to Friday without public holidays."""

from bisect import bisect_left
from datetime import date
from functools import cache

from elevforloeb.core.dates import ONE_DAY


@cache
def public_holidays(year: int) -> dict[date, str]:
    """The year's public holidays with their Danish names (Store bededag ended with 2023)."""
    import holidays  # the days of a few years are kept, and the library is not needed again

    return dict(holidays.country_holidays("DK", years=year, language="da"))


@cache
def _workdays_of_year(year: int) -> tuple[date, ...]:
    free = public_holidays(year)
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in free)


def workdays(start: date, end: date) -> list[date]:
    """The working days from start until, but not including, end."""
    if start >= end:
        return []
    found: list[date] = []
    for year in range(start.year, (end - ONE_DAY).year + 1):
        days = _workdays_of_year(year)
        found += days[bisect_left(days, start) : bisect_left(days, end)]
    return found
