"""Calendar files, read back by a library that has nothing to do with the one that wrote them."""

from datetime import date, datetime, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.ics import COPENHAGEN, Entry, Party, calendar, event_uid, invitation

STAY = Entry(date(2027, 9, 1), date(2028, 1, 1), event_uid("ophold", 7), "Ophold i Borgerservice", "Rådhuset", "/x/7/")


def moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN)


def read(file: bytes):
    return vobject.readOne(file.decode())


def events(entries) -> list:
    return list(read(calendar(entries, "Prøve")).contents.get("vevent", []))


def test_a_stay_is_whole_days_and_ends_before_its_last_date():
    (event,) = events([STAY])
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 9, 1), date(2028, 1, 1))
    assert type(event.dtstart.value) is date
    assert event.uid.value == "ophold-7@localhost"
    assert event.location.value == "Rådhuset"
    assert event.url.value == "http://localhost:8000/x/7/"
    assert event.transp.value == "TRANSPARENT"  # four months are not four months of being busy


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 1, 5), date(2028, 7, 5)])
@pytest.mark.parametrize("hour", [0, 1, 4, 10, 23])
def test_a_moment_is_the_same_moment_on_the_nights_that_the_clock_is_moved(day, hour):
    start = moment(day, hour)
    (event,) = events([Entry(start, start + timedelta(hours=2), "a@b", "Samtale")])
    assert event.dtstart.value == start
    assert event.dtstart.value.utcoffset() == start.utcoffset()
    assert event.dtstart.value.hour == hour


def test_the_zone_is_written_out_and_agrees_with_the_system_for_years():
    zone = read(calendar([], "Prøve")).vtimezone.gettzinfo()
    noon = datetime(2020, 1, 1, 12)  # noqa: DTZ001  the zone is what is asked for
    for days in range(0, 366 * 25, 3):
        day = noon + timedelta(days=days)
        assert day.replace(tzinfo=zone).utcoffset() == day.replace(tzinfo=COPENHAGEN).utcoffset(), day


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_title_or_place_can_break_the_file(title, place):
    title, place = f"x{title}", f"y{place}"
    found = events([Entry(date(2027, 1, 1), date(2027, 1, 2), "a@b", title, place), STAY])
    assert [event.uid.value for event in found] == ["a@b", STAY.uid]
    assert len(found[0].contents["summary"]) == 1
    words = "".join(c for c in title if c.isprintable() or c.isspace()).split()
    assert found[0].summary.value.split() == words


@pytest.mark.parametrize("start, end", [(date(2027, 1, 1), date(2027, 1, 1)), (date(2027, 1, 2), date(2027, 1, 1))])
def test_an_entry_without_length_is_refused(start, end):
    with pytest.raises(ValueError, match="ends after it begins"):
        Entry(start, end, "a@b", "x")


def test_a_day_and_a_moment_do_not_mix():
    with pytest.raises(ValueError, match="from a day to a day"):
        Entry(date(2027, 1, 1), moment(date(2027, 1, 2), 8), "a@b", "x")


@pytest.mark.parametrize("method, status", [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_an_invitation_names_the_event_as_the_calendar_does(method, status):
    talk = Entry(moment(date(2027, 11, 3), 10), moment(date(2027, 11, 3), 11), event_uid("samtale", 3), "Samtale")
    parties = {"organizer": Party("Løn & HR", "hr@kommune.dk"), "attendee": Party('Bo "B", Bo', "bo@kommune.dk")}
    file = read(invitation(talk, method, 2, **parties))
    (in_calendar,) = events([talk])
    assert file.method.value == method
    assert file.vevent.uid.value == in_calendar.uid.value
    assert (file.vevent.sequence.value, file.vevent.status.value) == ("2", status)
    assert file.vevent.attendee.value == "mailto:bo@kommune.dk"
    assert file.vevent.transp.value == "OPAQUE"
    assert file.vevent.dtstart.value == talk.start


def test_no_other_method_is_sent():
    with pytest.raises(ValueError, match="No such method"):
        invitation(STAY, "PUBLISH", 0, organizer=Party("A", "a@b.dk"), attendee=Party("A", "a@b.dk"))
