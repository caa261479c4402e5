"""A round from draft to end: legal moves, promises that are kept, and the committee."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError
from rekruttering.models import Ansoegning, Runde, Udvalgsmedlem
from rekruttering.queries.runder import get_rundeliste, get_rundeside, new_runde
from rekruttering.services import runde as services
from rekruttering.services.udvalg import set_medlemmer
from tests.factories import TODAY
from tests.offentlig_steps import a_round, at, round_fields
from tests.rekruttering_steps import make_round


def update(cast, runde, **changes):
    runde.refresh_from_db()
    version = services.runde_version(runde)
    fields = {name: getattr(runde, name) for name in round_fields()}
    return services.update_runde(cast.elevansvarlig, runde=runde, version=version, **fields | changes)


def apply(runde, tilstand="ny"):
    sent = {} if tilstand == "kladde" else {"indsendt": now(), "nummer": runde.ansoegninger.count() + 1}
    return Ansoegning.objects.create(runde=runde, formular=uuid4(), tilstand=tilstand, **sent)


def test_of_two_who_publish_at_once_the_later_is_refused(cast):
    mine = a_round(cast, public=False)
    theirs = Runde.objects.get(pk=mine.pk)
    services.publish_runde(cast.elevansvarlig, runde=theirs)
    with pytest.raises(StaleError):
        services.publish_runde(cast.elevansvarlig, runde=mine)


def test_a_draft_cannot_be_closed_and_a_closed_round_not_opened(cast):
    runde = a_round(cast, public=False, aabner=at(-30), frist=at(-2), svar_senest=None)
    with pytest.raises(ValidationError, match="Kladde"):
        services.close_runde(cast.elevansvarlig, runde=runde)
    Runde.objects.filter(pk=runde.pk).update(tilstand="afsluttet", afsluttet=TODAY)
    runde.refresh_from_db()
    with pytest.raises(ValidationError):
        services.withdraw_runde(cast.elevansvarlig, runde=runde)


def test_an_advert_without_words_or_after_its_deadline_is_not_published(cast):
    for changes, words in [
        ({"tekst": " "}, "Skriv opslagets tekst"),
        ({"aabner": at(-9), "frist": at(-2), "svar_senest": None}, "Fristen er gået"),
    ]:
        with pytest.raises(ValidationError, match=words):
            a_round(cast, **changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"frist": at(19)}, "frist"), ({"aabner": at(-9)}, "aabner")],
)
def test_what_a_published_advert_promised_is_kept(cast, changes, field):
    with pytest.raises(ValidationError) as caught:
        update(cast, a_round(cast), **changes)
    assert field in caught.value.error_dict


def test_a_deadline_may_be_put_off_and_the_address_stays(cast):
    runde = update(cast, a_round(cast), frist=at(25), titel="Vi søger flere")
    assert (runde.frist, runde.slug) == (at(25), "kontorelever-2028")


def test_the_address_of_a_draft_follows_its_title_and_is_its_own(cast):
    a_round(cast)
    runde = update(cast, a_round(cast, public=False, titel="Noget"), titel="Kontorelever 2028")
    assert runde.slug == "kontorelever-2028-2"


def test_more_than_six_months_of_keeping_needs_a_reason(cast):
    with pytest.raises(ValidationError, match="mere end seks måneder"):
        a_round(cast, slettes_efter_maaneder=12)
    assert a_round(cast, slettes_efter_maaneder=12, slettefrist_grund="En klagesag").slettes_efter_maaneder == 12


def test_an_advert_is_taken_down_only_while_nobody_has_begun(cast):
    runde = a_round(cast)
    apply(runde, "kladde")
    with pytest.raises(ValidationError, match="begyndt"):
        services.withdraw_runde(cast.elevansvarlig, runde=runde)
    Ansoegning.objects.all().delete()
    services.withdraw_runde(cast.elevansvarlig, runde=runde)
    assert Runde.objects.get().er_kladde


def test_a_round_is_closed_when_its_time_is_up_and_all_have_an_answer(cast):
    runde = a_round(cast)
    waiting = apply(runde)
    with pytest.raises(ValidationError, match="Fristen er først"):
        services.close_runde(cast.elevansvarlig, runde=runde)
    with time_machine.travel(at(60)):
        with pytest.raises(ValidationError, match="1 ansøger har ikke"):
            services.close_runde(cast.elevansvarlig, runde=runde)
        Ansoegning.objects.filter(pk=waiting.pk).update(tilstand="afslag")
        services.close_runde(cast.elevansvarlig, runde=runde)
    runde.refresh_from_db()
    assert runde.afsluttet == TODAY + timedelta(days=60)
    assert runde.slettes == date(2028, 6, 14)


def test_who_comes_back_to_the_committee_declares_anew(cast):
    runde, actor = a_round(cast), cast.elevansvarlig
    set_medlemmer(actor, runde=runde, brugere=[actor, cast.vejleder])
    Udvalgsmedlem.objects.update(erklaeret=now())
    set_medlemmer(actor, runde=runde, brugere=[actor])
    assert {m.bruger for m in get_rundeside(runde).medlemmer} == {actor}
    set_medlemmer(actor, runde=runde, brugere=[actor, cast.vejleder])
    declared = {row.bruger_id for row in Udvalgsmedlem.objects.exclude(erklaeret=None)}
    assert declared == {actor.pk}


def test_a_new_round_begins_with_the_words_of_the_last_and_the_rule_of_keeping(cast):
    a_round(cast, slettes_efter_maaneder=12, slettefrist_grund="Klage")
    first = new_runde()
    assert first["slettes_efter_maaneder"] == 6
    assert first["startdato"] == date(2028, 9, 1)
    assert first["tekst"].startswith("Vi søger")


def test_the_page_of_a_round_says_what_happens_now(cast):
    runde = a_round(cast, public=False)
    assert "Vælg ansættelsesudvalget." in " ".join(get_rundeside(runde).hvad_nu)
    services.publish_runde(cast.elevansvarlig, runde=runde)
    apply(runde)
    assert get_rundeside(runde).uden_svar == 1
    with time_machine.travel(at(30)):
        assert get_rundeside(runde).hvad_nu[0] == "1 ansøger venter på svar."


def test_a_round_is_written_by_the_form_and_a_second_writer_keeps_her_words(cast, as_user):
    client, first = as_user(cast.elevansvarlig), new_runde()
    first |= {"titel": "Vinterens elever", "aabner_kl": "08:00", "frist_kl": "23:59", "tekst": "Kom."}
    client.post(reverse("runde_ny"), first)
    runde = Runde.objects.get()
    assert runde.frist.astimezone(at(0).tzinfo).strftime("%H:%M") == "23:59"
    late = first | {"version": services.runde_version(runde), "tekst": "Min tekst"}
    update(cast, runde, pladser=9)
    response = client.post(reverse("runde_ret", args=[runde.pk]), late)
    assert response.status_code == 409
    assert "Min tekst" in response.content.decode()


def test_the_newest_round_stands_first_in_the_list(cast):
    for year in (2027, 2029, 2028):
        make_round(f"runde-{year}", startdato=date(year, 9, 1))
    assert [each.startdato.year for each in get_rundeliste(cast.elevansvarlig)] == [2029, 2028, 2027]
