"""The course of one elev as "Mit forløb", PDF and Excel show it."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from elevforloeb.core.periods import period
from elevforloeb.queries.forloeb import get_forloeb
from elevforloeb.views.elev.forloeb import mit_forloeb
from tests.factories import ElevFactory, KalenderperiodeFactory


def on(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def course(elev):
    return get_forloeb(elev, viser_fravaer=True)


@pytest.fixture
def show(rf, cast):
    """The page as the roof shows it, as text."""

    def show(elev):
        request = rf.get("/")
        request.user = elev.bruger
        request.resolver_match = None
        request.htmx = False
        return mit_forloeb(request).content.decode()

    return show


def test_the_strip_has_one_segment_a_month_and_marks_this_one(cast):
    strip = course(cast.aase).stribe
    assert len(strip.maaneder) == 24
    assert [number for number, month in enumerate(strip.maaneder) if month.nu] == [1]
    names = [(name.navn, name.maaneder) for name in strip.navne]
    assert names == [("Økonomi", 4), ("Personale", 4), ("Ikke planlagt endnu", 16)]
    assert strip.maaneder[0].klasse == f"afd-farve-{cast.oekonomi.farve}"
    assert strip.maaneder[8].klasse == "tom"


def test_the_timeline_has_stays_school_and_holiday_by_date(cast):
    lines = [(line.titel, line.tilstand) for line in course(cast.aase).linjer]
    assert lines == [
        ("Økonomi og Analyse", "nu"),
        ("Skoleophold 1", "kommer"),
        ("Ferie", "kommer"),
        ("Personale & Udvikling", "kommer"),
    ]


def test_the_next_steps_stand_in_order_of_date(cast):
    steps = [(step.dato, step.titel) for step in course(cast.aase).skridt]
    assert steps == [
        (date(2027, 11, 1), "Skoleophold 1 begynder"),
        (date(2027, 12, 20), "Ferie begynder"),
        (date(2027, 12, 28), "Din prøvetid slutter"),
        (date(2028, 1, 1), "Du begynder i Personale & Udvikling"),
    ]


def test_before_the_first_day_the_elev_is_welcomed(cast, show):
    with on(date(2027, 8, 2)):
        steps = course(cast.aase).skridt
        assert steps[0].titel == "Velkommen! Din første dag er i Økonomi og Analyse"
        assert "Din prøvetid slutter" not in [step.titel for step in steps]
        page = show(cast.aase)
    assert "Velkommen, Åse" in page and "onsdag den 1. september 2027" in page


def test_in_the_last_months_the_last_day_is_a_step(cast):
    with on(date(2029, 7, 1)):
        assert [step.titel for step in course(cast.aase).skridt] == ["Din sidste dag som elev"]


def test_the_page_says_where_and_how_long(show, cast):
    page = show(cast.aase)
    assert "Hej Åse – du er i måned 2 af 24" in page
    assert "Lige nu er du i Økonomi og Analyse. Om 78 dage begynder du i Personale &amp; Udvikling." in page


def test_an_elev_without_a_plan_is_told_so(show, cast):
    page = show(ElevFactory(hold=cast.aase.hold))
    assert "Din plan er ikke lagt endnu" in page


def test_a_finished_course_is_shown_too(show, cast):
    with on(date(2029, 8, 31)):
        assert "måned 24 af 24" in show(cast.aase)
    cast.aase.bruger.rolletildelinger.update(periode=period(date(2027, 1, 1)))
    with on(date(2029, 9, 1)):
        assert "dit forløb er slut" in show(type(cast.aase).objects.get(pk=cast.aase.pk))


def test_the_elev_reads_why_she_is_away(show, cast):
    KalenderperiodeFactory(elev=cast.aase, art="sygdom", periode=period(date(2027, 10, 15), date(2027, 10, 15)))
    assert "I dag: Sygdom." in show(cast.aase)


def test_whom_to_ask(cast):
    assert [(person.navn, why) for person, why in course(cast.aase).andre] == [
        ("Else Ansvarlig", "Elevansvarlig"),
        ("Anders Anden", "Din næste elevvejleder, Personale"),
    ]


def test_five_questions_however_long_the_course(cast, django_assert_num_queries):
    for number in range(20):
        KalenderperiodeFactory(elev=cast.aase, periode=period(*[date(2028, 2, 1 + number)] * 2))
    elev = type(cast.aase).objects.select_related("bruger").get(pk=cast.aase.pk)
    with django_assert_num_queries(4):
        forloeb = course(elev)
        assert forloeb.linjer and forloeb.skridt and forloeb.stribe and forloeb.andre


def test_the_pdf_is_pdf_ua_with_the_whole_course(as_user, cast):
    response = as_user(cast.aase.bruger).get(reverse("forloeb_pdf", args=[cast.aase.pk]))
    reader = PdfReader(BytesIO(response.content))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert "Forløb for Åse Ærlig" in text and "Skoleophold 1" in text and "Anders Anden" in text
    assert b"pdfuaid" in response.content or "pdfuaid" in str(reader.xmp_metadata.rdf_root.toxml())


def test_the_excel_file_has_one_line_for_each_part_of_the_course(as_user, cast):
    response = as_user(cast.aase.bruger).get(reverse("forloeb_excel", args=[cast.aase.pk]))
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [line.titel for line in course(cast.aase).linjer]
    assert rows[1][1].date() == date(2027, 9, 1)
