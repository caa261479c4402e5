"""Everything that must be true of the database before web, worker and beat start. May be run again at any time."""

import sys

from django.conf import settings
from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Opdaterer tabeller, rettigheder og referencedata, og lægger demoen ind, når DEMO er slået til"

    def handle(self, **options):
        """As the owner of the tables. The table of log-ins is alone on stdout: the supervisor prints it."""
        call_command("migrate", interactive=False, stdout=sys.stderr)
        call_command("createcachetable", stdout=sys.stderr)
        call_command("databaseroller", stdout=sys.stderr)
        if settings.DEMO:
            call_command("demo", stdout=self.stdout)  # loads the reference data itself
        else:
            call_command("indlaes_referencedata", stdout=sys.stderr)
