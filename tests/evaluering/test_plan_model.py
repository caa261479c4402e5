"""Random changes of a plan: the due dates are those that a simple model works out, whatever came before.

The model is Mondays to Fridays and days counted one by one. It knows nothing of how the service reads or writes.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from elevforloeb.core.dates import add_months
from elevforloeb.core.periods import period
from elevforloeb.core.workdays import public_holidays
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from evaluering.models import Evaluering
from evaluering.services import plan as services
from evaluering.services.plan import sync_evalueringer

START, END = date(2027, 9, 1), date(2028, 8, 31)  # over New Year, 29 February and both nights when the clock changes
ONE = timedelta(days=1)
Plan = list[tuple[date, date]]  # stays, first and last day
Due = tuple[date, date]

lengths = st.lists(st.integers(10, 130), min_size=1, max_size=4)
schools = st.lists(st.tuples(st.integers(0, 330), st.integers(5, 30)), max_size=2)
changes = st.lists(
    st.tuples(lengths, schools, st.integers(0, 40), st.none() | st.integers(20, 360)), min_size=1, max_size=4
)


def all_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def stays_of(chosen: list[int]) -> Plan:
    """One after the other until the year is full."""
    stays, first = [], START
    for length in chosen:
        last = min(first + timedelta(days=length - 1), END)
        if first <= END:
            stays.append((first, last))
        first = last + ONE
    return stays


def school_of(chosen) -> set[date]:
    """Without weekends at the edges, so that a week is a week (see proevetid.py)."""
    days: set[date] = set()
    for start, length in chosen:
        first = START + timedelta(days=start)
        first -= timedelta(days=first.weekday())
        days |= set(all_days(max(first, START), first + timedelta(days=7 * (length // 7 + 1) - 1)))
    return {day for day in days if day <= END}


def expected(stays: Plan, school: set[date], stopped: date | None, day: date) -> dict[tuple[date, str], Due]:
    """By the first day of the stay and the kind of talk: when, and the last day of the stay."""
    if stopped and stopped <= day:
        return {}
    found = {}
    end = add_months(START, 3)
    while (moved := add_months(START, 3) + ONE * len({d for d in school if START <= d < end})) != end:
        end = moved
    proevetid = end - ONE - timedelta(days=28)
    for first, last in stays:
        if stopped and stopped <= first:
            continue
        last = min(last, stopped - ONE) if stopped else last
        days = all_days(first, last)
        slut = max(last - timedelta(days=14), first)
        if len(days) < 42:
            found[first, "kort"] = slut
        else:
            found[first, "forventning"] = min(days[13], slut)
            work = [d for d in days if d.weekday() < 5 and d not in public_holidays(d.year) and d not in school]
            half = work[-(-len(work) // 2) - 1] if work else first + timedelta(days=(len(days) - 1) // 2)
            found[first, "midtvejs"] = min(half, slut)
            found[first, "slut"] = slut
        if first <= proevetid <= last:
            found[first, "proevetid"] = proevetid
        found |= {key: (due, last) for key, due in found.items() if key[0] == first}
    return found


def in_time(was: date | None, due: date, last: date, day: date) -> date:
    """A change of the plan makes nobody late: instead of a day that has passed, the old one or the last of the stay."""
    if was is None or due >= day:
        return due
    return max(due, min(was, last))


def put(elev: Elev, stays: Plan, school: set[date], stopped: date | None) -> None:
    """The stays keep their identity by their place; what is left over goes, as when a plan is published."""
    rows = list(elev.ophold.order_by("periode"))
    for row, (first, last) in zip(rows, stays, strict=False):
        Ophold.objects.filter(pk=row.pk).update(periode=period(first, last))
    for row in rows[len(stays) :]:
        row.delete()
    for first, last in stays[len(rows) :]:
        Ophold.objects.create(elev=elev, afdeling=rows[0].afdeling, periode=period(first, last))
    elev.kalenderperioder.all().delete()
    Kalenderperiode.objects.bulk_create(
        Kalenderperiode(elev=elev, art="skole", periode=period(day, day)) for day in sorted(school)
    )
    Elev.objects.filter(pk=elev.pk).update(stoppet=stopped)


def there(elev: Elev) -> dict[tuple[int, str], date]:
    return {(row.ophold_id, row.art): row.frist for row in Evaluering.objects.filter(elev=elev)}


def play(cast, history) -> int:
    """Answers how many evaluations there were to get right."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from elevforloeb_kalenderperiode")
        cursor.execute("set constraints all deferred")
        before: dict[tuple[int, str], date] = {}
        day, checked = date(2027, 9, 1), 0
        for lengths, schools, days_later, stop in history:
            day += timedelta(days=days_later)
            stays, school = stays_of(lengths), school_of(schools)
            stopped = START + timedelta(days=stop) if stop else None
            put(cast.bo, stays, school, stopped)
            wanted = expected(stays, school, stopped, day)
            pks = dict(cast.bo.ophold.values_list("periode__startswith", "pk"))
            wanted = {(pks[first], art): due for (first, art), due in wanted.items()}
            wanted = {key: in_time(before.get(key), *due, day) for key, due in wanted.items()}
            with time_machine.travel(
                datetime(day.year, day.month, day.day, 2, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
            ):
                sync_evalueringer()
            window = (day - timedelta(days=42), day + timedelta(days=28))
            before = {key: due for key, due in wanted.items() if key in before or window[0] <= due <= window[1]}
            assert there(cast.bo) == before
            checked += len(before)
        transaction.set_rollback(True)
    return checked


def play_many(cast, count: int) -> int:
    checked = 0

    @settings(max_examples=count, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True)
    @given(changes)
    def many(history):
        nonlocal checked
        checked += play(cast, history)

    many()
    return checked


def test_after_every_change_of_the_plan_the_due_dates_are_those_of_the_model(cast):
    assert play_many(cast, 40) > 100, "the plans are too tame"


@pytest.mark.parametrize("part", ["_follow", "_remove", "_create"])
def test_a_service_that_leaves_out_a_part_of_it_is_caught(cast, monkeypatch, part):
    monkeypatch.setattr(services, part, lambda rows: None)
    with pytest.raises(AssertionError):
        play_many(cast, 40)
