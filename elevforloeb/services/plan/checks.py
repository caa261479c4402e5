"""What no draft may hold: two stays at once, a stay outside the agreement or in a closed afdeling.

Too few places are allowed in a draft, because a plan is moved about until they fit; publishing refuses them.
"""

from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError

from elevforloeb.core.dates import Periode, full_date
from elevforloeb.models import Elev, Udkastophold


def check_legal(rows, before: list) -> None:
    """`before` are the rows as they were: what was wrong already may stay so, or nothing else could be mended."""
    known = {tuple(row) for row in before}
    stays = sorted(rows, key=lambda stay: (stay.elev_id, stay.startdato))
    changed = [stay for stay in stays if _row(stay) not in known]
    for stay in changed:
        _inside_agreement(stay)
        _open(stay)
    for stay, later in pairwise(stays):
        if stay.elev_id == later.elev_id and stay.slutdato > later.startdato:
            raise _overlap(stay, later, later_is_moved=later in changed)


def _row(stay: Udkastophold) -> tuple:
    dates = (stay.startdato.isoformat(), stay.slutdato.isoformat())
    return (stay.pk, stay.elev_id, stay.ophold_id, stay.afdeling_id, stay.elevvejleder_id, *dates)


def _inside_agreement(stay: Udkastophold) -> None:
    aftale = agreement(stay.elev)
    if not aftale.covers(stay.span):
        field = "startdato" if stay.startdato < aftale.startdato else "sidste_dag"
        raise ValidationError({field: f"Vælg en dag inden for aftalen. {stay.elev} er ansat {aftale}."})


def agreement(elev: Elev) -> Periode:
    """Until the elev stopped, when that is so."""
    end = elev.stoppet if elev.stoppet and elev.stoppet > elev.startdato else elev.slutdato
    return Periode(elev.startdato, end)


def _open(stay: Udkastophold) -> None:
    aaben = stay.afdeling.span
    if aaben.covers(stay.span):
        return
    if stay.startdato < aaben.startdato:
        when = f"først fra {full_date(aaben.startdato)}"
    else:
        when = f"kun til og med {full_date(aaben.sidste_dag)}"
    raise ValidationError({"afdeling": f"{stay.afdeling} tager imod elever {when}. Vælg en anden afdeling eller tid."})


def _overlap(stay: Udkastophold, later: Udkastophold, *, later_is_moved: bool) -> ValidationError:
    """Said at the date that was moved: the first day of the later stay, or the last day of the one before it."""
    other = stay if later_is_moved else later
    near: date = other.sidste_dag if later_is_moved else other.startdato
    when = f"til og med {full_date(near)}" if later_is_moved else f"fra {full_date(near)}"
    text = f"{stay.elev} er i {other.afdeling} {when}. Vælg en anden dag, eller flyt det andet ophold først."
    return ValidationError({"startdato" if later_is_moved else "sidste_dag": text})
