"""The runs of a round side by side, and how the wishes have fared over the years."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from django.db.models import Count, Exists, OuterRef, Q

from elevforloeb.fordeling.maal import MAAL
from elevforloeb.hvadnuhvis import Navne
from elevforloeb.models import (
    Binding,
    Fordeling,
    Hold,
    Inhabilitet,
    Oenskerunde,
    Oenskeseddel,
    Tildeling,
    Udkastaendring,
)

from .ord import KORT, STATUS, Maallinje, goal_lines
from .resultat import changes_in_words
from .udgivne import given


@dataclass(frozen=True)
class Koersel:
    fordeling: Fordeling
    i_kladde: bool
    maal: dict[str, Maallinje]
    aendringer: list[str]

    @property
    def art(self) -> str:
        return STATUS.get(self.fordeling.status, "info")

    @property
    def tal(self) -> list[Maallinje | None]:
        return [self.maal.get(key) for key in MAAL]


ANDELE = ("1. ønske", "2. ønske", "3. ønske", "Lavere", "Ikke ønsket")


@dataclass(frozen=True)
class Aarslinje:
    """How the stays of a published round were given. Who wished nothing is left out."""

    runde: str
    i_alt: int
    tal: tuple[int, ...]  # of each of ANDELE

    @property
    def andele(self) -> list[tuple[str, int, int]]:
        """What it is a part of, how many, and percent."""
        return [(name, number, round(100 * number / self.i_alt)) for name, number in zip(ANDELE, self.tal, strict=True)]


@dataclass(frozen=True)
class Liste:
    runde: Oenskerunde | None
    runder: list[Oenskerunde]
    koersler: list[Koersel]
    aar: list[Aarslinje]

    @property
    def kolonner(self) -> list[str]:
        return [KORT[key] for key in MAAL]

    @property
    def andelsnavne(self) -> tuple[str, ...]:
        return ANDELE

    @property
    def koerer(self) -> bool:
        return any(each.fordeling.status in ("venter", "koerer") for each in self.koersler)


def get_liste(hold: Hold, runde: Oenskerunde | None, runder: list[Oenskerunde]) -> Liste:
    """Five statements at most, however many runs and elever."""
    if runde is None:
        return Liste(None, runder, [], rank_statistics())
    rows = list(
        runde.fordelinger.select_related("oprettet_af")
        .defer("instans")
        .annotate(i_kladde=Exists(Udkastaendring.objects.filter(fordeling=OuterRef("pk"))))
        .order_by("-id")
    )
    names = _names(runde, rows)
    found = [
        Koersel(row, row.i_kladde, {line.key: line for line in goal_lines(row)}, changes_in_words(row, names))
        for row in rows
    ]
    return Liste(runde, runder, found, rank_statistics())


def _names(runde: Oenskerunde, rows: Iterable[Fordeling]) -> Navne:
    """Only fetched when a run was changed."""
    if not any(row.aendringer for row in rows):
        return Navne({}, {})
    elever = runde.hold.elever.values_list("pk", "bruger__navn")
    return Navne(dict(elever), dict(runde.udbudssvar.values_list("afdeling", "afdeling__navn")))


def free_name(runde: Oenskerunde, after: str = "") -> str:
    """Forslag 1, Forslag 2 …"""
    taken = set(runde.fordelinger.values_list("navn", flat=True))
    return next(navn for nr in count(len(taken) + 1) if (navn := f"Forslag {nr}{after}") not in taken)


def is_in_draft(fordeling: Fordeling) -> bool:
    return Udkastaendring.objects.filter(fordeling=fordeling).exists()


def undecided(runde: Oenskerunde) -> int:
    """Inhabilitet that elever have told of and nobody has decided about: the allocation does not know of it."""
    decided = runde.bindinger.filter(
        art=Binding.Art.UDELUKKET, elev=OuterRef("seddel__elev"), afdeling=OuterRef("afdeling")
    )
    told = Inhabilitet.objects.filter(seddel__runde=runde, seddel__status=Oenskeseddel.Status.INDSENDT)
    return told.exclude(Exists(decided)).count()


def rank_statistics() -> list[Aarslinje]:
    """One line per published round of every hold, the newest first: what still stands in the plans."""
    rows = (
        Tildeling.objects.filter(pk__in=given(Tildeling.objects.all()).values("pk"))
        .exclude(rang=0)
        .order_by("-fordeling__runde")
        .values_list("fordeling__runde__navn", "fordeling__runde__hold__navn", "fordeling__runde")
        .annotate(
            i_alt=Count("pk"),
            nr1=Count("pk", filter=Q(rang=1)),
            nr2=Count("pk", filter=Q(rang=2)),
            nr3=Count("pk", filter=Q(rang=3)),
            lavere=Count("pk", filter=Q(rang__gt=3)),
            uoensket=Count("pk", filter=Q(rang=None)),
        )
    )
    return [Aarslinje(f"{hold}: {navn}", total, tuple(tal)) for navn, hold, _, total, *tal in rows]
