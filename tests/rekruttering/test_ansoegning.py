"""The applicant's acts: begin, save, send once, correct and withdraw, to the minute of the deadline."""

import threading
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Haendelse, Mail
from rekruttering.forms.ansoegning import step_form
from rekruttering.models import Ansoegning, Oplysningstekst
from rekruttering.queries.ansoegning import export, shown, status_of_application, step_version, what_is_missing
from rekruttering.services.ansoegning import begin, correct, new_link, save_draft, send, withdraw
from rekruttering.services.tilstand import move
from rekruttering.trin import MOTIVATION, OM_DIG, SKEMAER
from tests.ansoeger_steps import ANSWERS, attach, begun, deliver, filled, moment, open_round, save, sent
from tests.factories import BrugerFactory, add_rules

T = Ansoegning.Tilstand


@pytest.fixture
def runde(db):
    add_rules()
    return open_round()


# --- What is asked ---

ASKED = {
    "fornavn", "efternavn", "email", "telefon", "fortrinsadgang", "adgangsvej", "skole", "faerdig_maaned",
    "faerdig_aar", "uddannelse_note", "motivation", "erfaring", "hoert",
}  # fmt: skip


def test_nothing_is_asked_that_an_employer_must_not_ask(runde):
    draft = begun(runde)
    forms = [step_form(trin, draft) for trin in SKEMAER.values()]
    assert {name for form in forms for name in form.fields} == ASKED | {"version"}
    labels = " ".join(str(field.label).lower() for form in forms for field in form.fields.values())
    for word in ("alder", "født", "fødsel", "cpr", "køn", "foto", "billede", "helbred", "sygdom", "gravid"):
        assert word not in labels


# --- Begin and save ---


def test_the_same_form_sent_twice_begins_one_application(runde):
    formular = uuid4()
    assert begin(runde=runde, formular=formular) == begin(runde=runde, formular=formular)
    assert Ansoegning.objects.count() == 1


def test_a_draft_keeps_what_is_not_valid_yet_as_it_was_typed(runde):
    draft = begun(runde)
    data = {"fornavn": "Signe", "email": "signe@", "version": step_version(draft, OM_DIG)}
    form = step_form(OM_DIG, draft, data)
    assert not form.is_valid()
    saved = save_draft(ansoegning=draft, trin=OM_DIG, valid=form.valid(), typed=form.typed(), version=form.version)
    saved.refresh_from_db()
    assert (saved.fornavn, saved.email, saved.skrevet) == ("Signe", "", {"email": "signe@"})
    assert shown(saved, OM_DIG)["email"] == "signe@"
    assert "Ret “E-mail”" in [each.tekst for each in what_is_missing(saved)]


def test_a_text_that_is_far_too_long_or_holds_a_nul_is_kept_and_not_a_fault(runde):
    draft = begun(runde)
    data = {"motivation": "å" * 30_000 + "\x00", "version": step_version(draft, MOTIVATION)}
    form = step_form(MOTIVATION, draft, data)
    form.is_valid()
    saved = save_draft(ansoegning=draft, trin=MOTIVATION, valid=form.valid(), typed=form.typed(), version=form.version)
    assert len(saved.skrevet["motivation"]) == 20_000


def test_of_two_devices_the_later_is_told_and_the_first_loses_nothing(runde):
    draft = begun(runde)
    opened = step_version(draft, MOTIVATION)
    phone = ANSWERS["motivation"] | {"motivation": "Fra telefonen"}
    save_draft(ansoegning=draft, trin=MOTIVATION, valid=phone, typed={}, version=opened)
    with pytest.raises(StaleError):
        save_draft(ansoegning=draft, trin=MOTIVATION, valid=ANSWERS["motivation"], typed={}, version=opened)
    draft.refresh_from_db()
    assert draft.motivation == "Fra telefonen"


def test_two_devices_on_different_steps_do_not_meet(runde):
    draft = begun(runde)
    opened = step_version(draft, MOTIVATION)
    save(draft, "om-dig")
    save_draft(ansoegning=draft, trin=MOTIVATION, valid=ANSWERS["motivation"], typed={}, version=opened)
    draft.refresh_from_db()
    assert draft.fornavn and draft.motivation


def test_the_same_answers_sent_once_more_are_no_conflict(runde):
    draft = begun(runde)
    opened = step_version(draft, MOTIVATION)
    for _ in range(2):
        save_draft(ansoegning=draft, trin=MOTIVATION, valid=ANSWERS["motivation"], typed={}, version=opened)


def test_one_must_be_done_with_school_before_the_place_begins(runde):
    form = step_form(SKEMAER["uddannelse"], begun(runde), {"faerdig_maaned": "10", "faerdig_aar": "2028"})
    form.is_valid()
    assert "1. september 2028" in form.errors["faerdig_aar"][0]
    assert form.typed()["faerdig_aar"] == "2028"


# --- Send ---


def test_what_is_missing_is_named_and_nothing_is_sent(runde):
    draft = save(begun(runde), "om-dig", email="")
    with pytest.raises(ValidationError) as problem:
        deliver(draft)
    assert "Skriv din e-mail" in problem.value.messages
    draft.refresh_from_db()
    assert draft.er_kladde and draft.nummer is None and not Mail.objects.exists()


def test_a_sent_application_has_number_text_receipt_and_a_line_in_its_case(runde):
    found = sent(runde)
    found.refresh_from_db()
    assert (found.tilstand, found.nummer, found.oplysningstekst) == (T.NY, 1, Oplysningstekst.objects.get())
    assert [step.tekst for step in found.skridt.all()] == ["Ansøgning modtaget."]
    assert Mail.objects.get().noegle == f"ansoegning:{found.pk}:kvittering"
    assert sent(runde, email="anden@example.invalid").nummer == 2


def test_the_history_knows_a_number_and_no_name(runde):
    sent(runde)
    line = Haendelse.objects.get(handling="ansoegning.tilstand-ny")
    assert line.tekst.startswith("Ansøger 1") and "Signe" not in f"{line.tekst}{line.data}"


def test_sent_twice_is_sent_once(runde):
    draft = filled(runde)
    first = deliver(draft)
    again = send(ansoegning=draft, version=draft.version, oplysningstekst=None, kontakt=True)
    assert (first.nummer, again.nummer, Mail.objects.count()) == (1, 1, 1)


def test_what_was_changed_on_another_device_must_be_looked_through_before_it_is_sent(runde):
    draft = filled(runde)
    save(draft, "motivation", motivation="Noget andet")
    with pytest.raises(StaleError):
        send(ansoegning=draft, version=draft.version, oplysningstekst=None, kontakt=False)


@pytest.mark.django_db(transaction=True)
def test_eight_who_send_at_once_get_eight_numbers_in_a_row(request):
    add_rules()
    runde = open_round()
    drafts = [filled(runde, email=f"nr{n}@example.invalid") for n in range(8)]
    start, failed = threading.Barrier(8), []

    def post(draft):
        try:
            start.wait()
            deliver(draft)
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(Ansoegning.objects.values_list("nummer", flat=True)) == list(range(1, 9))


# --- The deadline: 15 November at 23.59 ---


@pytest.mark.parametrize(
    ("at", "is_open"),
    [(moment(15, 23, 58, 59), True), (moment(15, 23, 59), False), (moment(16, 0, 1), False)],
)
def test_an_application_is_begun_before_the_minute_of_the_deadline_or_not_at_all(runde, at, is_open):
    with time_machine.travel(at, tick=False):
        if is_open:
            assert begun(runde).er_kladde
            return
        with pytest.raises(ValidationError):
            begun(runde)


@pytest.mark.parametrize(
    ("at", "is_taken"),
    [
        (moment(15, 23, 58), True),
        (moment(16, 0, 1), True),
        (moment(16, 0, 8, 59), True),
        (moment(16, 0, 9), False),
        (moment(16, 9), False),
    ],
)
def test_what_was_begun_in_time_can_be_sent_ten_minutes_longer(runde, at, is_taken):
    with time_machine.travel(moment(15, 23, 50), tick=False):
        draft = filled(runde)
    with time_machine.travel(at, tick=False):
        if is_taken:
            assert deliver(draft).nummer == 1
            return
        with pytest.raises(ValidationError, match="Fristen er gået"):
            deliver(draft)


def test_the_deadline_is_danish_time_on_the_night_when_summer_time_ends(db):
    """31 October 2027: 02.30 comes twice in Denmark; the round closes at 03.00, which comes once."""
    add_rules()
    runde = open_round(frist=moment(1, 3).replace(month=10, day=31))
    with time_machine.travel("2027-10-31T01:59:59+00:00", tick=False):
        assert runde.er_aaben
    with time_machine.travel("2027-10-31T02:00:00+00:00", tick=False):
        assert not runde.er_aaben


# --- After it is sent ---


def test_a_correction_is_told_in_the_case_and_must_be_whole(runde):
    found = sent(runde)
    version = step_version(found, OM_DIG)
    correct(ansoegning=found, trin=OM_DIG, valid=ANSWERS["om-dig"] | {"telefon": "12345678"}, version=version)
    found.refresh_from_db()
    assert found.telefon == "12345678"
    assert found.skridt.last().tekst == "Ansøgningen er rettet: Om dig."
    with pytest.raises(StaleError):
        correct(ansoegning=found, trin=OM_DIG, valid=ANSWERS["om-dig"], version=version)


@pytest.mark.parametrize("to", [T.SAMTALE, T.AFSLAG])
def test_nothing_is_corrected_when_the_committee_has_decided(runde, to):
    found = sent(runde)
    move(BrugerFactory(), ansoegning=found, to=to, tekst="Videre")
    with pytest.raises(ValidationError, match="kan ikke rettes mere"):
        correct(ansoegning=found, trin=OM_DIG, valid=ANSWERS["om-dig"], version=step_version(found, OM_DIG))


def test_withdrawn_twice_is_withdrawn_once_and_told_by_mail(runde):
    found = sent(runde)
    for _ in range(2):
        withdraw(ansoegning=found)
    found.refresh_from_db()
    assert found.tilstand == T.TRUKKET
    assert [step.art for step in found.skridt.all()] == ["tilstand-ny", "tilstand-trukket"]
    assert Mail.objects.filter(skabelon="ansoegning_trukket").count() == 1


def test_a_new_link_closes_the_old_one(runde):
    found = sent(runde)
    old = found.noegle
    assert new_link(ansoegning=found).noegle != old
    assert not Ansoegning.objects.filter(noegle=old).exists()


def test_a_refusal_is_not_told_before_its_letter_is_sent(runde):
    found = sent(runde)
    move(BrugerFactory(), ansoegning=found, to=T.AFSLAG, tekst="Behandlet")
    assert status_of_application(found).navn == "Modtaget"
    found.besvaret = moment(20, 9)
    assert status_of_application(found).navn == "Ikke gået videre"


def test_the_copy_holds_all_that_she_gave(runde):
    draft = filled(runde)
    attach(draft)
    copy = export(deliver(draft))
    text = str(copy)
    for answer in ("Signe", "signe@example.invalid", "Sundby Handelsskole", "EUX Business", "Kasse i en butik."):
        assert answer in text
    assert copy["bilag"][0]["navn"] == "bevis.jpg" and copy["sagens gang"][0]["hvad"] == "Ansøgning modtaget."
