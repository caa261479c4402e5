"""Working days in Denmark: Monday to Friday without public holidays."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from elevforloeb.core.dates import ONE_DAY

FROM_EASTER = {  # days after Easter Sunday
    -3: "Skærtorsdag",
    -2: "Langfredag",
    0: "Påskedag",
    1: "Anden påskedag",
    39: "Kristi himmelfartsdag",
    49: "Pinsedag",
    50: "Anden pinsedag",
}
STORE_BEDEDAG, ITS_LAST_YEAR = 26, 2023
FIXED = {(1, 1): "Nytårsdag", (12, 25): "Juledag", (12, 26): "Anden juledag"}


@cache
def public_holidays(year: int) -> dict[date, str]:
    """The year's public holidays with their names. A library's are the same, and took 10 MB of each web worker."""
    moving = FROM_EASTER | ({STORE_BEDEDAG: "Store bededag"} if year <= ITS_LAST_YEAR else {})
    found = {easter(year) + timedelta(days=days): name for days, name in moving.items()}
    return found | {date(year, *day): name for day, name in FIXED.items()}


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
