"""Everything that must be true of the database before web, worker and beat start. May be run again at any time."""

import sys

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from elevforloeb.project import indlaest


class Command(BaseCommand):
    help = "Opdaterer tabeller, rettigheder og referencedata, og lægger demoen ind, når DEMO er slået til"
    requires_system_checks = []  # they load the whole system, and say the same as long as its code is the same

    def handle(self, **options):
        """As the owner of the tables. The table of log-ins is alone on stdout: the supervisor prints it."""
        changed = indlaest.is_changed()
        if changed:
            self.check()
        if changed or migrations_wait():
            call_command("migrate", interactive=False, stdout=sys.stderr)
        call_command("createcachetable", stdout=sys.stderr)
        call_command("databaseroller", stdout=sys.stderr)
        if changed:
            indlaest.load(stdout=sys.stderr)
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)


def migrations_wait() -> bool:
    """The code may be the same and the database another: migrated backwards, or from an older backup."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
