"""Calendar files: each event is a period. Times become days in Denmark, whatever zone they are written in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .raekker import LONGEST_CELL, MOST_ROWS, FilError, Raekke, period_number, too_many

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def read_ics(text: str) -> list[Raekke]:
    """The number of a row is the line on which the event begins."""
    from icalendar import Calendar  # a tenth of a second that only this reader pays

    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(lines) > MOST_ROWS:
        raise too_many()
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except Exception as error:  # the library has no one error for a file that is no calendar
        raise FilError("Kalenderfilen kan ikke læses. Hent den igen hos skolen, og prøv så.") from error
    if not events:
        raise FilError("Kalenderfilen har ingen begivenheder.")
    return [Raekke(number, _fields(event)) for number, event in zip(lines, events, strict=False)]


def _fields(event) -> dict[str, str]:
    title = _text(event, "SUMMARY")
    fields = {
        "titel": title,
        "nr": period_number(title),
        "sted": _text(event, "LOCATION"),
        "skema": _text(event, "DESCRIPTION"),
    }
    if event.get("RRULE"):
        return fields | {"fejl": "Begivenheden gentager sig. Skriv hver periode som sin egen begivenhed."}
    try:
        first, last = _days(event)
    except Exception:  # an odd zone or value; the line says so and the others are still read
        return fields | {"fejl": "Begivenhedens tider kan ikke læses."}
    return fields | {"fra": first.isoformat(), "til": last.isoformat()}


def _text(event, name: str) -> str:
    return str(event.get(name, "")).replace("\r\n", "\n").strip()[:LONGEST_CELL]


def _days(event) -> tuple[date, date]:
    """First and last day. An end is the first moment after the event, so one at midnight belongs to the day before."""
    start = event.decoded("DTSTART")
    if "DTEND" in event:
        end = event.decoded("DTEND")
    elif "DURATION" in event:
        end = start + event.decoded("DURATION")
    else:
        return _day(start), _day(start)
    if not isinstance(end, datetime):
        return _day(start), max(_day(start), end - timedelta(days=1))
    return _day(start), max(_day(start), _day(end - timedelta(seconds=1)))


def _day(moment) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(COPENHAGEN) if moment.tzinfo else moment).date()
