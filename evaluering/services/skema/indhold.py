"""Writes all the words of a form into a new draft, in four statements."""

from dataclasses import fields

from evaluering.models import Afsnit, Evalueringsskema, Skala, Skalatrin, Spoergsmaal
from evaluering.models.skema import Spoergeform
from evaluering.skemafiler import Indhold, Part


def fill(skema: Evalueringsskema, indhold: Indhold) -> None:
    """The draft is empty: made in this transaction."""
    skalaer = Skala.objects.bulk_create(Skala(skema=skema, **_words(each, "trin")) for each in indhold.skalaer)
    Skalatrin.objects.bulk_create(
        Skalatrin(skala=row, nr=nr, **_words(trin))
        for row, skala in zip(skalaer, indhold.skalaer, strict=True)
        for nr, trin in enumerate(skala.trin, start=1)
    )
    sections = Afsnit.objects.bulk_create(
        Afsnit(skema=skema, nr=nr, **_words(each, "spoergsmaal")) for nr, each in enumerate(indhold.afsnit, start=1)
    )
    by_code = {row.kode: row for row in skalaer}
    Spoergsmaal.objects.bulk_create(
        Spoergsmaal(afsnit=row, nr=nr, skala=by_code.get(each.skala), svarform=_form(each), **_words(each, "skala"))
        for row, afsnit in zip(sections, indhold.afsnit, strict=True)
        for nr, each in enumerate(afsnit.spoergsmaal, start=1)
    )


def _words(part: Part, without: str = "") -> dict:
    return {each.name: getattr(part, each.name) for each in fields(part) if each.name != without}


def _form(spoergsmaal) -> str:
    return Spoergeform.SKALA if spoergsmaal.skala else Spoergeform.TEKST
