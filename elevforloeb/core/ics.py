"""Calendar files (iCalendar): a whole calendar that others subscribe to, and one invitation in a mail.

Both name an event by `event_uid`, so that an invitation and the same event in the subscription become one in the
reader's calendar. A calendar is read on telephones and by companies abroad: an entry holds what stands on a notice
board (what, when, where, whose), never a text that somebody wrote about a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from elevforloeb.core.dates import ONE_DAY, Periode

if TYPE_CHECKING:  # the library is loaded by who writes a file: it weighs on every web worker otherwise
    from icalendar import Calendar, Component, Event, vCalAddress

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
REFRESH = timedelta(hours=4)  # how often we ask a reader to come again; most decide for themselves
METHODS = ("REQUEST", "CANCEL")

# As rules and not as the library's list of dates, which ends in 2038 and which Outlook passes over.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def event_uid(kind: str, pk) -> str:
    """The name of an event for ever: the same in an invitation, in its cancellation and in every subscription."""
    return f"{kind}-{pk}@{urlsplit(settings.BASE_URL).hostname}"


@dataclass(frozen=True)
class Entry:
    """What happens from `start` until, but not including, `end`: two days, or two moments with a time zone."""

    start: date | datetime
    end: date | datetime
    uid: str
    title: str
    place: str = ""
    url: str = ""  # a path in this system
    kind: str = ""  # which of the app's kinds it is, for its own pages
    busy: bool = False  # takes the reader's time; a stay of months and a deadline do not

    def __post_init__(self):
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise ValueError("An entry is from a day to a day or from a moment to a moment")
        if self.start >= self.end:
            raise ValueError(f"An entry ends after it begins: {self.start} to {self.end}")

    @classmethod
    def on(cls, day: date, **fields) -> "Entry":
        """Something on one day, without a time: a deadline, a first day."""
        return cls(day, day + ONE_DAY, **fields)

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    @property
    def days(self) -> Periode:
        """The days in Denmark that it touches."""
        if self.all_day:
            return Periode(self.start, self.end)
        last = self.end - timedelta(microseconds=1)  # what ends at midnight ends on the day before
        return Periode.until_last_day(_local(self.start).date(), _local(last).date())


@dataclass(frozen=True)
class Party:
    navn: str
    email: str


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """A calendar to subscribe to. It says how often to come again, and how its name is shown."""
    file = _file([_event(entry) for entry in entries])
    file.add("name", name)
    file.add("x-wr-calname", name)  # what Outlook, Google and Apple show
    file.add("x-wr-timezone", COPENHAGEN.key)
    file.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    file.add("x-published-ttl", "PT4H")
    return file.to_ical()


def invitation(entry: Entry, method: str, sequence: int, *, organizer: Party, attendee: Party) -> bytes:
    """The part `text/calendar; method=…; charset=utf-8` of a mail to one person.

    REQUEST invites and moves, CANCEL takes back; `sequence` grows by one each time, so that the newest counts.
    """
    if method not in METHODS:
        raise ValueError(f"No such method: {method}")
    event = _event(replace(entry, busy=True))
    event.add("sequence", sequence)
    event.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    event.add("organizer", _address(organizer))
    event.add("attendee", _address(attendee, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))
    file = _file([event])
    file.add("method", method)
    return file.to_ical()


def _file(events: "list[Event]") -> "Calendar":
    from icalendar import Calendar

    file = Calendar()
    file.add("prodid", "-//Elevforløb//Kalender//DA")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    for component in [_zone(), *events]:
        file.add_component(component)
    return file


@cache
def _zone() -> "Component":
    from icalendar import Component

    return Component.from_ical(ZONE)


def _event(entry: Entry) -> "Event":
    from icalendar import CLASS, TRANSP, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", _local(entry.start))
    event.add("dtend", _local(entry.end))
    event.add("summary", _line(entry.title))
    if entry.place:
        event.add("location", _line(entry.place))
    if entry.url:
        address = urljoin(settings.BASE_URL, entry.url)
        event.add("url", address)
        event.add("description", f"Åbn i Elevforløb: {address}")  # Outlook and Google show only this
    event.add("class", CLASS.PRIVATE)  # who shares her calendar with colleagues does not share this
    event.add("transp", TRANSP.OPAQUE if entry.busy else TRANSP.TRANSPARENT)
    return event


def _local(moment: date | datetime) -> date | datetime:
    """As the clock on the wall shows it: a talk at 10 stays at 10 whatever happens to summer time."""
    return moment.astimezone(COPENHAGEN) if isinstance(moment, datetime) else moment


def _line(text: str) -> str:
    """One line without control characters, which some readers stop at."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _address(party: Party, **parameters) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{party.email}")
    address.params["CN"] = _line(party.navn)
    for name, value in parameters.items():
        address.params[name] = value
    return address
