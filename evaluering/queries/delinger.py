"""What the elev lets later departments read, and who has read it."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from afdelinger.models import Afdeling
from elevforloeb.core.models import Opslag
from elevforloeb.models import Elev, Ophold
from evaluering.models import Deling, Evaluering

from .forseglede import sealed
from .viderefoert import Viderefoert, carried_on, near_stays

S = Evaluering.Status


@dataclass(frozen=True)
class Mulighed:
    """A department that the evaluation is shared with or can be."""

    afdeling: Afdeling
    deling: Deling | None


@dataclass(frozen=True)
class Delingslinje:
    evaluering: Evaluering
    muligheder: list[Mulighed]
    laest: list[Opslag]  # by whom and when, the newest first; of all its editions


@dataclass(frozen=True)
class Delingsside:
    elev: Elev
    linjer: list[Delingslinje]
    viderefoert: Viderefoert | None


def receivers(elev: Elev) -> list[Afdeling]:
    """The department that she is in, and the next one."""
    return _departments(near_stays(elev))


def _departments(stays: list[Ophold]) -> list[Afdeling]:
    return list({stay.afdeling_id: stay.afdeling for stay in stays}.values())


def get_delingsside(elev: Elev) -> Delingsside:
    open_ = Deling.objects.filter(trukket=None).select_related("afdeling")
    rows = own_sealed(elev).prefetch_related(Prefetch("delinger", open_, to_attr="aktive")).order_by("-forseglet")
    near, reads = near_stays(elev), _reads(elev)
    lines = [Delingslinje(row, _choices(row, _departments(near)), reads.get(row.pk, [])) for row in rows]
    return Delingsside(elev, lines, carried_on(elev.bruger, elev, near))


def own_sealed(elev: Elev) -> QuerySet[Evaluering]:
    return sealed().filter(elev=elev).select_related("afdeling", "ophold")


def _choices(row: Evaluering, near: list[Afdeling]) -> list[Mulighed]:
    """Her own department reads it anyway; one that it is shared with can always be taken off."""
    shared = {each.afdeling_id: each for each in row.aktive}
    found = {each.pk: each for each in [*near, *(each.afdeling for each in row.aktive)] if each.pk != row.afdeling_id}
    return [Mulighed(afdeling, shared.get(pk)) for pk, afdeling in found.items()]


def _reads(elev: Elev) -> dict[int, list[Opslag]]:
    """By its newest sealed edition: the look-ups in the access log, which names the evaluation behind the page."""
    found: dict[int, list[Opslag]] = {}
    newer = dict(elev.evalueringer.filter(status=S.FORSEGLET).exclude(retter=None).values_list("retter", "pk"))
    rows = Opslag.objects.filter(person=elev.bruger, side__startswith="evaluering").select_related("bruger")
    for row in rows:
        _, _, number = row.side.partition(" ")
        if number.isdecimal():
            found.setdefault(_newest(int(number), newer), []).append(row)
    return found


def _newest(pk: int, newer: dict[int, int]) -> int:
    while pk in newer:
        pk = newer[pk]
    return pk
