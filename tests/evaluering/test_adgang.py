"""Who gets to an evaluation follows the stay in time: every address, whole pages and answers to the script alike."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.models import Ophold
from evaluering.models import Deling
from tests.cast import person
from tests.evaluering_steps import begun, planned, sealed, shared
from tests.house.matrix import MATRIX

LAST_DAY, FIRST_DAY = date(2027, 12, 31), date(2028, 1, 1)  # of Åse's stays in Økonomi and, after it, in Personale
ONE = [name for name in MATRIX if name.startswith("evaluering") and not name.startswith("evalueringer")]
DEPARTMENTS = [name for name in ONE if Rolle.ELEVVEJLEDER in MATRIX[name].roles]


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def statuses(client, user, evaluering, names=DEPARTMENTS) -> set[int]:
    """Of every address, asked for in every way."""
    client.force_login(user)
    found = set()
    for name in names:
        url = reverse(name, args=[evaluering.pk])
        for call in _ways(client, MATRIX[name]):
            for headers in ({}, {"HX-Request": "true"}):
                found.add(call(url, headers=headers).status_code)
    return found


def _ways(client, row) -> list:
    if row.is_file:
        return [client.get]
    return [client.post] if row.post_only else [client.get, client.post]


def test_the_department_gets_in_until_42_days_after_the_stay_and_not_a_day_longer(client, cast, scene):
    evaluering = scene(shared)
    with on(LAST_DAY + timedelta(days=42)):
        assert 404 not in statuses(client, cast.vejleder, evaluering, ["evaluering", "evaluering_underskriv"])
    with on(LAST_DAY + timedelta(days=43)):
        assert statuses(client, cast.vejleder, evaluering) == {404}


def test_the_department_gets_in_from_28_days_before_the_stay_and_not_a_day_sooner(client, cast):
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)  # from 1 January
    evaluering = planned(cast, ophold=stay)
    with on(stay.startdato - timedelta(days=29)):
        assert statuses(client, cast.vejleder, evaluering) == {404}
    with on(stay.startdato - timedelta(days=28)):
        assert 404 not in statuses(client, cast.vejleder, evaluering, ["evaluering", "evaluering_skema"])


def test_the_next_department_never_gets_to_what_was_said_in_this_one(client, cast, scene):
    """Also while it has the elev herself: Anders sees Åse from 4 December, and none of her evaluations in Økonomi."""
    evaluering = scene(sealed)
    with on(FIRST_DAY + timedelta(days=10)):
        assert statuses(client, cast.anden_vejleder, evaluering) == {404}


def test_what_the_elev_shares_is_read_by_the_next_department_and_nothing_else_is_opened(client, cast, scene):
    evaluering = scene(sealed)
    Deling.objects.create(evaluering=evaluering, afdeling=cast.personale)
    with on(FIRST_DAY + timedelta(days=10)):
        client.force_login(cast.anden_vejleder)
        page = client.get(reverse("evaluering", args=[evaluering.pk]))
        assert page.status_code == 200 and "Ord fra elev om" in page.text
        assert "Historik" not in page.text
        closed = set(DEPARTMENTS) - {"evaluering", "evaluering_skema", "evaluering_pdf"}
        assert statuses(client, cast.anden_vejleder, evaluering, closed) <= {404, 302}
        evaluering.delinger.update(trukket=evaluering.forseglet)
        assert statuses(client, cast.anden_vejleder, evaluering) == {404}


def test_a_leder_sees_how_far_it_is_and_no_way_into_it(client, cast, scene):
    evaluering = scene(shared)
    client.force_login(cast.leder)
    page = client.get(reverse("evalueringer")).text
    assert "Slutevaluering" in page and "Samtale" in page
    assert reverse("evaluering", args=[evaluering.pk]) not in page
    assert client.get(reverse("evaluering", args=[evaluering.pk])).status_code == 403


def test_a_leder_who_is_elevvejleder_elsewhere_reads_nothing_of_the_department_she_leads(client, cast, scene):
    evaluering = scene(shared)
    both = person("Tove Begge", Rolle.LEDER, cast.oekonomi)
    both.rolletildelinger.create(rolle=Rolle.ELEVVEJLEDER, afdeling=cast.personale, periode=evaluering.ophold.periode)
    client.force_login(both)
    page = client.get(reverse("evaluering", args=[evaluering.pk]))
    assert "Ord fra" not in page.text
    assert reverse("evaluering", args=[evaluering.pk]) not in client.get(reverse("evalueringer")).text


@pytest.mark.parametrize("who", ["elevansvarlig", "vejleder", "leder"])
def test_nobody_but_its_author_reads_a_draft(who, client, cast, scene):
    evaluering = scene(begun)
    client.force_login(cast.aase.bruger)
    punkt = evaluering.punkter.get(tekst="Hvad er gået godt?")
    data = {f"vist-{punkt.pk}": "0-", f"tekst-{punkt.pk}": "Kun til mig selv"}
    client.post(reverse("evaluering_svar", args=[evaluering.pk]), data)
    assert "Kun til mig selv" in client.get(reverse("evaluering", args=[evaluering.pk])).text
    client.force_login(getattr(cast, who))
    for name in ("evaluering", "evaluering_del", "evaluering_aabn", "evaluering_underskriv", "evaluering_skema"):
        assert "Kun til mig selv" not in client.get(reverse(name, args=[evaluering.pk]), follow=True).text
