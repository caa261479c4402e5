"""What is forgotten by itself: run twice, late and beside itself, it takes what is too old and nothing else."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from afdelinger.models import Bruger, Udsaettelse
from elevforloeb.core.dates import midnight
from elevforloeb.core.models import Haendelse, Mail, Opslag, Regel
from elevforloeb.project import opbevaring, tasks
from tests.factories import BrugerFactory, ElevFactory, HoldFactory, MailFactory

LONG_AGO = midnight(date(2015, 1, 1))


def run():
    tasks.run_alone(opbevaring.forget_what_is_old)


def old_rows(cast, number=1):
    for _ in range(number):
        Opslag.objects.create(bruger=cast.vejleder, person=cast.aase.bruger, art="vis", side="elev", tid=LONG_AGO)
        Haendelse.objects.create(bruger=cast.vejleder, handling="x", objekttype="x", tekst="gammel", tid=LONG_AGO)
        MailFactory(status="sendt", oprettet=LONG_AGO)


def test_what_is_too_old_goes_and_the_rest_stays_also_the_second_time(cast):
    kept = Haendelse.objects.count()
    mail, waiting = MailFactory(status="sendt"), MailFactory(status="venter", oprettet=LONG_AGO)
    young = Opslag.objects.create(bruger=cast.vejleder, person=cast.aase.bruger, art="vis", side="elev")
    old_rows(cast, 3)
    for _ in range(2):
        run()
        assert list(Opslag.objects.all()) == [young]
        assert Haendelse.objects.count() == kept
        assert set(Mail.objects.all()) == {mail, waiting}


def test_a_large_pile_goes_in_portions(cast, monkeypatch):
    monkeypatch.setattr(opbevaring, "ROWS", 2)
    old_rows(cast, 3)
    run()
    assert (Opslag.objects.count(), Mail.objects.count()) == (1, 1)
    run()
    assert (Opslag.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_mail_file_goes_with_its_mail(cast, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MAIL_DIR = tmp_path
    for _, oprettet in (("old", LONG_AGO), ("new", timezone.now())):
        mail = MailFactory(status="sendt", oprettet=oprettet)
        (tmp_path / f"{mail.message_id.strip('<>')}.eml").write_text("Kære")
    with django_capture_on_commit_callbacks(execute=True):
        run()
    assert [path.stem for path in tmp_path.iterdir()] == [mail.message_id.strip("<>")]


def test_log_ins_that_are_over_go(cast, as_user, client):
    client.force_login(cast.vejleder)
    key = client.session.session_key
    for each in (key, "overstaaet"):
        UserSession.objects.create(user=cast.vejleder, session_key=each, ip="127.0.0.1", user_agent="x")
    Session.objects.create(session_key="udloebet", session_data="x", expire_date=timezone.now() - timedelta(days=1))
    run()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [key]
    assert list(Session.objects.values_list("session_key", flat=True)) == [key]


@pytest.fixture
def overdue(cast) -> Bruger:
    hold = HoldFactory(startdato=date(2022, 9, 1))
    return ElevFactory(hold=hold, bruger=BrugerFactory(navn="Kanariefugl Sisken")).bruger


def let_it_erase():
    Regel.objects.filter(noegle="slet_af_sig_selv").update(vaerdi=1)


def test_people_are_not_erased_before_a_rule_says_so(overdue):
    run()
    assert not Bruger.objects.exclude(slettet=None).exists()


def test_with_the_rule_those_whose_time_is_up_are_erased_by_nobody(overdue, cast):
    let_it_erase()
    for _ in range(2):
        run()
        assert list(Bruger.objects.exclude(slettet=None)) == [overdue]
    assert Haendelse.objects.get(handling="person.slettet").bruger is None


def test_who_is_put_off_waits_until_the_day(overdue, cast):
    let_it_erase()
    row = Udsaettelse.objects.create(bruger=overdue, til=date(2027, 10, 16), grund="klage", sat_af=cast.elevansvarlig)
    run()
    assert not Bruger.objects.exclude(slettet=None).exists()
    Udsaettelse.objects.filter(pk=row.pk).update(til=date(2027, 10, 15))
    run()
    assert Bruger.objects.exclude(slettet=None).get() == overdue


def test_a_service_that_fails_for_one_says_which_account_and_no_name(overdue, cast, monkeypatch, caplog):
    let_it_erase()

    def refuse(actor, *, person, **more):
        raise opbevaring.ValidationError("Sletningen er udsat.")

    monkeypatch.setattr(opbevaring, "erase_person", refuse)
    run()
    assert str(overdue.pk) in caplog.text and "Kanariefugl" not in caplog.text


@pytest.mark.parametrize("months", [0, 1_000_000])
def test_no_length_of_a_rule_stops_the_service(cast, months, caplog):
    Regel.objects.filter(noegle__startswith="slet_").exclude(noegle="slet_af_sig_selv").update(vaerdi=months)
    old_rows(cast)
    run()
    assert "failed" not in caplog.text
    assert Mail.objects.exists() == (months > 0)
