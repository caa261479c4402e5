"""Everything that must be true of the database before web, worker and beat start. May be run again at any time."""

import sys

from django.conf import settings
from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Opdaterer tabellerne, sætter databaserollernes rettigheder og lægger demoen ind, når DEMO er slået til"

    def handle(self, **options):
        """The table of log-ins is alone on stdout: the supervisor prints it."""
        call_command("migrate", interactive=False, stdout=sys.stderr)
        call_command("databaseroller", stdout=sys.stderr)
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)
