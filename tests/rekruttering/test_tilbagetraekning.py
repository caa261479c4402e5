"""An applicant tells us by phone or mail that she withdraws."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core import letters
from elevforloeb.core.dates import today
from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Runde, Samtale, Tilbagetraekning
from rekruttering.queries.samtaler import free_times
from rekruttering.services import samtaler
from rekruttering.services.ansoegning import withdraw
from rekruttering.services.tilbagetraekning import register, undo
from tests.rekruttering_steps import applied, interviewed, make_round, offered, seat, times


@pytest.fixture
def runde(cast):
    return make_round(pladser=1)


@pytest.fixture
def ida(runde):
    return applied(runde, kontakt_igen=today() + timedelta(days=90))


@pytest.fixture
def medlem(cast, ida, runde):
    applied(runde, "Bo")
    return seat(cast.elevansvarlig, runde)


@pytest.fixture
def phoned(cast, ida, medlem):
    return register(cast.elevansvarlig, ansoegning=ida, dag=today(), maade="telefon")


def as_now(ansoegning) -> Ansoegning:
    return Ansoegning.objects.get(pk=ansoegning.pk)


def test_it_is_written_in_with_who_when_and_how_and_receipted_once(cast, ida, medlem, as_user):
    client, url = as_user(cast.elevansvarlig), reverse("tilbagetraekning", args=[ida.pk])
    for _ in range(2):  # a double click
        assert client.post(url, {"dag": today().isoformat(), "maade": "telefon"}).status_code == 302
    row = Tilbagetraekning.objects.get()
    assert (row.bruger, row.dag, row.fra) == (cast.elevansvarlig, today(), "ny")
    assert as_now(ida).tilstand == "trukket"
    step = ida.skridt.get(art="tilstand-trukket")
    assert step.tekst == "Ansøgeren trak sig pr. telefon 15. oktober 2027." and step.bruger == cast.elevansvarlig
    letter = letters.write(Mail.objects.get(skabelon="tilbagetraekning"))
    assert "pr. telefon 15. oktober 2027" in letter.tekst and "Ida" not in letter.emne
    assert "Trak sig pr. telefon" in client.get(reverse("ansoeger", args=[ida.pk])).content.decode()


def test_the_day_is_between_the_application_and_today(cast, ida, medlem):
    for wrong in (today() + timedelta(days=1), today() - timedelta(days=2)):
        with pytest.raises(ValidationError, match="ikke i fremtiden"):
            register(cast.elevansvarlig, ansoegning=ida, dag=wrong, maade="mail")
    assert as_now(ida).tilstand == "ny"


def test_who_has_withdrawn_by_herself_is_not_written_in_again(cast, ida, medlem):
    withdraw(ansoegning=ida)
    with pytest.raises(ValidationError, match="allerede"):
        register(cast.elevansvarlig, ansoegning=ida, dag=today(), maade="mail")


def test_undone_at_once_nobody_hears_of_it_and_all_is_as_before(cast, ida, phoned):
    for _ in range(2):
        undo(cast.elevansvarlig, ansoegning=ida)
    found = as_now(ida)
    assert (found.tilstand, found.tilstand_siden, found.kontakt_igen) == ("ny", ida.tilstand_siden, ida.kontakt_igen)
    assert Mail.objects.get(skabelon__startswith="tilbagetraekning").status == Mail.Status.ANNULLERET
    assert ida.skridt.filter(art="tilbagetraekning-fortrudt").count() == 1
    again = register(cast.elevansvarlig, ansoegning=ida, dag=today(), maade="mail")
    assert letters.write(Mail.objects.get(data__tilbagetraekning=again.pk))


def test_who_has_had_the_receipt_is_told_that_it_was_wrong(cast, ida, phoned):
    Mail.objects.filter(skabelon="tilbagetraekning").update(status=Mail.Status.SENDT)
    undo(cast.elevansvarlig, ansoegning=ida)
    told = Mail.objects.get(skabelon="tilbagetraekning_fortrudt")
    assert "fejl" in letters.write(told).tekst
    withdraw(ansoegning=as_now(ida))
    assert letters.write(told) is None


def test_an_interview_is_cancelled_by_us_and_its_time_is_free(cast, runde, ida, medlem):
    interviewed(medlem, ida)
    times(cast.elevansvarlig, runde)
    (samtale,) = samtaler.invite(cast.elevansvarlig, ansoegninger=[ida], nr=1)
    samtaler.book(None, samtale=samtale, tid=free_times(runde, 1)[0])
    register(cast.elevansvarlig, ansoegning=as_now(ida), dag=today(), maade="samtale")
    assert Samtale.objects.get().tilstand == "aflyst" and len(free_times(runde, 1)) == 3
    assert ida.skridt.get(art="samtale-aflyst").bruger == cast.elevansvarlig
    undo(cast.elevansvarlig, ansoegning=ida)
    samtaler.invite_again(cast.elevansvarlig, samtale=Samtale.objects.get())


def test_a_place_that_is_offered_to_another_cannot_be_had_back(cast, ida, medlem):
    offered(medlem, ida)
    register(cast.elevansvarlig, ansoegning=ida, dag=today(), maade="telefon")
    offered(medlem, Ansoegning.objects.get(fornavn="Bo"))
    with pytest.raises(ValidationError, match="tilbudt en anden"):
        undo(cast.elevansvarlig, ansoegning=ida)
    assert as_now(ida).tilstand == "trukket"


def test_an_offer_stands_again_when_it_was_a_mistake(cast, ida, medlem):
    tilbud = offered(medlem, ida)
    register(cast.elevansvarlig, ansoegning=ida, dag=today(), maade="telefon")
    undo(cast.elevansvarlig, ansoegning=ida)
    tilbud.refresh_from_db()
    assert as_now(ida).tilstand == "tilbud" and tilbud.er_aabent


def test_it_cannot_be_undone_when_the_round_is_closed(cast, runde, ida, phoned, as_user):
    Runde.objects.filter(pk=runde.pk).update(tilstand="afsluttet", afsluttet=today())
    client = as_user(cast.elevansvarlig)
    response = client.post(reverse("tilbagetraekning_fortryd", args=[ida.pk]), follow=True)
    assert "Runden er afsluttet" in response.content.decode() and as_now(ida).tilstand == "trukket"
