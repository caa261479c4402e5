"""The private calendar of one person: put together from the sources of every app, for the page and for the feed alike.

A new kind of entry is one function in the feed of its app and one line here (CONTRIBUTING, "Add to the calendar").
"""

from datetime import date

from elevforloeb import feed as elevforloeb
from elevforloeb.core.dates import Periode, add_months, first_of_month
from elevforloeb.core.ics import Entry
from elevforloeb.queries.kalender import Kilde, Laeser
from evaluering import feed as evaluering
from rekruttering import feed as rekruttering
from skoleophold.feed import fagproeve, samlet, skole

KILDER: list[Kilde] = [
    elevforloeb.own_stays,
    elevforloeb.own_holidays,
    elevforloeb.own_dates,
    elevforloeb.shifts_in_departments,
    elevforloeb.wish_deadlines,
    elevforloeb.offer_deadlines,
    elevforloeb.days_of_hold,
    elevforloeb.ends_of_proevetider,
    skole.own_school,
    skole.school_of_elever,
    skole.school_of_classes,
    skole.own_choice,
    samlet.small_entries,
    fagproeve.own_fagproeve,
    evaluering.evalueringer,
    evaluering.own_erklaeringer,
    evaluering.erklaeringer_to_write,
    rekruttering.rounds,
    rekruttering.duties,
]
BACK, AHEAD = 12, 36  # months


def reach(day: date) -> Periode:
    """The days that a calendar can show, seen from `day`: whole months."""
    month = first_of_month(day)
    return Periode(add_months(month, -BACK), add_months(month, AHEAD + 1))


def entries(bruger, dage: Periode) -> list[Entry]:
    """What touches the days, each once, in order of time. A source may give more than was asked for."""
    laeser = Laeser(bruger, dage, skole.perioder())
    found = {entry.uid: entry for source in KILDER for entry in source(laeser)}
    return sorted((entry for entry in found.values() if entry.days.overlap(dage)), key=in_time)


def in_time(entry: Entry) -> tuple:
    """By day; what has no time first, and the longest of it first."""
    clock = "" if entry.all_day else entry.start.isoformat()
    return entry.days.startdato, clock, -entry.days.days, entry.title, entry.uid
