"""Both engines for one test run, gone with the process that asked for them.

A guard process of its own starts them, says where they are, and waits for its input to close. That happens however the
asker ends, also by kill -9: then the guard stops the engines and deletes their data.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from elevforloeb.project.engines.postgres import Postgres
from elevforloeb.project.engines.programs import ProgramError, start_and_wait, stop_all
from elevforloeb.project.engines.valkey import Valkey


class Engines:
    """`environment` holds DATABASE_URL and REDIS_URL. An address that is given already is used as it is."""

    def __init__(self):
        self.environment = {name: os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL")}
        missing = [name for name, address in self.environment.items() if not address]
        self.guard = subprocess.Popen(
            [sys.executable, "-m", __name__, *missing],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        answer = self.guard.stdout.readline()
        if not answer:
            raise ProgramError("Motorerne til testene kunne ikke startes; grunden står ovenfor.")
        self.environment |= json.loads(answer)

    def stop(self):
        self.guard.stdin.close()
        self.guard.wait(timeout=30)
        self.guard.stdout.close()


def main(missing):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    place = Path(tempfile.mkdtemp(prefix="elevforloeb-"))
    started = []
    try:
        addresses = {}
        if "DATABASE_URL" in missing:
            database = Postgres(
                place / "data", sockets=place / "s", run=place, log=place / "postgres.log", throwaway=True
            )
            started.append(database)
            start_and_wait(database, timeout=60)
            database.ensure_roles_and_database()
            addresses["DATABASE_URL"] = database.url()
        if "REDIS_URL" in missing:
            bell = Valkey(place / "redis", run=place, log=place / "redis.log")
            started.append(bell)
            start_and_wait(bell, timeout=20)
            addresses["REDIS_URL"] = bell.url()
        print(json.dumps(addresses), flush=True)
        sys.stdin.read()
    except ProgramError as problem:
        sys.exit(str(problem))
    finally:
        stop_all(reversed(started), grace=10)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
