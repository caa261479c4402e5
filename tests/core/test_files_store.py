"""Rows and bytes together: kept, handed back, gone together, and nothing left behind by a crash or a full disk."""

import errno
import logging
import os
import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from elevforloeb.core.audit import record
from elevforloeb.core.files import disk, store
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import PDF, TXT
from elevforloeb.core.models import Fil, Haendelse
from tests.factories import BrugerFactory

DATA = b"Et kort dokument"


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.FILE_ROOT = tmp_path / "filer"
    return settings.FILE_ROOT


def checked(data=DATA, kind=TXT) -> CheckedFile:
    return CheckedFile("brev.txt", kind, data, Fil.Tilstand.IKKE_SCANNET)


@pytest.fixture(autouse=True)
def has_owner(monkeypatch):
    """No file of these tests is without somebody who points to it, unless the test says so."""
    monkeypatch.setattr(store, "owners", lambda: [(Fil, "pk")])


@pytest.fixture
def fil(db) -> Fil:
    return store.keep(None, checked())


def bytes_on_disk(root) -> list[Path]:
    return [path for path in root.glob("*/*") if path.is_file()]


def test_what_is_kept_can_be_read_again(fil, root):
    fil.refresh_from_db()
    assert store.read(fil) == DATA
    assert (fil.navn, fil.kind, fil.stoerrelse) == ("brev.txt", TXT, len(DATA))
    assert len(bytes_on_disk(root)) == 1


def test_the_bytes_lie_under_a_random_name_that_only_the_system_can_read(fil, root):
    (path,) = bytes_on_disk(root)
    assert "brev" not in str(path) and path.suffix == "" and len(path.name) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_files_lie_outside_everything_that_a_web_server_hands_out(settings):
    from elevforloeb.project.settings import FILE_ROOT

    for served in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert Path(served) not in [FILE_ROOT, *FILE_ROOT.parents] and FILE_ROOT not in Path(served).parents
    assert settings.MEDIA_URL in ("", "/") and not settings.MEDIA_ROOT


@pytest.mark.parametrize("how", ["row", "queryset"])
def test_row_and_bytes_go_together(fil, root, how, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fil.delete() if how == "row" else Fil.objects.filter(pk=fil.pk).delete()
        assert bytes_on_disk(root), "not before the commit"
    assert not bytes_on_disk(root) and not Fil.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_taken_back_keeps_the_bytes():
    fil = store.keep(None, checked())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fil_again = Fil.objects.get(pk=fil.pk)
        fil_again.delete()
        raise ZeroDivisionError
    assert store.read(Fil.objects.get()) == DATA


def test_a_full_disk_is_an_error_that_a_person_can_read_and_leaves_nothing(db, root, monkeypatch):
    def full(fd):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(ValidationError, match="Der er ikke plads til filen"):
        store.keep(None, checked())
    assert not Fil.objects.exists() and not bytes_on_disk(root)


def test_a_disk_that_may_not_be_written_to_is_the_same_error(db, root, caplog):
    root.write_text("a file stands where the folder should be")
    with pytest.raises(ValidationError, match="Der er ikke plads"):
        store.keep(None, checked())
    assert "could not be written" in caplog.text


def test_one_person_cannot_fill_the_disk_in_a_day(db, settings):
    settings.FILE_DAILY_MB = 1
    anna, bo = BrugerFactory.create_batch(2)
    half = checked(b"x" * 600_000)
    store.keep(anna, half)
    with pytest.raises(ValidationError, match="i dag"):
        store.keep(anna, half)
    store.keep(bo, half)
    Fil.objects.filter(oprettet_af=anna).update(oprettet=Fil.objects.first().oprettet - timedelta(days=1))
    store.keep(anna, half)


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"noget andet"), lambda path: path.unlink()])
def test_bytes_that_were_changed_or_lost_on_the_disk_are_never_handed_out(fil, root, spoil):
    spoil(bytes_on_disk(root)[0])
    with pytest.raises(store.Damaged):
        store.read(fil)


@pytest.mark.parametrize("values", [{"sha256": "x"}, {"lager": "../../etc/passwd"}, {"tilstand": "fin"}])
def test_the_database_refuses_a_row_that_cannot_be(fil, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Fil.objects.filter(pk=fil.pk).update(**values)


# --- The sweep, once an hour ---


def orphan(root, number=1, hours=25) -> list[Path]:
    """Bytes of a transaction that was taken back, so many hours ago."""
    paths = []
    for _ in range(number):
        name = disk.new_name()
        disk.write_bytes(name, b"efterladt")
        path = disk.path_of(name)
        then = time.time() - hours * 3600
        os.utime(path, (then, then))
        paths.append(path)
    return paths


def sweep(root):
    (root / "fejet").unlink(missing_ok=True)
    store.sweep_files()


def test_bytes_without_a_row_go_after_a_day_and_not_before(fil, root):
    (old,), (young,) = orphan(root), orphan(root, hours=23)
    for _ in range(2):
        sweep(root)
        assert not old.exists() and young.exists() and store.read(fil) == DATA


def test_a_file_that_was_half_written_in_a_crash_goes_too(fil, root):
    (path,) = orphan(root)
    half = path.with_name(path.name + ".1a2b3c4d")
    path.rename(half)
    sweep(root)
    assert not half.exists()


def test_the_sweep_runs_once_an_hour_however_often_it_is_asked(fil, root):
    sweep(root)
    (path,) = orphan(root)
    store.sweep_files()
    assert path.exists()
    then = (root / "fejet").stat().st_mtime - 3601
    os.utime(root / "fejet", (then, then))
    store.sweep_files()
    assert not path.exists()


def test_with_another_database_than_the_one_of_the_files_nothing_is_removed(db, root, caplog):
    paths = orphan(root, number=30)
    sweep(root)
    assert all(path.exists() for path in paths)
    assert "Is this the right database" in caplog.text


def test_a_row_without_its_bytes_is_told_loudly(fil, root, caplog):
    bytes_on_disk(root)[0].unlink()
    with caplog.at_level(logging.ERROR):
        sweep(root)
    assert "1 files are missing" in caplog.text


def test_a_row_that_nobody_points_to_any_more_goes_after_a_day_with_its_bytes(
    db, root, monkeypatch, django_capture_on_commit_callbacks
):
    owned, left, new = (store.keep(None, checked()) for _ in range(3))
    Fil.objects.filter(pk__in=[owned.pk, left.pk]).update(oprettet=new.oprettet - timedelta(hours=25))
    record(None, "udlaeg.sendt", owned, "peger på filen")
    monkeypatch.setattr(store, "owners", lambda: [(Haendelse, "objekt_id")])
    with django_capture_on_commit_callbacks(execute=True):
        sweep(root)
    assert set(Fil.objects.all()) == {owned, new}
    assert len(bytes_on_disk(root)) == 2


def test_before_the_first_file_there_is_nothing_to_sweep(db, root):
    store.sweep_files()
    assert not root.exists()


def test_a_kind_is_known_by_its_key(fil):
    Fil.objects.update(art="pdf")
    assert Fil.objects.get().kind is PDF
