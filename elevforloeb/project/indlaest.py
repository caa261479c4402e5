"""Which files and which code the database was last filled from, so that a start need not fill it again.

The history says so: a line with a digest of everything that decides what is loaded. The line goes with the rows it
speaks of when a database is emptied or comes from a backup; where it is missing, everything is loaded once more.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError

from elevforloeb.core.models import Haendelse

TYPE = "referencedata"
KINDS = {".py", ".yaml"}


def is_changed() -> bool:
    """Also asked before there are tables."""
    try:
        return digest() != last_loaded()
    except ProgrammingError:
        return True


def load(stdout) -> None:
    before = digest()  # so that a file that is saved meanwhile is loaded the next time
    call_command("indlaes_referencedata", stdout=stdout)
    tekst = "Referencedata indlæst fra systemets egne filer"
    data = {"aftryk": before}
    Haendelse.objects.create(handling="referencedata.indlaest", objekttype=TYPE, tekst=tekst, data=data)


def last_loaded() -> str | None:
    """Of one column: the table may wait for a migration that adds others."""
    newest = Haendelse.objects.filter(objekttype=TYPE).values_list("data", flat=True).first()
    return newest and newest["aftryk"]


def digest() -> str:
    """Of every file of ours, code too: a new column, a new default, a new step of the load must reach the database."""
    found = hashlib.sha256()
    for folder in sorted(our_packages()):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS):
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder.parent)} {len(content)}\n".encode() + content)
    return found.hexdigest()


def our_packages() -> set[Path]:
    """Where the apps lie that are folders of the project; what is installed is none."""
    tops = {settings.BASE_DIR / config.name.partition(".")[0] for config in apps.get_app_configs()}
    return {top for top in tops if top.is_dir()}
