"""Steps on single stays of a draft: add, change, move, swap, remove.

Every function takes what the user saw (`was`) beside the key of the stay, and locks the hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling, Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import Periode
from elevforloeb.core.periods import DateRange
from elevforloeb.models import Elev, Hold, Udkastophold
from elevforloeb.plangitter import move_halves

from .kladde import find_stay, open_draft, step


@dataclass(frozen=True)
class Tilpasning:
    """A neighbour that gets other dates in the same step."""

    noegle: str
    was: str
    periode: Periode


@transaction.atomic
def add_stay(
    actor,
    *,
    hold: Hold,
    elev: Elev,
    afdeling: Afdeling,
    elevvejleder: Bruger | None,
    periode: Periode,
    past_ok: bool = False,
) -> Udkastophold:
    udkast = open_draft(actor, hold=hold)
    elevvejleder = elevvejleder or only_vejleder(afdeling, periode)
    with step(actor, udkast, [elev.pk], past_ok=past_ok) as skridt:
        stay = Udkastophold(udkast=udkast, elev=elev, afdeling=afdeling, elevvejleder=elevvejleder)
        stay.periode = _range(periode)
        stay.save()
        skridt.tekst = f"{elev}: {afdeling.kortnavn} {periode} lagt ind"
    return stay


@transaction.atomic
def change_stay(
    actor,
    *,
    hold: Hold,
    noegle: str,
    was: str,
    afdeling: Afdeling,
    elevvejleder: Bruger | None,
    periode: Periode,
    also: Sequence[Tilpasning] = (),
    past_ok: bool = False,
) -> None:
    udkast = open_draft(actor, hold=hold)
    stay = find_stay(udkast, noegle, was)
    others = [(find_stay(udkast, each.noegle, each.was), each.periode) for each in also]
    old = f"{stay.afdeling.kortnavn} {stay.span}"
    if afdeling != stay.afdeling and elevvejleder == stay.elevvejleder:
        elevvejleder = only_vejleder(afdeling, periode)  # the old one belongs to the old afdeling
    with step(actor, udkast, [stay.elev_id, *(other.elev_id for other, _ in others)], past_ok=past_ok) as skridt:
        only_the_person = (afdeling, periode) == (stay.afdeling, stay.span)
        stay.afdeling, stay.elevvejleder = afdeling, elevvejleder
        _place(stay, periode)
        for other, days in others:
            _place(other, days)
        new = f"{afdeling.kortnavn} {periode}"
        what = f"{old} har fået ny elevvejleder" if only_the_person else f"{old} er nu {new}"
        skridt.tekst = f"{stay.elev}: {what}{', og naboen er tilpasset' if others else ''}"


def resize_stay(actor, *, hold: Hold, noegle: str, was: str, periode: Periode, past_ok: bool = False) -> None:
    """Other dates in the same afdeling: how a gap is closed from one of its sides."""
    with transaction.atomic():
        stay = find_stay(open_draft(actor, hold=hold), noegle, was)
        change_stay(
            actor,
            hold=hold,
            noegle=noegle,
            was=was,
            afdeling=stay.afdeling,
            elevvejleder=stay.elevvejleder,
            periode=periode,
            past_ok=past_ok,
        )


@transaction.atomic
def move_stay(actor, *, hold: Hold, noegle: str, was: str, halves: int, past_ok: bool = False) -> None:
    """Half a month later or earlier. Neighbours that touch the stay follow, so that a full plan stays full."""
    udkast = open_draft(actor, hold=hold)
    stay = find_stay(udkast, noegle, was)
    old, new = stay.span, Periode(move_halves(stay.startdato, halves), move_halves(stay.slutdato, halves))
    with step(actor, udkast, [stay.elev_id], past_ok=past_ok) as skridt:
        for other in udkast.ophold.filter(elev=stay.elev_id).exclude(pk=stay.pk).select_related("afdeling"):
            _follow(other, old, new)
        _place(stay, new)
        direction = "senere" if halves > 0 else "tidligere"
        skridt.tekst = f"{stay.elev}: {stay.afdeling.kortnavn} flyttet ½ måned {direction}"


def _follow(other: Udkastophold, old: Periode, new: Periode) -> None:
    """A neighbour that met the stay, or that the stay now reaches into, meets it again."""
    start, end = other.startdato, other.slutdato
    if other.slutdato == old.startdato or other.startdato < new.startdato < other.slutdato:
        end = new.startdato
    elif other.startdato == old.slutdato or other.startdato < new.slutdato < other.slutdato:
        start = new.slutdato
    if start >= end:
        raise ValidationError(f"Der er ikke plads: {other.afdeling} {other.span} ville forsvinde. Fjern det først.")
    if (start, end) != (other.startdato, other.slutdato):
        _place(other, Periode(start, end))


@transaction.atomic
def swap_stays(actor, *, hold: Hold, noegle: str, was: str, med: str, med_was: str, past_ok: bool = False) -> None:
    """Two stays change afdeling and elevvejleder with each other; everybody keeps their own dates."""
    udkast = open_draft(actor, hold=hold)
    one, two = find_stay(udkast, noegle, was), find_stay(udkast, med, med_was)
    with step(actor, udkast, [one.elev_id, two.elev_id], past_ok=past_ok) as skridt:
        skridt.tekst = f"{one.elev} og {two.elev} byttede {one.afdeling.kortnavn} og {two.afdeling.kortnavn}"
        if one.elev_id == two.elev_id:
            skridt.tekst = f"{one.elev}: {one.afdeling.kortnavn} og {two.afdeling.kortnavn} har byttet plads"
        one.afdeling, two.afdeling = two.afdeling, one.afdeling
        one.elevvejleder, two.elevvejleder = two.elevvejleder, one.elevvejleder
        one.save()
        two.save()


@transaction.atomic
def remove_stay(actor, *, hold: Hold, noegle: str, was: str, past_ok: bool = False) -> None:
    udkast = open_draft(actor, hold=hold)
    stay = find_stay(udkast, noegle, was)
    with step(actor, udkast, [stay.elev_id], past_ok=past_ok) as skridt:
        skridt.tekst = f"{stay.elev}: {stay.afdeling.kortnavn} {stay.span} fjernet"
        stay.delete()


def only_vejleder(afdeling: Afdeling, periode: Periode) -> Bruger | None:
    """The elevvejleder, when the afdeling has exactly one in the whole period."""
    roles = Rolletildeling.objects.filter(
        afdeling=afdeling, rolle=Rolle.ELEVVEJLEDER, bruger__is_active=True, periode__contains=_range(periode)
    )
    people = {role.bruger for role in roles.select_related("bruger")}
    return people.pop() if len(people) == 1 else None


def _place(stay: Udkastophold, periode: Periode) -> None:
    stay.periode = _range(periode)
    stay.save()


def _range(periode: Periode) -> DateRange:
    return DateRange(periode.startdato, periode.slutdato)
