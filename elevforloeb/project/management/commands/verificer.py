"""Is every sealed document what it was when it was sealed? Asked by night too (core/seal.py)."""

import sys
import time

from django.core.management.base import BaseCommand

from elevforloeb.core.seal import verify_all


class Command(BaseCommand):
    help = "Kontrollerer alle forseglede dokumenter: tekst, fingeraftryk, historik, PDF og evalueringens rækker"

    def handle(self, **options):
        begun = time.monotonic()
        found = verify_all()
        for pk, problem in found.problemer:
            self.stderr.write(f"Dokument {pk}: {problem}")
        spent = f"{time.monotonic() - begun:.1f}".replace(".", ",")
        self.stdout.write(f"Dokumenter: {found.dokumenter}. PDF-filer: {found.filer}. Sekunder: {spent}.")
        self.stdout.write(f"Problemer: {len(found.problemer)}.")
        if found.problemer:
            sys.exit(1)
