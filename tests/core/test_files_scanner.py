"""Virus scanning: with a scanner, without one, and with one that is away, silent or cannot."""

import socket
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from elevforloeb.core.files import disk, scanner, store
from elevforloeb.core.files.examine import CheckedFile, examine
from elevforloeb.core.files.kinds import TXT
from elevforloeb.core.files.reasons import Refused
from elevforloeb.core.files.uses import DOCUMENT, Use
from elevforloeb.core.models import Fil, Haendelse
from elevforloeb.project import health, tasks
from tests.broker import black_hole
from tests.factories import add_rules

from .clamd import EICAR, LARGEST, tcp_clamd, unix_clamd

USE = Use(DOCUMENT, "fil_dokument_mb")


@pytest.fixture(autouse=True)
def home(db, settings, tmp_path):
    settings.FILE_ROOT = tmp_path / "filer"
    add_rules()


@pytest.fixture
def clamd(settings):
    with tcp_clamd() as server:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server


@pytest.fixture
def away(settings):
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        yield


def sent(data=b"Kladde til problemformulering") -> CheckedFile:
    return examine(SimpleUploadedFile("kladde.txt", data), USE)


def kept(data=b"Kladde", tilstand=Fil.Tilstand.KARANTAENE) -> Fil:
    return store.keep(None, CheckedFile("kladde.txt", TXT, data, tilstand))


def state(fil) -> str:
    return Fil.objects.get(pk=fil.pk).tilstand


def test_without_a_scanner_a_file_says_that_it_is_not_scanned():
    assert sent().tilstand == Fil.Tilstand.IKKE_SCANNET
    fil = kept(tilstand=Fil.Tilstand.IKKE_SCANNET)
    store.scan_waiting()
    assert state(fil) == Fil.Tilstand.IKKE_SCANNET


def test_a_clean_file_is_clean(clamd):
    assert sent(b"Ren tekst").tilstand == Fil.Tilstand.REN
    assert clamd.scanned == [b"Ren tekst"]


def test_a_virus_is_refused_at_the_door(clamd):
    with pytest.raises(Refused) as refused:
        sent(EICAR)
    assert refused.value.code == "virus"


def test_a_scanner_on_a_socket_of_the_machine(settings, tmp_path):
    with unix_clamd(tmp_path / "clamd.ctl"):
        settings.CLAMD_URL = f"unix://{tmp_path}/clamd.ctl"
        assert sent().tilstand == Fil.Tilstand.REN


def test_with_the_scanner_away_the_file_is_taken_and_waits_in_quarantine(away, caplog):
    assert sent().tilstand == Fil.Tilstand.KARANTAENE
    fil = kept()
    assert not fil.kan_hentes and store.read(fil) == b"Kladde"
    assert "waits in quarantine" in caplog.text


def test_a_scanner_that_is_silent_holds_a_person_up_for_seconds_only(settings, monkeypatch):
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.3)
    with black_hole() as address:
        settings.CLAMD_URL = address.replace("redis", "tcp")
        begun = time.monotonic()
        assert sent().tilstand == Fil.Tilstand.KARANTAENE
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize("earlier", [Fil.Tilstand.KARANTAENE, Fil.Tilstand.IKKE_SCANNET])
def test_when_the_scanner_is_back_the_waiting_files_are_scanned_once(clamd, earlier):
    files = [kept(f"Kladde {number}".encode(), earlier) for number in range(3)]
    for _ in range(2):
        tasks.run_alone(store.scan_waiting)
    assert {state(fil) for fil in files} == {Fil.Tilstand.REN}
    assert len(clamd.scanned) == 3


def test_while_the_scanner_is_away_nothing_is_lost_and_nothing_is_let_out(away):
    fil = kept()
    for _ in range(3):
        tasks.run_alone(store.scan_waiting)
    assert state(fil) == Fil.Tilstand.KARANTAENE and store.read(fil) == b"Kladde"


def test_a_virus_that_is_found_later_takes_the_bytes_and_is_written_in_the_history(
    clamd, django_capture_on_commit_callbacks
):
    fil = kept(EICAR)
    with django_capture_on_commit_callbacks(execute=True):
        store.scan_waiting()
    fil.refresh_from_db()
    assert (fil.tilstand, fil.fund) == (Fil.Tilstand.SMITTET, "Eicar-Test-Signature")
    assert not disk.path_of(fil.lager).exists()
    act = Haendelse.objects.get(handling="fil.smittet")
    assert act.objekt_id == fil.pk and "kladde" not in act.tekst


def test_a_file_that_the_scanner_cannot_take_waits_and_holds_up_no_other(clamd):
    large, small = kept(b"x" * (LARGEST + 1)), kept()
    store.scan_waiting()
    assert (state(large), state(small)) == (Fil.Tilstand.KARANTAENE, Fil.Tilstand.REN)


def test_a_file_whose_bytes_are_gone_holds_up_no_other(clamd, caplog):
    lost, other = kept(), kept()
    disk.path_of(lost.lager).unlink()
    store.scan_waiting()
    assert (state(lost), state(other)) == (Fil.Tilstand.KARANTAENE, Fil.Tilstand.REN)
    assert f"File {lost.pk} could not be scanned" in caplog.text


def test_those_that_were_tried_longest_ago_come_first(clamd, monkeypatch):
    monkeypatch.setattr(store, "SCANS_A_MINUTE", 1)
    files = [kept(f"Kladde {number}".encode()) for number in range(3)]
    Fil.objects.filter(pk=files[0].pk).update(forsoegt=timezone.now())
    Fil.objects.filter(pk=files[1].pk).update(forsoegt=timezone.now() - timedelta(hours=1))
    for _ in range(3):
        store.scan_waiting()
    assert clamd.scanned == [b"Kladde 2", b"Kladde 1", b"Kladde 0"]


def test_files_that_wait_for_a_quarter_of_an_hour_make_the_system_not_ready(away):
    kept()
    assert health.files_are_scanned()
    Fil.objects.update(oprettet=timezone.now() - timedelta(minutes=16))
    assert not health.files_are_scanned()
    Fil.objects.update(tilstand=Fil.Tilstand.IKKE_SCANNET)
    assert health.files_are_scanned()
