"""Fills an empty database with Rødovre's programme and invented people, and prints a log-in for each role."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from afdelinger.demo import PASSWORD, make_people, open_accounts
from afdelinger.models import Bruger, Rolle
from elevforloeb.core.dates import add_months, living_on, today
from elevforloeb.core.models import Mail
from elevforloeb.demo import make_elever
from elevforloeb.project.demologin import demo_people
from evaluering.demo import make_evalueringer
from rekruttering.demo import make_ansoegninger
from skoleophold.demo import make_school


class Command(BaseCommand):
    help = "Lægger opdigtede personer og hold i en tom database; gør intet ved en, der har personer i forvejen"

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Sæt DEMO=1. Demoen lægger opdigtede personer med en kendt adgangskode i databasen.")
        call_command("indlaes_referencedata", stdout=self.stderr)
        if not Bruger.objects.exists():
            make_demo()
        self.stdout.write(f"{'Rolle':<16}{'E-mail':<40}Adgangskode")
        for rolle, bruger in demo_people().items():
            self.stdout.write(f"{Rolle(rolle).label:<16}{bruger.email:<40}{PASSWORD}")


@transaction.atomic
def make_demo() -> None:
    since = add_months(today().replace(day=1), -36)
    with living_on(since):
        elevansvarlig = make_people(since=since)
    make_elever(elevansvarlig)
    make_school(elevansvarlig)
    make_evalueringer(elevansvarlig)
    make_ansoegninger()
    open_accounts()
    # The mails of past years have been read long ago; the mailbox begins empty.
    Mail.objects.all().delete()
