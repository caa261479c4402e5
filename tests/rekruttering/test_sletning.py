"""What is forgotten: a canary applicant leaves no trace, and nobody inside the limit is touched."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as project_settings
from django.db import connection

from elevforloeb.core import outbox
from elevforloeb.core.files.disk import path_of
from elevforloeb.core.models import Fil, Haendelse, Mail
from rekruttering.models import (
    Ansoegning,
    Bedoemmelse,
    Fortrinssag,
    Interesse,
    Notat,
    Partshoering,
    Reference,
    Runde,
    Rundetal,
    Udvalgsmedlem,
)
from rekruttering.services.ansoegning import withdraw
from rekruttering.services.post import send_link
from rekruttering.services.sletning import delete_applications, forget_drafts
from rekruttering.services.tilstand import move
from tests.ansoeger_steps import attach, deliver, filled, moment, open_round, picture, save, sent
from tests.factories import BrugerFactory, add_rules

T = Ansoegning.Tilstand
CANARY = "kanariefugl"
CLOSED = date(2028, 1, 31)
DUE = "2028-07-31T12:00Z"  # six months later
TOO_EARLY = "2028-07-30T12:00Z"


@pytest.fixture
def runde(db):
    add_rules()
    return open_round()


def close(runde):
    Runde.objects.filter(pk=runde.pk).update(tilstand=Runde.Tilstand.AFSLUTTET, afsluttet=CLOSED)


def run(at=DUE):
    with time_machine.travel(at, tick=False):
        delete_applications()


def traces(word: str) -> dict[str, int]:
    """Every column of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select count(*) from "{table}" t where t::text ilike %s', [f"%{word}%"])  # noqa: S608
            if number := cursor.fetchone()[0]:
                found[table] = number
    return found


def plant(runde) -> Ansoegning:
    """A canary in every field that a person can write in, on every table that hangs on an application."""
    email = f"{CANARY}@example.invalid"
    draft = filled(runde, fornavn=CANARY, efternavn=CANARY, email=email, telefon=CANARY)
    draft = save(draft, "uddannelse", skole=CANARY, uddannelse_note=CANARY)
    draft = save(draft, "motivation", motivation=CANARY, erfaring=CANARY)
    attach(draft, f"{CANARY}.jpg")
    send_link(ansoegning=draft, adresse=f"anden-{email}")
    found = deliver(draft, kontakt=False)
    member = Udvalgsmedlem.objects.create(runde=runde, bruger=BrugerFactory())
    Bedoemmelse.objects.create(ansoegning=found, medlem=member, begrundelse=CANARY)
    Notat.objects.create(ansoegning=found, forfatter=member.bruger, tekst=CANARY)
    Fortrinssag.objects.create(ansoegning=found, note=CANARY)
    reference = Reference.objects.create(
        ansoegning=found, hvem=CANARY, samtykke=CLOSED, samtykke_hvordan="mail", bruger=member.bruger
    )
    Partshoering.objects.create(ansoegning=found, reference=reference, oplysning=CANARY, svar=CANARY)
    found.inhabiliteter.create(medlem=member)
    move(member.bruger, ansoegning=found, to=T.SAMTALE, tekst=f"{CANARY} er kaldt til samtale")
    return found


@pytest.mark.django_db(transaction=True)
def test_a_canary_leaves_no_trace_and_nobody_inside_the_limit_is_touched(settings, tmp_path):
    settings.MAIL_MODE, settings.MAIL_DIR = "file", tmp_path
    add_rules()
    runde, other = open_round(), open_round()
    found, stays = plant(runde), plant(other)
    attach_path = path_of(found.bilag.get().fil.lager)
    outbox.sweep()
    assert len(list(tmp_path.glob("*.eml"))) == 4 and attach_path.exists()
    close(runde)
    rows = traces("")
    run(TOO_EARLY)
    assert traces("") == rows
    before = Ansoegning.objects.filter(pk=stays.pk).values().get()
    run()
    run()
    assert Ansoegning.objects.filter(pk=stays.pk).values().get() == before
    assert (stays.bilag.count(), Notat.objects.count(), len(list(tmp_path.glob("*.eml")))) == (1, 1, 2)
    assert not attach_path.exists()
    close(other)
    run()
    assert traces(CANARY) == {}
    assert list(tmp_path.glob("*.eml")) == []
    bytes_left = [path for path in Path(project_settings.FILE_ROOT).rglob("*") if path.is_file()]
    assert {path.name for path in bytes_left} >= set(Fil.objects.values_list("lager", flat=True))
    assert not any(CANARY in str(path) for path in bytes_left) and not Fil.objects.exists()


def test_the_scan_finds_a_canary_that_is_there(runde):
    plant(runde)
    assert {"rekruttering_ansoegning", "rekruttering_notat", "core_mail", "core_fil"} <= set(traces(CANARY))


def test_what_stays_are_counts_that_add_up_also_when_it_runs_again(runde):
    sent(runde, email="a@example.invalid")
    called = sent(runde, email="b@example.invalid")
    move(BrugerFactory(), ansoegning=called, to=T.SAMTALE, tekst="Til samtale")
    move(BrugerFactory(), ansoegning=called, to=T.AFSLAG, tekst="Afslag", besvaret=moment(25, 12))
    gone = sent(runde, email="c@example.invalid")
    withdraw(ansoegning=gone)
    filled(runde, email="d@example.invalid")  # a draft counts for nothing
    close(runde)
    for _ in range(2):
        run()
    assert not Ansoegning.objects.exists()
    rows = Rundetal.objects.values_list("vej", "kilde", "skridt", "antal", "dage_til_svar")
    assert set(rows) == {
        ("EUX Business", "Ven eller familie", "Ny", 2, 0),
        ("EUX Business", "Ven eller familie", "Til samtale", 1, 41),
    }
    line = Haendelse.objects.get(handling="runde.ansoegninger_slettet")
    assert line.data == {"antal": 4} and line.bruger is None


def test_one_that_is_kept_for_a_complaint_waits_for_its_own_day(runde):
    found = sent(runde)
    Ansoegning.objects.filter(pk=found.pk).update(beholdes_til=date(2028, 9, 1), beholdes_grund="Klage")
    close(runde)
    for at, left in ((DUE, 1), ("2028-08-31T12:00Z", 1), ("2028-09-01T12:00Z", 0)):
        run(at)
        assert Ansoegning.objects.count() == left
    assert Rundetal.objects.get().antal == 1


def test_a_round_that_is_not_closed_keeps_its_applications(runde):
    sent(runde)
    run("2032-01-01T12:00Z")
    assert Ansoegning.objects.count() == 1


def test_who_said_yes_to_next_year_is_remembered_by_her_address_alone(runde):
    deliver(filled(runde, email="Ja@example.invalid"), kontakt=True)
    sent(runde, email="nej@example.invalid")
    close(runde)
    run()
    assert list(Interesse.objects.values_list("email", "udloeber")) == [("ja@example.invalid", date(2028, 12, 15))]


def test_an_abandoned_draft_is_forgotten_after_thirty_days_and_a_living_one_is_not(runde):
    old = filled(runde, email="gammel@example.invalid")
    attach(old, data=picture(7))
    send_link(ansoegning=old, adresse="gammel@example.invalid")
    done = sent(runde, email="sendt@example.invalid")
    with time_machine.travel(moment(1, 12), tick=False):
        young = filled(runde, email="ung@example.invalid")
    with time_machine.travel(moment(13, 12), tick=False):  # 29 days
        forget_drafts()
    assert Ansoegning.objects.count() == 3
    for _ in range(2):
        with time_machine.travel(moment(15, 12), tick=False):
            forget_drafts()
    assert set(Ansoegning.objects.all()) == {young, done}
    assert not Fil.objects.exists() and not Mail.objects.filter(adresse="gammel@example.invalid").exists()
    assert Haendelse.objects.filter(handling="runde.kladder_slettet").count() == 1
