"""Where the bytes lie: below FILE_ROOT, under random names, never below anything that a web server hands out."""

import logging
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)


class NoRoom(Exception):
    """The disk is full, or may not be written to."""


def new_name() -> str:
    return secrets.token_hex(16)


def path_of(lager: str) -> Path:
    """In 256 folders, so that none gets too long."""
    return Path(settings.FILE_ROOT) / lager[:2] / lager


def write_bytes(lager: str, data: bytes) -> None:
    """Whole or not at all: first beside its place, then in one step into it."""
    path = path_of(lager)
    beside = path.with_name(f"{lager}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise NoRoom(problem.strerror) from problem


def remove_bytes(names: Iterable[str]) -> None:
    """After the commit that took the rows. What cannot be removed now is found by `sweep_files`."""
    for lager in names:
        try:
            path_of(lager).unlink(missing_ok=True)
        except OSError as problem:
            log.error("The bytes of an erased file could not be removed yet: %s", problem.strerror)
