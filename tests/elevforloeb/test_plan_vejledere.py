"""All stays without elevvejleder on one page. Today is 2027-10-15."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Pladser, Rolle, Rolletildeling
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold, Udkastaendring, Udkastophold
from elevforloeb.queries.plan import get_draft, load_plan
from elevforloeb.queries.vejledere import lacking_stand
from elevforloeb.services.plan import undo
from elevforloeb.views.elevansvarlig import plan_vejledere
from tests.cast import person
from tests.factories import ElevFactory, HoldFactory, OpholdFactory
from tests.plan_steps import named


@pytest.fixture
def hold(cast):
    """Nobody has an elevvejleder."""
    Ophold.objects.update(elevvejleder=None)
    return cast.aase.hold


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.elevansvarlig)


def address(hold):
    return reverse("plan_vejledere", args=[hold.pk])


def key(elev, afdeling):
    return named(elev, afdeling)["noegle"]


def choices(cast, hold, **more):
    return {"was": lacking_stand(load_plan(hold, get_draft(hold)))} | more


def shown(response):
    return {each.noegle: field.value() for each, field in response.context["form"].raekker}


def test_every_stay_without_is_listed_with_the_one_whose_turn_it_is(client, cast, hold):
    anna = person("Anna Anden", Rolle.ELEVVEJLEDER, cast.oekonomi)
    found = shown(client.get(address(hold)))
    assert len(found) == 4
    assert {found[key(cast.aase, cast.oekonomi)], found[key(cast.bo, cast.oekonomi)]} == {anna.pk, cast.vejleder.pk}


def test_a_stay_that_is_over_is_left_alone(client, cast, hold):
    before = OpholdFactory(elev=ElevFactory(hold=HoldFactory(startdato=date(2026, 9, 1))), afdeling=cast.oekonomi,
                           periode=period(date(2026, 9, 1), date(2026, 12, 31)))  # fmt: skip
    assert shown(client.get(address(before.elev.hold))) == {}


def test_one_button_saves_them_all_as_one_step(client, cast, hold):
    page = client.get(address(hold))
    data = {name: value or "" for name, value in shown(page).items()}
    answer = client.post(address(hold), data | choices(cast, hold))
    assert answer.headers["location"] == reverse("plan", args=[hold.pk])
    assert not Udkastophold.objects.filter(elevvejleder=None).exists()
    step = Udkastaendring.objects.get()
    assert step.tekst == "Elevvejleder valgt til 4 ophold"
    assert "Alle ophold i kladden har en elevvejleder" in client.get(address(hold)).content.decode()
    undo(cast.elevansvarlig, hold=hold, aendring_id=step.pk)
    assert Udkastophold.objects.filter(elevvejleder=None).count() == 4


def test_what_is_left_for_later_is_still_on_the_list(client, cast, hold):
    one = key(cast.aase, cast.oekonomi)
    answer = client.post(address(hold), choices(cast, hold, **{one: cast.vejleder.pk}))
    assert answer.headers["location"] == address(hold)
    assert one not in shown(client.get(address(hold)))


def test_choosing_nobody_is_told(client, cast, hold):
    response = client.post(address(hold), choices(cast, hold))
    assert response.status_code == 422
    assert "Vælg en elevvejleder til mindst ét ophold." in response.content.decode()


def test_somebody_from_another_afdeling_is_refused_and_the_other_choices_are_kept(client, cast, hold):
    wrong, right = key(cast.aase, cast.oekonomi), key(cast.bo, cast.personale)
    data = choices(cast, hold, **{wrong: cast.anden_vejleder.pk, right: cast.anden_vejleder.pk})
    response = client.post(address(hold), data)
    assert response.status_code == 422
    assert shown(response)[right] == str(cast.anden_vejleder.pk)
    assert "Vælg en elevvejleder til Åse Ærlig fra listen" in response.content.decode()
    assert get_draft(hold) is None


def test_who_saves_second_is_told_what_the_other_did_and_keeps_the_choices(client, cast, hold):
    mine, other = key(cast.aase, cast.oekonomi), key(cast.bo, cast.personale)
    stale = choices(cast, hold, **{mine: cast.vejleder.pk})
    client.post(address(hold), choices(cast, hold, **{other: cast.anden_vejleder.pk}))
    response = client.post(address(hold), stale)
    assert response.status_code == 409
    words = "Else Ansvarlig har rettet i kladden, mens du valgte: Elevvejleder valgt til 1 ophold"
    assert words in response.content.decode()
    assert shown(response)[mine] == str(cast.vejleder.pk) and other not in shown(response)
    again = stale | {"was": response.context["form"]["was"].value()}
    assert client.post(address(hold), again).status_code == 302


def test_somebody_who_is_there_in_only_a_part_can_be_chosen_but_is_not_proposed(client, cast, hold):
    Rolletildeling.objects.filter(bruger=cast.vejleder).update(periode=period(date(2027, 1, 1), date(2027, 11, 30)))
    page = client.get(address(hold))
    assert shown(page)[key(cast.aase, cast.oekonomi)] is None
    assert "Vera Vejleder (0 elever i perioden, men kun en del af den)" in page.content.decode()
    assert "Ingen er elevvejleder her i perioden." in page.content.decode()  # Bo's winter in Økonomi


def test_a_long_list_comes_in_pages(client, cast, hold, monkeypatch):
    monkeypatch.setattr(plan_vejledere, "PER_PAGE", 3)
    assert len(shown(client.get(address(hold)))) == 3
    assert len(shown(client.get(address(hold) + "?side=2"))) == 1


def test_the_board_leads_to_the_page(client, cast, hold):
    assert f'href="{address(hold)}">Vælg dem på én side' in client.get(reverse("plan", args=[hold.pk])).content.decode()


def test_the_page_and_the_save_cost_the_same_for_few_and_many(client, cast, hold):
    Pladser.objects.update(antal=99)

    def measure():
        with CaptureQueriesContext(connection) as looking:
            page = client.get(address(hold))
        data = {name: value for name, value in shown(page).items() if value}
        with CaptureQueriesContext(connection) as saving:
            assert client.post(address(hold), data | choices(cast, hold)).status_code == 302
        undo(cast.elevansvarlig, hold=hold, aendring_id=Udkastaendring.objects.first().pk)
        return len(looking), len(saving)

    client.post(address(hold), choices(cast, hold, **{key(cast.aase, cast.oekonomi): cast.vejleder.pk}))
    undo(cast.elevansvarlig, hold=hold, aendring_id=Udkastaendring.objects.get().pk)  # a draft, as the second time
    few = measure()
    draft = get_draft(hold)
    for _ in range(30):
        Udkastophold.objects.create(udkast=draft, elev=ElevFactory(hold=hold), afdeling=cast.oekonomi,
                                    periode=period(date(2027, 9, 1), date(2027, 12, 31)))  # fmt: skip
    assert measure() == few
