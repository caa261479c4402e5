"""Fills an empty database with Rødovre's programme and invented people, and prints a log-in for each role."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from afdelinger.demo import PASSWORD
from afdelinger.models import Bruger, Rolle
from elevforloeb.project.demologin import demo_people
from elevforloeb.project.indlaest import is_changed, load


class Command(BaseCommand):
    help = "Lægger opdigtede personer og hold i en tom database; gør intet ved en, der har personer i forvejen"

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Sæt DEMO=1. Demoen lægger opdigtede personer med en kendt adgangskode i databasen.")
        if not Bruger.objects.exists():
            from elevforloeb.project.demo import make_demo  # every start asks, one makes it

            if is_changed():
                load(stdout=self.stderr)
            make_demo()
        self.stdout.write(f"{'Rolle':<16}{'E-mail':<40}Adgangskode")
        for rolle, bruger in demo_people().items():
            self.stdout.write(f"{Rolle(rolle).label:<16}{bruger.email:<40}{PASSWORD}")
