"""Sealed documents: what one of them is, whether a file is it, and what is wrong with any of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from elevforloeb.core import seal
from elevforloeb.core.models import Dokument, Dokumentfil, Dokumentkontrol, Journalisering
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Handling, line
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


def documents_to_look_at(now: Rules) -> Iterator[Handling]:
    """Lines of "Kræver handling", in one statement: a document that was changed, and a journal that does not answer."""
    newest = Dokumentkontrol.objects.order_by("-tid").values("pk")[:1]
    wrong = Dokumentkontrol.objects.filter(pk__in=newest).exclude(problemer=[]).order_by()
    stuck = Journalisering.objects.filter(Q(status="fejlet") | Q(status="venter", forsoeg__gte=TROUBLED)).order_by()
    changed = wrong.values_list(Value("kontrol"), "pk")
    found = list(changed.union(stuck.values_list(Value("journal"), "dokument"), all=True))
    if any(what == "kontrol" for what, _ in found):
        text = "Nattens kontrol fandt noget. Sig det til den, der driver systemet, før nogen bruger dem"
        title = "Forseglede dokumenter er ikke, som de skal være"
        yield line(now, now.day, title, text, "warning", reverse("dokumentkontrol"), "Se kontrollen")
    if waiting := [pk for what, pk in found if what == "journal"]:
        title = f"{count_noun(len(waiting), 'dokument', 'dokumenter')} kunne ikke journaliseres"
        url = reverse("dokument", args=[min(waiting)])
        yield line(now, now.day, title, "Journalen svarer ikke", "warning", url, "Se dokumentet")
