"""Who may do what in the database. The owner makes the tables; the application cannot change them or its own logs."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

APP = "elevforloeb_app"  # web, worker and beat
LAESER = "elevforloeb_laeser"  # reports
APPEND_ONLY = ["core_haendelse", "core_opslag", "core_dokument", "core_dokumentfil"]
# What the application may do with them besides adding rows. Each is the owner's function and says why it is safe.
FUNCTIONS = ["ryd_log(text, int)", "slet_spor(bigint, bigint, text, boolean)", "slet_dokumenter(bigint)"]
CHANGE = sql.SQL("select, insert, update, delete")
READ = sql.SQL("select")


class Command(BaseCommand):
    help = "Sætter rettighederne for databaserollerne. Køres af databasens ejer efter migrate, og gerne igen."

    def handle(self, **options):
        for role, password in ((APP, settings.APP_DB_PASSWORD), (LAESER, settings.LAESER_DB_PASSWORD)):
            if not exists(role):
                self.attempt(f"oprettede {role}", "create role {role} login", role)
            if not exists(role):
                continue
            if password:
                self.attempt(f"satte adgangskoden for {role}", "alter role {role} password {secret}", role, password)
            self.give_rights(role)

    @transaction.atomic
    def give_rights(self, role):
        """In one transaction: a running system is never without them."""
        rights = {"tables": CHANGE if role == APP else READ, "sequences": sql.SQL("usage, select")}
        run("grant usage on schema public to {role}", role)
        for kind, what in rights.items():
            run(f"revoke all on all {kind} in schema public from {{role}}", role)
            run(f"grant {{what}} on all {kind} in schema public to {{role}}", role, what=what)
            run(f"alter default privileges in schema public grant {{what}} on {kind} to {{role}}", role, what=what)
        for table in APPEND_ONLY:
            run("revoke update, delete on {table} from {role}", role, table=sql.Identifier(table))
        for function in FUNCTIONS:
            run(f"revoke all on function {function} from public, {{role}}", role)
            if role == APP:
                run(f"grant execute on function {function} to {{role}}", role)
        self.stdout.write(f"{role}: rettighederne er sat")

    def attempt(self, done, statement, role, password=""):
        try:
            with transaction.atomic():
                run(statement, role, secret=sql.Literal(encrypted(password, role)) if password else sql.SQL(""))
            self.stdout.write(done)
        except ProgrammingError as problem:
            self.stderr.write(f"Kunne ikke udføre: {done}. Databasen svarer: {str(problem).strip()}")


def exists(role) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        return cursor.fetchone() is not None


def run(statement, role, **parts):
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role), **parts))


def encrypted(password, role) -> str:
    """The hash goes over the line and into the server's log, the password does not."""
    server = connection.connection.pgconn
    return server.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
