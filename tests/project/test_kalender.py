"""What stands in whose calendar, on the page and in the feed alike. Today is 2027-10-15."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Rolle, Rolletildeling
from elevforloeb.core.dates import Periode, add_months, today
from elevforloeb.core.ics import COPENHAGEN, event_uid
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Ophold
from elevforloeb.project.kalender import entries, reach
from evaluering.models import Evaluering
from rekruttering.models import Ansoegning, Samtale, Udvalgsmedlem
from rekruttering.services.udvalg import declare
from skoleophold.models import Fagproeve, Fagproeveforsoeg
from tests.cast import person
from tests.evaluering_steps import make_skema
from tests.factories import AfdelingFactory, RolletildelingFactory
from tests.fagproeve_steps import say, write

from .kalender_steps import SECRET, TALK, departments_are_asked, elever_wish, events, full_world, key_of, titles

READERS = {
    "elev": lambda cast: cast.aase.bruger,
    "elevvejleder": lambda cast: cast.vejleder,
    "leder": lambda cast: cast.leder,
    "elevansvarlig": lambda cast: cast.elevansvarlig,
    "administrator": lambda cast: cast.administrator,
}


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=COPENHAGEN), tick=False)


def test_an_elev_has_her_own_course_in_her_calendar(cast, scene):
    scene(full_world)
    elever_wish(cast)
    found = entries(cast.aase.bruger, Periode.until_last_day(date(2027, 9, 1), date(2029, 8, 31)))
    assert [(str(entry.days), entry.title) for entry in found] == [
        ("1. sep. – 31. dec. 2027", "Ophold i Økonomi og Analyse"),
        ("6.–17. sep. 2027", "Skoleophold 1"),
        ("15. okt. 2027", "Frist: Vælg emne (fagprøven)"),
        ("25. okt. 2027", "Frist: Læs din oplæringserklæring"),
        ("25. okt. 2027", "Frist: Ønsk pladser"),
        ("1.–26. nov. 2027", "Skoleophold 1"),
        ("1. nov. 2027", "Frist: Send problemformuleringen (fagprøven)"),
        ("1. nov. 2027", "Slutevaluering i Økonomi"),
        ("5. nov. 2027", "Frist: Vælg valgfri specialefag (KOF 27-2)"),
        ("15. nov. 2027", "Frist: Slutevaluering i Økonomi"),
        ("28. nov. 2027", "Frist: Saml data ind (fagprøven)"),
        ("29. nov. – 10. dec. 2027", "Fagprøven skrives"),
        ("8. dec. 2027", "Tag imod ansøgere"),
        ("10. dec. 2027", "Frist: Aflevér (fagprøven)"),
        ("10. dec. 2027", "Frist: Svar om fortrolighed (fagprøven)"),
        ("14.–16. dec. 2027", "Mundtlig eksamen i fagprøven"),
        ("20.–23. dec. 2027", "Ferie"),
        ("1. jan. – 30. apr. 2028", "Ophold i Personale & Udvikling"),
        ("10.–28. jan. 2028", "Skoleophold 2"),
        ("11.–14. jan. 2028", "Studietur til Bruxelles"),
        ("1. feb. 2028", "Prøvetiden slutter"),
        ("31. aug. 2029", "Sidste dag som elev"),
    ]


def test_school_says_where_it_is(cast, scene):
    scene(full_world)
    found = entries(cast.aase.bruger, Periode.until_last_day(date(2027, 9, 6), date(2027, 9, 6)))
    assert [entry.place for entry in found] == ["", "Handelsskolen, Lokale 1"]


def test_an_elevvejleder_has_arrivals_departures_school_talks_and_deadlines_of_the_department(cast, scene):
    scene(full_world)
    departments_are_asked(cast)
    assert titles(cast.vejleder) == [
        "Åse Ærlig begynder i Økonomi",
        "Åse Ærlig er på skole",
        "Frist: Svar på pladser til Hold 2027 (Økonomi)",
        "Åse Ærlig er på skole",
        "Ansøgningsfrist kl. 12.00: Kontorelever 2028",
        "Slutevaluering med Åse Ærlig",
        "Frist: Vælg valgfri specialefag (KOF 27-2)",
        "Frist: Slutevaluering med Åse Ærlig",
        "Åse Ærlig skriver fagprøve",
        "Ansættelsessamtale",
        "Frist: Alle har svar, Kontorelever 2028",
        "Åse Ærlig er til eksamen i fagprøven",
        "Åse Ærligs sidste dag i Økonomi",
        "Bo Berg begynder i Økonomi",
        "Studietur til Bruxelles",
        "Bo Bergs sidste dag i Økonomi",
    ]


def test_a_leder_has_who_comes_and_leaves_and_what_the_department_is_asked(cast, scene):
    scene(full_world)
    departments_are_asked(cast)
    assert titles(cast.leder) == [
        "Åse Ærlig begynder i Økonomi",
        "Frist: Svar på pladser til Hold 2027 (Økonomi)",
        "Åse Ærligs sidste dag i Økonomi",
        "Bo Berg begynder i Økonomi",
        "Bo Bergs sidste dag i Økonomi",
    ]


def test_the_elevansvarlig_has_lines_about_hold_and_classes_and_no_names(cast, scene):
    scene(full_world)
    elever_wish(cast)
    found = titles(cast.elevansvarlig)
    assert found == [
        "Hold 2027 begynder (2 elever)",
        "KOF 27-2: Skoleophold 1",
        "Frist: Afdelingernes svar til Hold 2027",
        "Frist: 2 oplæringserklæringer til skolen",
        "Frist: Ønsker fra Hold 2027",
        "Ansøgningsfrist kl. 12.00: Kontorelever 2028",
        "Frist: Vælg valgfri specialefag (KOF 27-2)",
        "Fagprøve, KOF 27-2: skriveperiode",
        "Fagprøve, KOF 27-2: aflevering",
        "Frist: Alle har svar, Kontorelever 2028",
        "Fagprøve, KOF 27-2: mundtlig eksamen",
        "Prøvetiden slutter for 1 elev",
        "Hold 2027: 2 elever skifter afdeling",
        "KOF 27-2: Skoleophold 2",
        "Studietur til Bruxelles",
        "Prøvetiden slutter for 1 elev",
        "Hold 2027: sidste dag for 2 elever",
    ]
    assert not any("Åse" in title or "Bo" in title for title in found)


def test_the_elevansvarlig_has_the_talks_she_takes_part_in_and_one_line_of_their_deadlines(cast):
    make_skema("slut", med_elevansvarlig=True)
    full_world(cast)
    found = titles(cast.elevansvarlig, date(2027, 11, 1), date(2027, 11, 30))
    assert "Slutevaluering med Åse Ærlig" in found
    assert "Frist: 1 evaluering, du er med til" in found


def test_a_substitute_has_the_talks_of_whom_she_stands_in_for_and_others_have_not(cast, scene):
    scene(full_world)
    vikar, kollega = cast.fremmed, cast.administrator
    role = {"rolle": "elevvejleder", "afdeling": cast.oekonomi}
    RolletildelingFactory(bruger=vikar, vikar_for=cast.vejleder, **role)
    RolletildelingFactory(bruger=kollega, **role)
    assert "Slutevaluering med Åse Ærlig" in titles(vikar)
    assert "Slutevaluering med Åse Ærlig" not in titles(kollega)
    assert "Åse Ærlig begynder i Økonomi" in titles(kollega)


def test_a_department_has_an_elev_in_its_calendar_only_as_long_as_it_may_open_her_page(cast, scene):
    """42 days after the last one: then Åse is gone from it, also from what is past."""
    scene(full_world)
    for day, there in ((date(2028, 2, 11), True), (date(2028, 2, 12), False)):
        with on(day):
            assert any("Åse" in title for title in titles(cast.vejleder)) is there, day


def test_a_coming_elev_is_named_from_the_publishing_on_and_linked_when_her_page_opens(cast):
    """28 days before the first."""
    for day, link in ((date(2027, 12, 3), ""), (date(2027, 12, 4), reverse("elev", args=[cast.bo.pk]))):
        with on(day):
            fresh = type(cast.vejleder).objects.get(pk=cast.vejleder.pk)
            (arrival,) = entries(fresh, Periode.until_last_day(date(2028, 1, 1), date(2028, 1, 1)))
            assert (arrival.title, arrival.url) == ("Bo Berg begynder i Økonomi", link)


def test_school_of_a_coming_elev_waits_until_her_page_opens(cast, scene):
    scene(full_world)
    assert "Bo Berg er på skole" not in titles(cast.vejleder)
    with on(date(2027, 12, 4)):
        assert "Bo Berg er på skole" in titles(cast.vejleder)


def test_an_elev_who_stops_does_not_come_and_leaves_earlier(cast):
    Elev.objects.filter(pk=cast.aase.pk).update(stoppet=date(2027, 11, 1))
    last = entries(cast.vejleder, Periode.until_last_day(date(2027, 10, 31), date(2027, 10, 31)))
    assert [entry.title for entry in last] == ["Åse Ærligs sidste dag i Økonomi"]
    assert titles(cast.anden_vejleder, date(2027, 12, 31), date(2028, 4, 30)) == ["Bo Bergs sidste dag i Personale"]
    assert "Sidste dag som elev" not in titles(cast.aase.bruger)


def test_an_interview_says_when_and_where_to_those_who_may_see_the_applicant_and_to_nobody_else(cast, scene, client):
    scene(full_world)
    (found,) = [
        each
        for each in events(client.get(reverse("min_kalender_fil", args=[key_of(cast.vejleder)])))
        if "Ansætt" in each.summary.value
    ]
    assert (found.location.value, found.dtstart.value.astimezone(COPENHAGEN).isoformat()) == (
        "Lokale 3",
        "2027-12-08T09:00:00+01:00",
    )
    assert found.uid.value == event_uid("samtale", Samtale.objects.get().pk)  # as in the applicant's invitation
    declare(cast.vejleder, medlem=Udvalgsmedlem.objects.get(), asked=[], partial=Ansoegning.objects.all())
    assert "Ansættelsessamtale" not in titles(cast.vejleder) + titles(cast.elevansvarlig) + titles(cast.leder)


def test_a_problemformulering_that_waits_is_a_deadline_of_the_elevvejleder_until_it_is_answered(cast, scene):
    scene(full_world)
    Fagproeve.objects.update(status="emne", emne="")
    write(cast.aase)
    assert "Frist: Godkend Åse Ærligs problemformulering" in titles(cast.vejleder)
    say(cast.vejleder, cast.aase, "arbejdsplads")
    assert "Frist: Godkend Åse Ærligs problemformulering" not in titles(cast.vejleder)


def test_an_exam_with_a_day_of_its_own_is_on_that_day_and_keeps_its_name(cast, scene):
    scene(full_world)
    (before,) = [each for each in entries(cast.aase.bruger, reach(today())) if "eksamen" in each.title]
    Fagproeveforsoeg.objects.filter(elev=cast.aase).update(eksamen=date(2027, 12, 15))
    (after,) = [each for each in entries(cast.aase.bruger, reach(today())) if "eksamen" in each.title]
    assert (str(before.days), str(after.days)) == ("14.–16. dec. 2027", "15. dec. 2027")
    assert before.uid == after.uid


def test_school_ends_in_the_calendar_when_the_elev_stops_in_the_middle_of_it(cast, scene):
    scene(full_world)
    Elev.objects.filter(pk=cast.aase.pk).update(stoppet=date(2027, 11, 8))
    days = [str(each.days) for each in entries(cast.vejleder, reach(today())) if each.title == "Åse Ærlig er på skole"]
    assert days == ["6.–17. sep. 2027", "1.–7. nov. 2027"]
    assert not any("fagprøve" in title for title in titles(cast.vejleder) if "Åse" in title)


def test_nobody_without_a_role_today_has_a_calendar(cast, scene):
    scene(full_world)
    assert titles(cast.fremmed) == []
    Rolletildeling.objects.filter(bruger=cast.vejleder).update(periode=period(date(2020, 1, 1), date(2027, 10, 14)))
    assert titles(cast.vejleder) == []


def test_an_elevvejleder_of_a_department_without_elever_has_pages_that_open(cast, scene, client):
    scene(full_world)
    nobody_here = person("Ny Vejleder", Rolle.ELEVVEJLEDER, AfdelingFactory())
    assert titles(nobody_here) == []
    client.force_login(nobody_here)
    for name in ("forside", "min_kalender", "elever", "evalueringer", "erklaeringer"):
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize("reader", READERS)
def test_no_secret_and_no_absence_is_in_any_calendar(reader, cast, scene, client):
    scene(full_world)
    elever_wish(cast)
    person = READERS[reader](cast)
    text = client.get(reverse("min_kalender_fil", args=[key_of(person)])).content.decode()
    text = text.replace("\r\n ", "").lower()
    assert "vcalendar" in text
    for word in (SECRET, "sygdom", "syg", "barsel", "orlov", "fravær", "begynder til avanceret"):
        assert word not in text
    days_away = {date(2027, 12, day) for day in (3, 5, 7)}
    whole = reach(today())
    assert not [entry for entry in entries(person, whole) if entry.days.startdato in days_away]


MONTHS = [add_months(date(2027, 8, 1), number) for number in range(10)] + [date(2029, 8, 1)]


@pytest.mark.parametrize("reader", READERS)
def test_the_pages_hold_what_the_feed_holds(reader, cast, scene, client):
    """Month by month: what the page shows, and what another library reads in the file."""
    scene(full_world)
    elever_wish(cast)
    person = READERS[reader](cast)
    in_feed = dict(map(told, events(client.get(reverse("min_kalender_fil", args=[key_of(person)])))))
    client.force_login(person)
    on_pages = {}
    for month in MONTHS:
        page = client.get(reverse("min_kalender"), {"dag": month.isoformat(), "vis": "maaned"}).context
        cells = [felt.entry for uge in page["uger"] for row in uge.raekker for felt in row if felt.entry]
        on_pages |= {each.uid: (each.title, each.days.startdato, each.days.slutdato) for each in cells}
    assert on_pages == in_feed
    assert bool(in_feed) is (reader != "administrator")


def told(event) -> tuple[str, tuple[str, date, date]]:
    first, end = event.dtstart.value, event.dtend.value
    if isinstance(first, datetime):
        first, end = first.date(), first.date() + timedelta(days=1)
    return event.uid.value, (event.summary.value, first, end)


@pytest.mark.parametrize("reader", READERS)
def test_every_entry_leads_to_a_page_that_its_reader_may_open(reader, cast, scene, client):
    scene(full_world)
    (departments_are_asked if reader in ("elevvejleder", "leder") else elever_wish)(cast)
    person = READERS[reader](cast)
    addresses = {entry.url for entry in entries(person, reach(today())) if entry.url}
    client.force_login(person)
    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("reader", READERS)
def test_page_and_feed_take_at_most_twelve_statements(reader, cast, scene, client):
    scene(full_world)
    elever_wish(cast)
    person = READERS[reader](cast)
    feed = reverse("min_kalender_fil", args=[key_of(person)])
    with CaptureQueriesContext(connection) as fetched:
        client.get(feed)
    client.force_login(person)
    with CaptureQueriesContext(connection) as shown:
        client.get(reverse("min_kalender"), {"vis": "maaned"})
    assert len(fetched) <= 12, [query["sql"][:100] for query in fetched]
    assert len(shown) <= 12, [query["sql"][:100] for query in shown]


def test_what_is_moved_keeps_its_name_and_the_talk_has_that_of_an_invitation(cast, scene):
    evaluering = scene(full_world)

    def names() -> dict[str, str]:
        return {entry.title: entry.uid for entry in entries(cast.aase.bruger, reach(today()))}

    before = names()
    Ophold.objects.filter(pk=cast.ophold.pk).update(periode=period(date(2027, 9, 1), date(2027, 12, 20)))
    Evaluering.objects.filter(pk=evaluering.pk).update(moede=TALK + timedelta(days=2), udsat_til=date(2027, 11, 19))
    assert names() == before
    assert before["Slutevaluering i Økonomi"] == event_uid("evalueringssamtale", evaluering.pk)
