"""The virus scanner clamd, asked over its own small protocol (INSTREAM). CLAMD_URL: tcp://host:3310 or unix:///path.

Without CLAMD_URL nothing is scanned and every file says so. A scanner that does not answer loses nothing: the file
waits in quarantine, where nobody can fetch it, and scan_waiting (store.py) tries again each minute.
"""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from ..models import Fil
from .reasons import Refused

CONNECT_SECONDS, ANSWER_SECONDS = 3, 20
PIECE = 64 * 1024

log = logging.getLogger(__name__)


class ScannerDown(Exception):
    """It cannot be reached, or does not answer in time."""


class NotScanned(Exception):
    """It answers, but cannot scan this file."""


def state_of(data: bytes) -> str:
    """For a file on its way in: the state that it is kept in. Virus is refused at the door."""
    if not settings.CLAMD_URL:
        return Fil.Tilstand.IKKE_SCANNET
    try:
        found = virus_in(data)
    except (ScannerDown, NotScanned) as problem:
        log.warning("A file waits in quarantine: %s", problem)
        return Fil.Tilstand.KARANTAENE
    if found:
        raise Refused("virus")
    return Fil.Tilstand.REN


def virus_in(data: bytes) -> str:
    """The name of the virus, or nothing."""
    try:
        answer = _ask(data)
    except (BrokenPipeError, ConnectionResetError) as problem:  # it hangs up on what is larger than its own limit
        raise NotScanned(str(problem)) from problem
    except OSError as problem:
        raise ScannerDown(str(problem)) from problem
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if not answer.endswith("OK"):
        raise NotScanned(answer or "no answer")
    return ""


def _ask(data: bytes) -> str:
    with _connect() as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < 4096 and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connect() -> socket.socket:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme != "unix":
        return socket.create_connection((address.hostname, address.port or 3310), CONNECT_SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(CONNECT_SECONDS)
    line.connect(address.path)
    return line
