"""A form as it would meet somebody in a department: with that department's tasks and the goals in force."""

from afdelinger.models import Afdeling
from afdelinger.queries.afdelinger import current_maalsaet
from evaluering.models import Evalueringsskema, Punkt, Skala
from evaluering.punkter import questions_of

from .felter import Afsnit, Felt, Trinvalg
from .mangler import answers_to


def get_preview(skema: Evalueringsskema, afdeling: Afdeling | None, part: str) -> list[Afsnit]:
    """The same fields as on the page of an evaluation, with nothing in them."""
    maalsaet = current_maalsaet()
    if afdeling is None or maalsaet is None:
        return []
    scales = {each.pk: each for each in Skala.objects.filter(skema=skema).prefetch_related("trin")}
    asked = [each for each in questions_of(skema, afdeling, maalsaet) if each.hvem in answers_to(part)]
    sections: list[Afsnit] = []
    for nr, punkt in enumerate(asked, start=1):
        if not sections or sections[-1].titel != punkt.afsnit:
            sections.append(Afsnit(punkt.afsnit, punkt.vejledning))
        sections[-1].felter.append(_field(punkt, nr, scales.get(punkt.skala_id)))
    return sections


def _field(punkt: Punkt, nr: int, skala: Skala | None) -> Felt:
    punkt.pk, punkt.skala = nr, skala  # a number of its own on the page; the row is never saved
    steps = Trinvalg(skala.trin.all() if skala else [])
    return Felt(punkt=punkt, nr=nr, skala=steps, er_skala=bool(steps.trin), gemt=None, trin=None, tekst="")
