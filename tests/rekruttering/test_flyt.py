"""Moves on the board, and the duties of the law that stand in their way."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.core import outbox
from elevforloeb.core.dates import today
from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Partshoering
from rekruttering.queries.samtaler import free_times
from rekruttering.services import breve, flyt, sag
from rekruttering.services.flyt import check_offer, place, place_one
from rekruttering.services.samtaler import book, cancel, invite
from rekruttering.services.udvalg import declare
from tests.rekruttering_steps import applied, assess, interviewed, make_round, offered, seat, times


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def medlem(cast, runde, ida):
    return seat(cast.elevansvarlig, runde)


def put(cast, ansoegning, to):
    ansoegning.refresh_from_db()
    place_one(cast.elevansvarlig, ansoegning=ansoegning, to=to)
    ansoegning.refresh_from_db()


@pytest.mark.parametrize("to", ["samtale", "afslag"])
def test_nobody_is_chosen_or_refused_unread(cast, medlem, ida, to):
    with pytest.raises(ValidationError, match=f"Mangler bedømmelse fra {cast.elevansvarlig.navn}"):
        put(cast, ida, to)
    assess(medlem, ida)
    put(cast, ida, to)
    assert ida.tilstand == to


def test_a_round_without_a_committee_decides_nothing(cast, runde, ida):
    """Nobody has handed in, so nobody is missing: that must not count as read."""
    with pytest.raises(ValidationError, match="Ingen har bedømt"):
        put(cast, ida, "afslag")


def test_fortrinsadgang_leads_to_an_interview_before_a_refusal(cast, medlem, runde):
    applicant = applied(runde, "Fie", fortrinsadgang=True)
    assess(medlem, applicant, "ikke")
    with pytest.raises(ValidationError, match="skal til samtale"):
        put(cast, applicant, "afslag")
    put(cast, applicant, "samtale")
    put(cast, applicant, "afslag")


def test_the_places_wait_for_statement_and_dialogue(cast, medlem, runde, ida):
    applicant = applied(runde, "Fie", fortrinsadgang=True)
    with pytest.raises(ValidationError, match="Ansøger 2 bruger fortrinsadgang"):
        check_offer(ida)
    check_offer(applicant)  # she may have the place herself
    done = {"redegoerelse_sendt": date(2027, 10, 11), "dialog_holdt": None, "note": ""}
    sag.save_fortrinssag(cast.elevansvarlig, ansoegning=applicant, **done)
    with pytest.raises(ValidationError):
        check_offer(ida)
    sag.save_fortrinssag(cast.elevansvarlig, ansoegning=applicant, **done | {"dialog_holdt": date(2027, 10, 14)})
    check_offer(ida)


def test_of_two_who_move_the_same_applicant_one_is_refused(cast, medlem, ida):
    assess(medlem, ida)
    first, second = (Ansoegning.objects.get(pk=ida.pk) for _ in range(2))
    place_one(cast.elevansvarlig, ansoegning=first, to="samtale")
    with pytest.raises(ValidationError, match="Til samtale"):
        place_one(cast.elevansvarlig, ansoegning=second, to="samtale")


def test_many_are_moved_at_once_and_those_who_cannot_stay(cast, medlem, runde, ida):
    unread = applied(runde, "Bo")
    assess(medlem, ida)
    preview = {each.ansoegning.pk: each.kan for each in flyt.judge([ida, unread], "afslag")}
    assert preview == {ida.pk: True, unread.pk: False}
    assert [each.pk for each in place(cast.elevansvarlig, ansoegninger=[ida, unread], to="afslag")] == [ida.pk]


def test_who_has_an_offer_is_not_moved_past_it(cast, medlem, ida):
    """She could say yes to it afterwards."""
    offered(medlem, ida)
    for to in ("samtale", "venteliste", "afslag"):
        with pytest.raises(ValidationError, match="Har et tilbud"):
            put(cast, ida, to)


def test_an_agreed_interview_is_cancelled_before_its_applicant_is_moved(cast, medlem, runde, ida):
    times(cast.elevansvarlig, runde)
    (samtale,) = invite(cast.elevansvarlig, ansoegninger=[interviewed(medlem, ida)], nr=1)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    with pytest.raises(ValidationError, match="Har en samtale aftalt"):
        put(cast, ida, "afslag")
    cancel(cast.elevansvarlig, samtale=samtale)
    put(cast, ida, "afslag")


# --- undo --------------------------------------------------------------------------------------------------------


def test_a_move_is_undone_as_if_it_had_not_been(cast, medlem, ida):
    assess(medlem, ida)
    since = ida.tilstand_siden
    moved = place_one(cast.elevansvarlig, ansoegning=ida, to="afslag")
    assert flyt.undo(cast.elevansvarlig, flytninger=[moved]) == [ida]
    ida.refresh_from_db()
    assert (ida.tilstand, ida.tilstand_siden) == ("vurderes", since)
    assert flyt.undo(cast.elevansvarlig, flytninger=[moved]) == []


def test_what_something_has_followed_from_is_not_undone(cast, medlem, runde, ida):
    bo = applied(runde, "Bo")
    declare(cast.elevansvarlig, medlem=medlem, asked=[bo], partial=[])
    for each in (ida, bo):
        assess(medlem, each)
    refused = place_one(cast.elevansvarlig, ansoegning=ida, to="afslag")
    called = place_one(cast.elevansvarlig, ansoegning=bo, to="samtale")
    breve.send(cast.elevansvarlig, runde=runde, ansoegninger=[ida], emne="Svar", tekst="Kære {fornavn}")
    bo.refresh_from_db()
    invite(cast.elevansvarlig, ansoegninger=[bo], nr=1)
    assert flyt.undo(cast.elevansvarlig, flytninger=[refused, called]) == []


# --- references and hearings ---------------------------------------------------------------------------------------


def consent(cast, ida, **more):
    said = {"hvem": "Leder i Butikken", "samtykke": date(2027, 10, 14), "samtykke_hvordan": "ved samtalen"}
    return sag.add_reference(cast.elevansvarlig, ansoegning=ida, **said | more)


def test_a_reference_needs_a_consent_that_came_first(cast, medlem, ida):
    with pytest.raises(ValidationError, match="fremtiden"):
        consent(cast, ida, samtykke=date(2027, 10, 16))
    row = consent(cast, ida)
    with pytest.raises(ValidationError, match="først indhentes"):
        sag.write_reference(
            cast.elevansvarlig, reference=row, indhentet=date(2027, 10, 13), tekst="Godt", negativ=False
        )


def test_a_negative_reference_is_put_to_the_applicant_before_a_refusal(cast, medlem, ida):
    assess(medlem, ida)
    put(cast, ida, "samtale")
    row = consent(cast, ida)
    said = {"indhentet": today(), "tekst": "Kom ofte for sent", "negativ": True}
    sag.write_reference(cast.elevansvarlig, reference=row, **said)
    with pytest.raises(ValidationError, match="partshøring"):
        put(cast, ida, "afslag")
    hearing = Partshoering.objects.get(reference=row)
    frist = today() + timedelta(days=7)
    sag.send_hearing(cast.elevansvarlig, partshoering=hearing, oplysning=hearing.oplysning, frist=frist)
    with pytest.raises(ValidationError, match="partshøring"):
        put(cast, ida, "afslag")
    sag.answer_hearing(partshoering=hearing, svar="Bussen kørte ikke.")
    put(cast, ida, "afslag")


def test_the_mail_of_a_hearing_says_nothing_of_what_it_is_about(cast, medlem, ida, settings):
    settings.MAIL_MODE = "demo"
    hearing = sag.open_hearing(cast.elevansvarlig, ansoegning=ida, oplysning="Kom ofte for sent")
    frist = today() + timedelta(days=7)
    sag.send_hearing(cast.elevansvarlig, partshoering=hearing, oplysning=hearing.oplysning, frist=frist)
    outbox.sweep()
    mail = Mail.objects.get()
    assert mail.adresse == "ida@example.invalid" and "sent" not in mail.brev["tekst"].replace("senest", "")


def test_a_hearing_is_answered_once(cast, medlem, ida):
    hearing = sag.open_hearing(cast.elevansvarlig, ansoegning=ida, oplysning="Noget")
    with pytest.raises(ValidationError):
        sag.answer_hearing(partshoering=hearing, svar="Ikke sendt endnu")
    frist = today() + timedelta(days=7)
    sag.send_hearing(cast.elevansvarlig, partshoering=hearing, oplysning="Noget", frist=frist)
    for _ in range(2):  # a double click
        sag.answer_hearing(partshoering=hearing, svar="Mit svar")
    with pytest.raises(ValidationError, match="besvaret"):
        sag.answer_hearing(partshoering=hearing, svar="Et andet svar")
