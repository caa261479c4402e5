"""Loads a municipality's departments, goals, courses and rules from files, and the shipped forms of the evaluations.

The format: docs/referencedata.md.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, connection, transaction

from afdelinger.services import referencedata
from elevforloeb.core.dates import today
from elevforloeb.core.filesync import Outcome
from elevforloeb.core.words import count_noun
from elevforloeb.services.referencedata import load_uddannelsesmodeller
from evaluering.services.skema import load_skemaer
from rekruttering.services.referencedata import load_offentligt
from skoleophold.services.referencedata import (
    load_aub_og_studietur,
    load_skoler_og_fag,
    load_tegngraenser,
    load_udgiftsarter,
)

MOST_PROBLEMS = 50


class Command(BaseCommand):
    help = (
        "Indlæser afdelinger, mål, kurser og regler fra filer. Kan køres igen: det, der er rettet i browseren, bevares."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "sti", nargs="?", type=Path, default=referencedata.ROEDOVRE, help="en fil eller en mappe (ellers: Rødovre)"
        )
        parser.add_argument("--kun-tjek", action="store_true", help="tjek filerne, og vis, hvad der ville ske")
        parser.add_argument(
            "--overskriv", action="store_true", help="lad filerne gælde, også over det, der er rettet i browseren"
        )

    def handle(self, *, sti, kun_tjek, overskriv, **options):
        data = self._read(sti)
        try:
            with transaction.atomic():
                syncs = [
                    referencedata.load_referencedata(None, data=data, overwrite=overskriv),
                    load_uddannelsesmodeller(None, rows=data.uddannelsesmodeller, overwrite=overskriv),
                    load_skemaer(None, overwrite=overskriv),
                    load_skoler_og_fag(None, skoler=data.skoler, fag=data.fag, overwrite=overskriv),
                    load_offentligt(None, data=data, overwrite=overskriv),
                    load_udgiftsarter(None, rows=data.udgiftsarter, overwrite=overskriv),
                    load_aub_og_studietur(
                        None,
                        aubsatser=data.aubsatser,
                        studieturpunkter=data.studieturpunkter,
                        overwrite=overskriv,
                    ),
                    load_tegngraenser(None, rows=data.tegngraenser, overwrite=overskriv),
                ]
                with connection.cursor() as cursor:
                    cursor.execute("set constraints all immediate")  # say it here, not at the commit
                self._report(data, syncs)
                missing = referencedata.missing_rules(today())
                transaction.set_rollback(kun_tjek)
        except IntegrityError as error:
            raise CommandError(f"Intet er indlæst, for det passer ikke med planen: {_first_line(error)}") from error
        if missing:
            self.stdout.write(self.style.WARNING(f"Der mangler regler: {', '.join(missing)}."))
        self.stdout.write("Kun tjekket: intet er gemt." if kun_tjek else "Færdig.")

    def _read(self, sti):
        try:
            return referencedata.read(sti)
        except referencedata.ReferencedataError as error:
            problems = error.problems
            lines = [f"  {problem}" for problem in problems[:MOST_PROBLEMS]]
            if len(problems) > MOST_PROBLEMS:
                lines.append(f"  … og {len(problems) - MOST_PROBLEMS} fejl mere")
            intro = f"{count_noun(len(problems), 'fejl', 'fejl')} i filerne. Intet er indlæst."
            raise CommandError("\n".join([intro, *lines])) from None

    def _report(self, data, syncs):
        self.stdout.write(data.kommune.navn if data.kommune else "Indlæst:")
        for sync in syncs:
            for name, counts in sync.summary().items():
                told = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome])
                self.stdout.write(f"  {name}: {told}")
        kept = [line for sync in syncs for line in sync.kept]
        if kept:
            self.stdout.write("Afviger fra filerne og er ladt i fred (brug --overskriv, hvis filerne skal gælde):")
            self.stdout.writelines(f"  {line}\n" for line in kept)


def _first_line(error) -> str:
    return str(error).splitlines()[0]
