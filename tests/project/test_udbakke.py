"""The pages of the outbox and of the demo's mailbox."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core import heartbeat
from elevforloeb.core.models import Mail, Opslag
from elevforloeb.project.management.commands import udbakke
from tests.factories import BrugerFactory, MailFactory

S = Mail.Status


@pytest.fixture
def page(as_user, cast):
    client = as_user(cast.elevansvarlig)
    return lambda **filters: client.get(reverse("udbakke"), filters)


def test_the_page_counts_each_status_and_says_what_the_mode_does(page):
    MailFactory.create_batch(2, status=S.FEJLET)
    response = page()
    assert ("fejlet", "Fejlet", 2) in response.context["tilstand"].antal
    assert "til udsendelsen slås til" in response.content.decode()


def test_the_list_is_filtered_by_status_and_by_recipient(page):
    MailFactory(status=S.SENDT, modtager=BrugerFactory(navn="Åse Ø"))
    MailFactory(status=S.SENDT)
    MailFactory(status=S.FEJLET, modtager=BrugerFactory(navn="Aase B"))
    assert len(page(status="sendt").context["side"]) == 2
    assert len(page(q="aase").context["side"]) == 2
    assert len(page(q="aase", status="fejlet").context["side"]) == 1


@pytest.mark.parametrize("filters", [{"status": "findes_ikke"}, {"side": "x"}, {"q": "x" * 5000}])
def test_a_filter_that_makes_no_sense_shows_the_list(page, filters):
    MailFactory()
    response = page(**filters)
    assert response.status_code == 200 and len(response.context["side"]) == 1


def test_the_oldest_due_mail_is_shown_and_one_in_the_future_is_not(page):
    assert page().context["tilstand"].aeldste is None
    MailFactory(forfald=timezone.now() + timedelta(days=1))
    assert page().context["tilstand"].aeldste is None
    since = timezone.now() - timedelta(hours=1)
    MailFactory(forfald=since)
    MailFactory(forfald=since + timedelta(minutes=1))
    assert page().context["tilstand"].aeldste == since


def test_three_and_three_hundred_mails_take_the_same_few_queries(page, django_assert_num_queries):
    for number in (3, 297):
        MailFactory.create_batch(number, status=S.FEJLET)
        with django_assert_num_queries(8):
            page()


def test_looking_at_the_list_is_logged_once(page, cast):
    page(q="åse")
    row = Opslag.objects.get()
    assert (row.bruger, row.side, row.soegetekst) == (cast.elevansvarlig, "udbakke", "åse")


def test_try_again_puts_a_failed_mail_back_in_the_queue(as_user, cast):
    client = as_user(cast.administrator)
    mail = MailFactory(status=S.FEJLET, forsoeg=75)
    assert "Prøv igen" in client.get(reverse("udbakke")).content.decode()
    response = client.post(reverse("udbakke_proev_igen", args=[mail.pk]), follow=True)
    assert "bliver prøvet igen" in response.content.decode()
    mail.refresh_from_db()
    assert (mail.status, mail.forsoeg) == (S.VENTER, 0)


def test_try_again_on_a_mail_that_was_sent_meanwhile_says_so(as_user, cast):
    mail = MailFactory(status=S.SENDT)
    response = as_user(cast.elevansvarlig).post(reverse("udbakke_proev_igen", args=[mail.pk]), follow=True)
    assert "ikke længere fejlet" in response.content.decode()


def test_try_again_is_a_post(as_user, cast):
    mail = MailFactory(status=S.FEJLET)
    assert as_user(cast.elevansvarlig).get(reverse("udbakke_proev_igen", args=[mail.pk])).status_code == 405


# --- The demo's mailbox ---


@pytest.fixture
def letter(db):
    brev = {"emne": "Hej", "tekst": "Se <b>planen</b>.\n\nTak.", "url": "/plan/1/", "knap": "Se planen"}
    return MailFactory(status=S.SENDT, brev=brev, emne="Hej", sendt=timezone.now())


def test_the_mailbox_is_there_in_the_demo_alone(client, letter, settings):
    settings.DEMO = False
    for url in (reverse("postkasse"), reverse("postkasse_mail", args=[letter.pk])):
        assert client.get(url).status_code == 404


def test_in_the_demo_everybody_can_read_a_letter_and_follow_its_link(client, letter, settings):
    settings.DEMO = True
    address = reverse("postkasse_mail", args=[letter.pk])
    assert address in client.get(reverse("postkasse")).content.decode()
    shown = client.get(address).content.decode()
    assert 'href="/plan/1/"' in shown and "Se planen" in shown
    assert "<b>" not in shown


def test_the_mailbox_finds_by_recipient(client, letter, settings):
    settings.DEMO = True
    assert len(client.get(reverse("postkasse"), {"q": letter.modtager.navn}).context["side"]) == 1
    assert len(client.get(reverse("postkasse"), {"q": "en anden"}).context["side"]) == 0


def test_the_mailbox_is_in_the_menu_of_the_demo_alone(as_user, cast, settings):
    client = as_user(cast.aase.bruger)
    for demo in (True, False):
        settings.DEMO = demo
        assert (">Postkasse<" in client.get(reverse("mine_opslag")).content.decode()) == demo


# --- manage.py udbakke ---


def test_the_dry_run_lists_and_the_real_run_reports(db, settings, capsys):
    settings.MAIL_MODE, settings.MAIL_LOFT = "demo", 1
    MailFactory.create_batch(2)
    call_command("udbakke", proev=True)
    assert "0 af 2 forfaldne mails ville blive sendt" in capsys.readouterr().out
    assert not Mail.objects.exclude(forsoeg=0).exists()
    call_command("udbakke")
    assert "1 mails venter til næste kørsel (loftet er 1)" in capsys.readouterr().out


def test_the_loop_does_the_work_of_worker_and_beat_without_a_broker(transactional_db, settings, monkeypatch):
    """Round after round, also when the database is away for one of them."""
    settings.MAIL_MODE, settings.REDIS_URL = "demo", ""
    MailFactory(skabelon="login_aendret", data={"hvad": "password_set"})
    rounds = iter([None, None])
    broken = iter([OperationalError])
    real_record = heartbeat.record

    def record(navn):
        for problem in broken:
            raise problem
        real_record(navn)

    def sleep(seconds):
        if next(rounds, "end") == "end":
            raise KeyboardInterrupt

    monkeypatch.setattr(heartbeat, "record", record)
    monkeypatch.setattr(udbakke.time, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        call_command("udbakke", loop=True)
    assert Mail.objects.get().status == S.SENDT
    assert heartbeat.is_alive("worker") and heartbeat.is_alive("beat")
