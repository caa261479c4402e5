"""Reads a hostile file in a process of its own, which has little memory, little time and none of our secrets.

    python -m elevforloeb.core.files.apart pdf < file > result

A library that loops, swells or crashes takes that process with it and not the web worker. Imports no Django.
"""

import logging
import os
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import BoundedSemaphore

from .reasons import WORDS, Refused

TASKS = {
    "pdf": ("pdf", "check"),
    "pdf_text": ("pdf", "text"),
    "jpg": ("images", "clean_jpg"),
    "png": ("images", "clean_png"),
    "office": ("office", "check"),
}
# The work is what is limited: on a busy machine a good file takes long, and the clock only ends a standstill.
CPU_SECONDS, WALL_SECONDS, MEMORY = 10, 60, 768 * 1024 * 1024
REFUSED = 3  # how the process ends when it has found a reason; the reason is the last line it says
ROOT = Path(__file__).resolve().parents[3]
PLACES = BoundedSemaphore(2)  # at a time in this web worker; the others wait their turn

log = logging.getLogger(__name__)


def run_apart(task: str, data: bytes) -> bytes:
    """What the task makes of the data, or Refused."""
    command = [sys.executable, "-m", __name__, task]
    environment = {"PATH": os.defpath, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    with PLACES:
        try:
            done = subprocess.run(  # noqa: S603  nothing in the command is typed by anybody
                command, input=data, capture_output=True, timeout=WALL_SECONDS, cwd=ROOT, env=environment
            )
        except subprocess.TimeoutExpired:
            raise Refused("for_tung") from None
    if done.returncode:
        raise Refused(_reason(task, done))
    return done.stdout


def _reason(task: str, done) -> str:
    said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode == REFUSED and said in WORDS:
        return said
    if done.returncode < 0:  # killed by a limit
        return "for_tung"
    log.warning("A file could not be read apart (%s): %s", task, said.partition(":")[0][:80])
    return "for_tung" if said.startswith("MemoryError") else "ulaeselig"


def _limit() -> None:
    import resource

    os.nice(10)  # the pages of those who wait for an answer come first

    with suppress(ValueError, OSError):  # not every system knows every limit
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(task: str) -> int:
    _limit()
    module, function = TASKS[task]
    work = getattr(import_module(f"elevforloeb.core.files.{module}"), function)
    try:
        sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
    except Refused as refusal:
        print(refusal.code, file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
