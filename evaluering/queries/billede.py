"""A department as elever see it: how many chose each step, in whole batches, and how many answers are missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from afdelinger.models import Afdeling
from elevforloeb.core.dates import today
from elevforloeb.core.rules import rules
from evaluering import permissions
from evaluering.billede import Bidrag, next_day, waiting
from evaluering.models import Evaluering, Skalatrin, Svar, Svarbundt
from evaluering.models.skema import Brug, Part

from .forseglede import said, sealed

BETWEEN = " / "  # the words of a scale


@dataclass(frozen=True)
class Serie:
    """One question about one department. The words of the scale belong to it: other words, another question."""

    afdeling: int
    spoergsmaal: str
    skala: str


def get_answers(afdelinger: Iterable[int] | None = None) -> dict[Serie, list[Bidrag]]:
    """What elever have answered with a step and shared, in the newest sealed edition, as old as the first one."""
    scales = _scales()
    rows = _rows(afdelinger).filter(trin__isnull=False)
    columns = ("besvarelse__evaluering", "besvarelse__evaluering__elev", "besvarelse__evaluering__afdeling")
    found: dict[Serie, list[Bidrag]] = defaultdict(list)
    begun = _first_sealed(afdelinger)
    for evaluering, elev, afdeling, tekst, skala, trin in rows.values_list(
        *columns, "punkt__tekst", "trin__skala", "trin__navn"
    ):
        found[Serie(afdeling, tekst, scales[skala])].append(Bidrag(elev, begun[evaluering], trin))
    return found


def _rows(afdelinger: Iterable[int] | None):
    evaluations = sealed() if afdelinger is None else sealed().filter(afdeling__in=list(afdelinger))
    about = said().filter(punkt__bruges_til=Brug.AFDELING, besvarelse__part=Part.ELEV)
    return about.filter(besvarelse__evaluering__in=evaluations.values("pk"))


def _scales() -> dict[int, str]:
    words = defaultdict(list)
    used = Skalatrin.objects.filter(skala__spoergsmaal__bruges_til=Brug.AFDELING).distinct()
    for skala, navn in used.order_by("skala", "nr").values_list("skala", "navn"):
        words[skala].append(navn)
    return {skala: BETWEEN.join(each) for skala, each in words.items()}


def _first_sealed(afdelinger: Iterable[int] | None) -> dict[int, date]:
    """By evaluation: the day on which its first edition was sealed."""
    rows = Evaluering.objects.filter(status=Evaluering.Status.FORSEGLET)
    if afdelinger is not None:
        rows = rows.filter(afdeling__in=list(afdelinger))
    days, begun = {}, {}
    for pk, before, moment in rows.order_by("udgave").values_list("pk", "retter", "forseglet"):
        days[pk] = localtime(moment).date()
        begun[pk] = begun.get(before, days[pk])
    return begun


# --- The page -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Fordeling:
    """Of one question: the steps in their order and how many chose each. Never an average."""

    spoergsmaal: str
    trin: list[tuple[str, int]]
    til: date

    @property
    def svar(self) -> int:
        return sum(number for _, number in self.trin)


@dataclass(frozen=True)
class Venter:
    """A question without a picture yet."""

    spoergsmaal: str
    mangler: int  # elever; none: it is only the day that is waited for


@dataclass(frozen=True)
class Billedside:
    afdeling: Afdeling
    mindst: int
    naeste: date
    fordelinger: list[Fordeling]
    venter: list[Venter]
    fritekst: list[str] | None  # None: not for this reader


def get_billedside(user, afdeling: Afdeling) -> Billedside:
    minimum, day = rules().afdelingsbillede_mindst, today()
    kept = defaultdict(list)
    for row in Svarbundt.objects.filter(afdeling=afdeling):
        kept[Serie(afdeling.pk, row.spoergsmaal, row.skala)].append(row)
    pending = {serie: found for serie, found in get_answers([afdeling.pk]).items() if serie not in kept}
    return Billedside(
        afdeling=afdeling,
        mindst=minimum,
        naeste=next_day(day),
        fordelinger=[_distribution(serie, rows) for serie, rows in kept.items()],
        venter=[
            Venter(serie.spoergsmaal, max(minimum - waiting(found, after=None), 0)) for serie, found in pending.items()
        ],
        fritekst=_free_text(afdeling) if permissions.can_read_free_text(user) else None,
    )


def _distribution(serie: Serie, rows: list[Svarbundt]) -> Fordeling:
    total = sum((Counter(row.svar) for row in rows), Counter())
    return Fordeling(serie.spoergsmaal, [(word, total[word]) for word in serie.skala.split(BETWEEN)], rows[-1].til)


def _free_text(afdeling: Afdeling) -> list[str]:
    """In the order of the alphabet: not that of time, which names the elever."""
    rows: Iterable[Svar] = _rows([afdeling.pk]).exclude(tekst="")
    return sorted({row.tekst for row in rows})


def with_answers(afdelinger: list[Afdeling]) -> list[tuple[Afdeling, int]]:
    """How many questions of each have a picture."""
    rows = Svarbundt.objects.filter(afdeling__in=afdelinger).values_list("afdeling", "spoergsmaal", "skala")
    number = Counter(afdeling for afdeling, *_ in set(rows))
    return [(afdeling, number[afdeling.pk]) for afdeling in afdelinger]
