"""Solves an allocation from a file, without the database: for other municipalities, tests and benchmarks."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from elevforloeb.fordeling.begrundelse import for_elev, for_elevansvarlig
from elevforloeb.fordeling.forklaring import explain
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.instans import InstansFejl, read, write_answer
from elevforloeb.fordeling.maal import MAAL
from elevforloeb.fordeling.sammenlign import statistics
from elevforloeb.fordeling.solver import solve
from elevforloeb.fordeling.umulig import explain_impossible


class Command(BaseCommand):
    help = "Fordeler elever efter ønsker fra en fil. Formatet står i docs/fordeling.md."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("instans", type=Path, help="JSON-fil med elever, afdelinger, pladser og ønsker")
        parser.add_argument("--ud", type=Path, help="skriv resultatet i denne fil (ellers på skærmen)")
        parser.add_argument("--sekunder", type=float, help="svar med det bedste, der er fundet efter så lang tid")
        parser.add_argument("--uden-grunde", action="store_true", help="udelad begrundelserne")

    def handle(self, *, instans, ud, sekunder, uden_grunde, **options):
        problem = self._read(instans)
        fordeling = solve(problem, progress=self._tell, seconds=sekunder)
        more = {"statistik": statistics(problem, fordeling)}
        if fordeling.mangler and not fordeling.afbrudt:
            more["umulig"] = explain_impossible(problem)
        if not uden_grunde and not fordeling.afbrudt:
            more["grunde"] = self._reasons(problem, fordeling)
        text = write_answer(fordeling, **more)
        if ud:
            self._write(ud, text)
        else:
            self.stdout.write(text)
        self.stderr.write(_summary(fordeling))

    def _read(self, path: Path):
        try:
            return read(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path}: kan ikke læses ({error.strerror}).") from None
        except InstansFejl as error:
            raise CommandError("\n".join([f"{path}:", *(f"  {each}" for each in error.fejl)])) from None

    def _write(self, path: Path, text: str):
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path}: kan ikke skrives ({error.strerror}).") from None

    def _tell(self, state):
        navn = MAAL[state.maal].navn if state.maal in MAAL else "Lodtrækning"
        self.stderr.write(f"{state.nummer}/{state.antal} {navn}")

    def _reasons(self, problem, fordeling) -> list[dict]:
        indeks = Indeks(problem)
        return [
            {
                "elev": reason.elev,
                "grund": reason,
                "til_eleven": for_elev(indeks, reason),
                "til_elevansvarlig": for_elevansvarlig(indeks, reason),
            }
            for reason in explain(problem, fordeling)
        ]


def _summary(fordeling) -> str:
    values = ", ".join(f"{each.maal} {each.vaerdi}" for each in fordeling.maaltal)
    proved = "bevist bedst" if fordeling.bevist else "ikke bevist"
    return f"{values}: {proved} på {fordeling.sekunder:.2f} s"
