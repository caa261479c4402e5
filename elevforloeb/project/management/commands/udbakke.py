import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from elevforloeb.core import heartbeat, outbox
from elevforloeb.core.delivery import MODES
from elevforloeb.core.models import Mail
from elevforloeb.project import tasks

PAUSE = 60  # seconds between two rounds of --loop


class Command(BaseCommand):
    help = "Sender de mails, der er forfaldet."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--loop", action="store_true", help="bliv ved, hvert minut, i stedet for worker og beat")
        how.add_argument("--proev", action="store_true", help="send intet, men vis hvad der ville blive sendt til hvem")

    def handle(self, *, loop, proev, **options):
        self.stdout.write(f"MAIL_MODE={settings.MAIL_MODE}: {MODES[settings.MAIL_MODE]}")
        if proev:
            self.show()
        elif loop:
            self.stay()
        else:
            self.tell(outbox.sweep())

    def show(self):
        fates = list(outbox.preview())
        for mail, emne, skaebne in fates:
            self.stdout.write(f"{mail.til}\t{mail.titel}\t{emne}\t{skaebne}")
        self.stdout.write(
            f"{sum(fate.skaebne == 'sendes' for fate in fates)} af {len(fates)} forfaldne mails ville blive sendt."
        )

    def stay(self):
        """Everything that worker and beat do, in one process and without Redis."""
        while True:
            try:
                heartbeat.record("beat")
                tasks.minute()
            except DatabaseError as problem:
                self.stderr.write(f"Databasen svarer ikke: {problem}")
            connection.close()
            time.sleep(PAUSE)

    def tell(self, done):
        for status, number in done.items():
            self.stdout.write(f"{Mail.Status(status).label}: {number}")
        waiting = Mail.objects.due().count()
        if waiting:
            self.stdout.write(f"{waiting} mails venter til næste kørsel (loftet er {settings.MAIL_LOFT}).")
        if not done:
            self.stdout.write("Der var ingen mails at sende.")
