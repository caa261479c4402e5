"""Sealed documents: what one of them is, whether a file is it, and what is wrong with any of them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from elevforloeb.core import seal
from elevforloeb.core.models import Dokument, Dokumentfil, Journalisering
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line
from evaluering.models import Evaluering

TROUBLED = 3  # attempts before a person hears that the journal does not answer


@dataclass(frozen=True)
class Dokumentside:
    dokument: Dokument
    fil: Dokumentfil | None
    problemer: list[str]
    evaluering: Evaluering | None
    journalisering: Journalisering | None


def get_dokumentside(dokument: Dokument) -> Dokumentside:
    """`dokument`: with its file and journalisering, so that it is read whole once."""
    return Dokumentside(
        dokument=dokument,
        fil=getattr(dokument, "fil", None),
        problemer=seal.verify(dokument),
        evaluering=Evaluering.objects.filter(dokument=dokument).first(),
        journalisering=getattr(dokument, "journalisering", None),
    )


@dataclass(frozen=True)
class Fund:
    """What a fingerprint belongs to, among what the user may see."""

    dokument: Dokument
    er_filen: bool  # otherwise it is of the text
    problemer: list[str]


def find_by_fingerprint(dokumenter: QuerySet[Dokument], sha256: str) -> Fund | None:
    rows = dokumenter.filter(Q(sha256=sha256) | Q(fil__sha256=sha256)).select_related("fil")
    if dokument := rows.first():
        return Fund(dokument, dokument.sha256 != sha256, seal.verify(dokument))
    return None


def _changed(now: Rules, *facts) -> Handling:
    title = "Forseglede dokumenter er ikke, som de skal være"
    text = "Nattens kontrol fandt noget. Sig det til den, der driver systemet, før nogen bruger dem"
    return line(now, now.day, title, text, "warning", reverse("dokumentkontrol"), "Se kontrollen")


def _waiting(now: Rules, first: int, navn, hvad, day, number: int) -> Handling:
    title = f"{count_noun(number, 'dokument', 'dokumenter')} kunne ikke journaliseres"
    url = reverse("dokument", args=[first])
    return line(now, now.day, title, "Journalen svarer ikke", "warning", url, "Se dokumentet")


# The newest check found a document that was changed, or the journal does not answer.
ASK = """
select 'kontrol', id, '', '', null::date, 1
from (select id, problemer from core_dokumentkontrol order by tid desc limit 1) nyeste where problemer <> '[]'::jsonb
union all
select 'journal', min(dokument_id), '', '', null, count(*) from core_journalisering
where status = 'fejlet' or (status = 'venter' and forsoeg >= %(besvaer)s) having count(*) > 0
"""
DOCUMENTS = Asked(lambda now: (ASK, {"besvaer": TROUBLED}), {"kontrol": _changed, "journal": _waiting})
