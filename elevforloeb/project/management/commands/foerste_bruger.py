"""The first person of a new installation: an elevansvarlig who can then invite everybody else."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from afdelinger.models import Rolle
from afdelinger.services import create_bruger, give_role, invite
from afdelinger.services.invitationer import token_for


class Command(BaseCommand):
    help = "Opretter en elevansvarlig og viser det link, hvor personen vælger sin adgangskode"

    def add_arguments(self, parser):
        parser.add_argument("navn")
        parser.add_argument("email")

    def handle(self, *, navn, email, **options):
        try:
            with transaction.atomic():
                bruger = create_bruger(None, email=email, navn=navn)
                give_role(None, bruger=bruger, rolle=Rolle.ELEVANSVARLIG)
                invitation = invite(None, bruger=bruger)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        link = reverse("invitation_link", kwargs={"token": token_for(invitation)})
        self.stdout.write(f"{bruger} er elevansvarlig. Vælg adgangskode her (linket virker én gang):")
        self.stdout.write(f"{settings.BASE_URL.rstrip('/')}{link}")
