"""The pages on which somebody is erased: who stands there, what is asked, and what is said."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from afdelinger.models import Bruger, Udsaettelse
from elevforloeb.core.models import Haendelse, Opslag, Regel
from elevforloeb.core.periods import period
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev
from elevforloeb.queries import sletning as queries
from elevforloeb.queries.sletning import get_sletteliste
from tests.factories import BrugerFactory, ElevFactory, HoldFactory, OpholdFactory, RolletildelingFactory


@pytest.fixture
def client(as_user, cast):
    return as_user(cast.elevansvarlig)


def old_elev(navn: str, year=2022, last=None) -> Elev:
    hold = HoldFactory(startdato=date(year, 9, 1), navn=f"Hold {navn}")
    days = period(date(year, 9, 1), last or date(year + 2, 8, 31))
    return ElevFactory(hold=hold, bruger=BrugerFactory(navn=navn), periode=days)


def names() -> list[list[str]]:
    return [[f.person.navn for f in group] for _, group in get_sletteliste(Bruger.objects.filter(slettet=None)).hold]


# --- who stands on the list ---------------------------------------------------------------------------------------


def test_the_list_has_those_whose_time_is_up_by_hold_and_accounts_last(cast):
    old_elev("Ny Nok", last=date(2025, 10, 15))
    late, early = old_elev("Sen Elev", 2022), old_elev("Tidlig Elev", 2020)
    ElevFactory(hold=late.hold, bruger=BrugerFactory(navn="Stoppet Elev"), stoppet=date(2023, 1, 1))
    RolletildelingFactory(
        bruger=BrugerFactory(navn="Forhenværende"), periode=period(date(2020, 1, 1), date(2026, 10, 1))
    )
    RolletildelingFactory(bruger=BrugerFactory(navn="Nylig"), periode=period(date(2020, 1, 1), date(2026, 11, 1)))
    Bruger.objects.create(navn="Aldrig Brugt", email="a@example.invalid", oprettet="2026-10-01T12:00:00Z")
    assert early.pk and names() == [["Tidlig Elev"], ["Sen Elev", "Stoppet Elev"], ["Aldrig Brugt", "Forhenværende"]]


def test_a_long_list_shows_the_first_and_says_that_more_come(client, cast, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for number in range(3):
        old_elev(f"Elev {number}")
    page = client.get(reverse("sletning")).content.decode()
    assert "Her står de første 2." in page and "Elev 2" not in page


def test_a_new_value_of_the_rule_moves_the_time(cast):
    old_elev("Ny Nok", last=date(2026, 8, 31))
    assert names() == []
    Regel.objects.filter(noegle="slet_elev_maaneder").update(vaerdi=12)
    assert names() == [["Ny Nok"]]


def test_a_former_elev_with_a_role_stands_there_for_the_course_alone(client, cast):
    elev = old_elev("Blev Her")
    RolletildelingFactory(bruger=elev.bruger)
    assert "kun forløbet slettes" in client.get(reverse("sletning")).content.decode()


def test_the_front_page_says_that_somebody_is_due(client, cast):
    def todo():
        return [h.titel for h in client.get(reverse("forside"), {"alle": 1}).context["handling"]]

    assert not any("slettes" in title for title in todo())
    old_elev("Gammel Elev")
    assert "Oplysningerne om 1 person skal slettes" in todo()


def test_the_front_page_counts_those_on_the_list_and_says_since_when(cast):
    old_elev("Ny Nok", last=date(2025, 10, 15))
    old, works_here, put_off = old_elev("Sen Elev"), old_elev("Ansat Nu", 2021), old_elev("Udsat Elev", 2019)
    ElevFactory(hold=old.hold, bruger=BrugerFactory(navn="Stoppet Elev"), stoppet=date(2023, 1, 30))
    RolletildelingFactory(bruger=works_here.bruger, periode=period(date(2024, 1, 1)))
    Udsaettelse.objects.create(bruger=put_off.bruger, til=date(2027, 10, 16), grund="x", sat_af=cast.elevansvarlig)
    Udsaettelse.objects.create(bruger=old.bruger, til=date(2027, 10, 15), grund="x", sat_af=cast.elevansvarlig)
    for last in (date(2026, 10, 1), date(2026, 11, 1), None):
        RolletildelingFactory(bruger=BrugerFactory(), periode=period(date(2020, 1, 1), last))
    Bruger.objects.create(navn="Aldrig Brugt", email="a@example.invalid", oprettet="2026-10-01T12:00:00Z")
    people = Bruger.objects.filter(slettet=None)
    due = queries.overdue(people)
    with connection.cursor() as cursor:
        cursor.execute(*queries.ask_overdue(people, rules()))
        ((*_, since, number),) = cursor.fetchall()
    assert number == len(due) == 5
    assert since == min(queries.Frist(person, date(2027, 10, 15)).forfald for person in due)


def test_the_list_takes_the_same_few_statements_for_many(client, cast, django_assert_num_queries):
    for number in (2, 12):
        for each in range(number):
            old_elev(f"Elev {number} {each}")
        with django_assert_num_queries(9):
            client.get(reverse("sletning"))


# --- erase --------------------------------------------------------------------------------------------------------


def test_nothing_ticked_leads_back_to_the_list_with_what_to_do(client, cast):
    old_elev("Gammel Elev")
    response = client.get(
        reverse("sletning_bekraeft"), {"person": ["x", "99999999", str(cast.bo.bruger_id)]}, follow=True
    )
    assert "Sæt kryds ved mindst én person" in response.content.decode()


def test_the_ticked_are_erased_after_a_yes_and_nobody_else(client, cast):
    one, two, three = (old_elev(name) for name in ("En", "To", "Tre"))
    OpholdFactory.create_batch(1, elev=one, periode=period(date(2022, 9, 1), date(2022, 12, 31)))
    ticked = {"person": [one.bruger_id, two.bruger_id]}
    page = client.get(reverse("sletning_bekraeft"), ticked).content.decode()
    assert "2 elever" in page and "1 ophold" in page and "kan ikke fortrydes" in page and "Tre" not in page
    refused = client.post(reverse("sletning_bekraeft"), ticked)
    assert refused.status_code == 422 and Elev.objects.filter(pk=one.pk).exists()
    done = client.post(reverse("sletning_bekraeft"), ticked | {"ja": "on"}, follow=True)
    assert "Oplysningerne om 2 personer er slettet" in done.content.decode()
    assert set(Elev.objects.filter(pk__in=[one.pk, two.pk, three.pk])) == {three}


def test_one_person_before_the_time_needs_a_reason(client, cast):
    elev = old_elev("Ung Elev", 2024)
    url = reverse("sletning_person", args=[elev.bruger_id])
    assert "Fristen er ikke nået" in client.get(url).content.decode()
    response = client.post(url, {"ja": "on"})
    assert response.status_code == 422 and "Hvorfor skal det slettes nu?" in response.content.decode()
    response = client.post(url, {"ja": "on", "grund": "oensket"}, follow=True)
    assert "Oplysningerne er slettet" in response.content.decode() and "Ung Elev" not in response.content.decode()
    assert not Elev.objects.filter(pk=elev.pk).exists()


def test_who_is_employed_cannot_be_erased_and_the_page_says_why(client, cast):
    url = reverse("sletning_person", args=[cast.bo.bruger_id])
    assert "Eleven er stadig ansat" in client.get(url).content.decode()
    assert client.post(url, {"ja": "on", "grund": "fejl"}).status_code == 422
    assert Elev.objects.filter(pk=cast.bo.pk).exists()


def test_the_erased_are_gone_from_lists_pages_and_search(client, cast):
    elev = old_elev("Kanariefugl Sisken")
    client.get(reverse("sletning_person", args=[elev.bruger_id]))
    client.post(reverse("sletning_person", args=[elev.bruger_id]), {"ja": "on"})
    for name in ("sletning_person", "sletning_udsaet", "bruger"):
        assert client.get(reverse(name, args=[elev.bruger_id])).status_code == 404
    for url in (reverse("brugere") + "?status=alle", reverse("soeg") + "?q=slettet+person"):
        assert "Slettet person" not in client.get(url).content.decode()
    logs = [client.get(reverse(name)).content.decode() for name in ("haendelser", "opslag")]
    assert "Kanariefugl" not in "".join(logs) and "Slettet person" in logs[1]


def test_each_page_about_a_person_is_written_in_the_log(client, cast):
    elev = old_elev("Gammel Elev")
    for name in ("sletning_person", "sletning_udsaet"):
        client.get(reverse(name, args=[elev.bruger_id]))
    client.get(reverse("sletning"))
    assert list(Opslag.objects.order_by("pk").values_list("side", "person")) == [
        ("sletning_person", elev.bruger_id),
        ("sletning_udsaet", elev.bruger_id),
        ("sletning", None),
    ]


# --- put off ------------------------------------------------------------------------------------------------------


def test_a_complaint_puts_the_erasure_off_until_it_is_lifted(client, cast):
    elev = old_elev("Klagende Elev")
    url = reverse("sletning_udsaet", args=[elev.bruger_id])
    assert client.post(url, {"til": "2027-10-15", "grund": "klage"}).status_code == 422
    client.post(url, {"til": "2028-03-01", "grund": "klage er ikke afgjort"})
    page = client.get(reverse("sletning")).content.decode()
    assert names() == [] and "Til 1. marts 2028: klage er ikke afgjort" in page
    assert "Ophæv udsættelsen" in client.get(reverse("sletning_person", args=[elev.bruger_id])).content.decode()
    client.post(url, {"til": "2028-06-01", "grund": "anket"})
    assert Udsaettelse.objects.get().til == date(2028, 6, 1)
    for _ in range(2):
        client.post(reverse("sletning_ophaev", args=[elev.bruger_id]))
    assert names() == [["Klagende Elev"]]
    assert Haendelse.objects.filter(handling="sletning.ophaevet").count() == 1


def test_the_links_stand_on_the_persons_pages_for_those_who_may(client, cast, as_user):
    url = reverse("sletning_person", args=[cast.bo.bruger_id])
    assert url in client.get(reverse("elev", args=[cast.bo.pk])).content.decode()
    assert url in client.get(reverse("bruger", args=[cast.bo.bruger_id])).content.decode()
    client = as_user(cast.administrator)
    assert url not in client.get(reverse("bruger", args=[cast.bo.bruger_id])).content.decode()
