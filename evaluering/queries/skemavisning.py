"""A form as it would meet somebody in a department: with that department's tasks and the goals in force."""

from dataclasses import dataclass, field

from afdelinger.models import Afdeling
from afdelinger.queries.afdelinger import current_maalsaet
from evaluering.models import Evalueringsskema, Punkt, Skala, Skalatrin
from evaluering.models.skema import Part
from evaluering.punkter import questions_of


@dataclass(frozen=True)
class Vistpunkt:
    nr: int
    punkt: Punkt
    trin: list[Skalatrin]


@dataclass(frozen=True)
class Vistafsnit:
    titel: str
    vejledning: str
    punkter: list[Vistpunkt] = field(default_factory=list)


def get_preview(skema: Evalueringsskema, afdeling: Afdeling | None, som: str) -> list[Vistafsnit]:
    """`som`: elev, elevvejleder or faelles. Numbered as that person sees them."""
    maalsaet = current_maalsaet()
    if afdeling is None or maalsaet is None:
        return []
    hvem = {som} if som == Part.FAELLES else {som, "begge"}
    asked = [each for each in questions_of(skema, afdeling, maalsaet) if each.hvem in hvem]
    steps = {each.pk: list(each.trin.all()) for each in Skala.objects.filter(skema=skema).prefetch_related("trin")}
    sections: list[Vistafsnit] = []
    for nr, punkt in enumerate(asked, start=1):
        if not sections or sections[-1].titel != punkt.afsnit:
            sections.append(Vistafsnit(punkt.afsnit, punkt.vejledning))
        sections[-1].punkter.append(Vistpunkt(nr, punkt, steps.get(punkt.skala_id, [])))
    return sections
