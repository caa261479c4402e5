"""What a party still has to answer before it can share or acknowledge."""

from collections.abc import Iterable
from dataclasses import dataclass

from evaluering.models import Evaluering, Punkt, Skalatrin, Svar
from evaluering.models.skema import Part


@dataclass(frozen=True)
class Mangel:
    punkt: Punkt
    kommentar: bool  # the step is chosen, and its comment is missing

    @property
    def sentence(self) -> str:
        if self.kommentar:
            return f"Giv et eksempel til dit svar på “{self.punkt.tekst}”."
        return f"Svar på “{self.punkt.tekst}”."


def answers_to(part: str) -> list[str]:
    """Which questions (`Punkt.hvem`) are put to the party."""
    return [Part.FAELLES] if part == Part.FAELLES else ["begge", part]


def unanswered(evaluering: Evaluering, part: str) -> list[Mangel]:
    """In the order of the form."""
    given = {
        svar.punkt_id: svar
        for svar in Svar.objects.filter(besvarelse__evaluering=evaluering, besvarelse__part=part).select_related("trin")
    }
    asked = evaluering.punkter.filter(hvem__in=answers_to(part)).select_related("skala").prefetch_related("skala__trin")
    return [found for punkt in asked if (found := _lacks(punkt, given.get(punkt.pk)))]


def _lacks(punkt: Punkt, svar: Svar | None) -> Mangel | None:
    if svar is None or not (svar.trin_id or svar.tekst.strip()) or (punkt.skala_id and not svar.trin_id):
        return Mangel(punkt, kommentar=False) if punkt.kraevet else None
    if svar.trin_id in ends(punkt.skala.trin.all() if punkt.skala else []) and not svar.tekst.strip():
        return Mangel(punkt, kommentar=True)
    return None


def ends(steps: Iterable[Skalatrin]) -> set[int]:
    """Those of a scale that may not stand without a comment: the lowest and the highest level."""
    levels = [trin.pk for trin in steps if trin.er_niveau and trin.skala.kommentar_ved_enderne]
    return {levels[0], levels[-1]} if levels else set()
