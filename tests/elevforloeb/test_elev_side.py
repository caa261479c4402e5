"""One elev's page, PDF and Excel: what each reader sees, when, and that it is logged."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from afdelinger.models import Bruger
from elevforloeb.core.models import Opslag
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.queries.elev import get_elevside
from tests.factories import KalenderperiodeFactory

Art = Kalenderperiode.Art
KINDS = ["sygdom", "barsel", "orlov"]


def on(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def page(client, elev):
    return client.get(reverse("elev", args=[elev.pk]))


@pytest.fixture
def away(cast):
    """Åse is ill today, so long that her prøvetid moves, and has leave to come."""
    KalenderperiodeFactory(elev=cast.aase, art=Art.SYGDOM, periode=period(date(2027, 9, 13), date(2027, 10, 20)))
    KalenderperiodeFactory(elev=cast.aase, art=Art.BARSEL, periode=period(date(2028, 2, 1), date(2028, 4, 1)))
    KalenderperiodeFactory(elev=cast.aase, art=Art.ORLOV, periode=period(date(2028, 6, 1), date(2028, 6, 30)))


# --- absence: a department sees that somebody is away, never why --------------------------------------------------


@pytest.mark.parametrize("who", ["vejleder", "leder"])
@pytest.mark.parametrize("what", ["elev", "forloeb_pdf", "forloeb_excel", "elever"])
def test_no_kind_of_absence_reaches_a_department(as_user, cast, away, who, what):
    args = [] if what == "elever" else [cast.aase.pk]
    response = as_user(getattr(cast, who)).get(reverse(what, args=args))
    assert response.status_code == 200
    text = text_of(response).lower()
    assert "åse ærlig" in text or what == "forloeb_excel"
    text = text.replace("ferie eller sygdom</a>", "", 1)  # the button of who may write it; it says nothing of her
    assert [kind for kind in KINDS if kind in text] == []
    assert "10 %" not in text and "regnet ud" not in text


def text_of(response) -> str:
    kind = response.headers["Content-Type"]
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    if "spreadsheet" in kind:
        rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return response.content.decode()


def test_a_department_sees_the_days(as_user, cast, away):
    text = text_of(page(as_user(cast.vejleder), cast.aase))
    assert "I dag: Fraværende" in text and "1. feb. – 1. apr. 2028" in text
    assert "Skoleophold 1" in text and "Ferie" in text


@pytest.mark.parametrize("who", ["elevansvarlig", "aase"])
def test_the_elevansvarlig_and_the_elev_see_kinds_counter_and_calculation(as_user, cast, away, who):
    user = cast.aase.bruger if who == "aase" else cast.elevansvarlig
    text = text_of(page(as_user(user), cast.aase))
    for words in [
        "I dag: Sygdom",
        "Barsel",
        "Orlov",
        "38 dage, 5,1 % af uddannelsestiden",
        "Sådan er prøvetiden regnet",
    ]:
        assert words in text


def test_agreement_history_and_actions_are_for_the_elevansvarlig(as_user, cast):
    words = ["Historik", "Lærepladsen.dk", "Ret aftalen", "Eleven stopper"]
    for user in (cast.vejleder, cast.leder, cast.aase.bruger):
        text = text_of(page(as_user(user), cast.aase))
        assert [word for word in words if word in text] == []
    text = text_of(page(as_user(cast.elevansvarlig), cast.aase))
    assert [word for word in words if word not in text] == []


def test_the_page_warns_of_an_unsigned_agreement(as_user, cast):
    assert "uden underskrift fra kommunen og eleven" in text_of(page(as_user(cast.elevansvarlig), cast.aase))


# --- access follows the rotation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2027, 12, 3), 404),  # 29 days before Bo comes to Økonomi
        (date(2027, 12, 4), 200),
        (date(2028, 6, 11), 200),  # 42 days after his last day there
        (date(2028, 6, 12), 404),
    ],
)
@pytest.mark.parametrize("what", ["elev", "forloeb_pdf"])
def test_a_department_sees_an_elev_from_four_weeks_before_until_six_weeks_after(as_user, cast, day, status, what):
    with on(day):
        assert as_user(cast.vejleder).get(reverse(what, args=[cast.bo.pk])).status_code == status


def test_a_moved_stay_opens_and_closes_the_page_at_once(as_user, cast):
    stay = cast.bo.ophold.get(afdeling=cast.oekonomi)
    client = as_user(cast.vejleder)
    assert page(client, cast.bo).status_code == 404
    cast.bo.ophold.exclude(pk=stay.pk).delete()
    stay.periode = period(date(2027, 11, 12), date(2028, 4, 30))
    stay.save()
    assert page(client, cast.bo).status_code == 200
    stay.periode = period(date(2027, 11, 13), date(2028, 4, 30))
    stay.save()
    assert page(client, cast.bo).status_code == 404


def test_an_ended_role_closes_the_page_the_same_day(as_user, cast):
    client = as_user(cast.vejleder)
    cast.vejleder.rolletildelinger.update(periode=period(date(2020, 1, 1), date(2027, 10, 14)))
    assert page(client, cast.aase).status_code == 403


# --- log and figures ----------------------------------------------------------------------------------------------


def test_reading_and_downloading_is_logged_once_each(as_user, cast):
    client = as_user(cast.vejleder)
    page(client, cast.aase)
    client.get(reverse("forloeb_excel", args=[cast.aase.pk]))
    logged = Opslag.objects.order_by("id").values_list("art", "person", "side")
    person = cast.aase.bruger_id
    assert list(logged) == [("vis", person, "elev"), ("hent", person, "forloeb_excel")]


def test_ones_own_page_is_not_logged(as_user, cast):
    page(as_user(cast.aase.bruger), cast.aase)
    assert not Opslag.objects.exists()


def test_the_figures_of_the_page(cast):
    side = get_elevside(cast.elevansvarlig, cast.aase)
    assert side.forloeb.netto_nu.uger == 12.8  # 88 working days, 20 of them at school and 4 on holiday
    assert side.forloeb.proevetid.sidste_dag == date(2027, 12, 28)
    assert (side.forloeb.nu, side.forloeb.naeste.afdeling) == (cast.ophold, cast.personale)


@pytest.mark.parametrize("more", [0, 20])
def test_the_page_asks_the_same_questions_however_much_there_is(as_user, cast, django_assert_num_queries, more):
    for number in range(more):
        KalenderperiodeFactory(elev=cast.aase, art=Art.FERIE, periode=period(*[date(2028, 1, 2 + number)] * 2))
    client = as_user(Bruger.objects.get(pk=cast.vejleder.pk))
    with django_assert_num_queries(12):
        page(client, cast.aase)
