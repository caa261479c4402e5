"""Moves on the board, and what the law puts in their way. The same rules for one applicant and for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from rekruttering.models import Ansoegning
from rekruttering.queries.bedoemmelser import Laesning, readings
from rekruttering.queries.pligter import booked, unheard, unmet_fortrinsadgang

from .tilstand import ASSESSED, MOVES, T, move, write_step

# Where the elevansvarlig can put an applicant by a button. Offers and letters have pages of their own.
TARGETS = [T.NY, T.VURDERES, T.SAMTALE, T.VENTELISTE, T.AFSLAG]
BUTTONS = {
    T.NY: "Tilbage til nye",
    T.VURDERES: "Til vurdering",
    T.SAMTALE: "Til samtale",
    T.VENTELISTE: "På venteliste",
    T.AFSLAG: "Ikke valgt",
}
WORDS = {
    T.NY: "Sat tilbage til nye ansøgninger.",
    T.VURDERES: "Ansøgningen er ved at blive læst.",
    T.SAMTALE: "Udvalgt til samtale.",
    T.VENTELISTE: "Sat på venteliste.",
    T.AFSLAG: "Ikke valgt. Brevet er ikke sendt endnu.",
}
BOOKED = "Har en samtale aftalt. Aflys den først, eller vent, til den er holdt."
UNHEARD = "En partshøring er ikke afsluttet."
HAS_OFFER = "Har et tilbud. Træk det tilbage på ansøgerens side først."


class Udfald(NamedTuple):
    ansoegning: Ansoegning
    hindring: str  # why not; empty: it can be done

    @property
    def kan(self) -> bool:
        return not self.hindring


@dataclass(frozen=True)
class Flytning:
    """One move, with what it takes to undo it."""

    pk: int
    til: str
    siden: datetime
    fra: str
    fra_siden: datetime


@transaction.atomic
def place(actor, *, ansoegninger: Iterable[Ansoegning], to: str) -> list[Flytning]:
    """Moves those that can be, and answers them. Each is judged again as it is now."""
    wanted = [each.pk for each in ansoegninger]
    locked = Ansoegning.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    return [_moved(actor, each, to) for each, hindring in judge(locked, to) if not hindring]


@transaction.atomic
def place_one(actor, *, ansoegning: Ansoegning, to: str) -> Flytning:
    """ValidationError: the reason it cannot be done."""
    ((fresh, hindring),) = judge([Ansoegning.objects.select_for_update(no_key=True).get(pk=ansoegning.pk)], to)
    if hindring:
        raise ValidationError(hindring)
    return _moved(actor, fresh, to)


def _moved(actor, ansoegning: Ansoegning, to: str) -> Flytning:
    fra, fra_siden = ansoegning.tilstand, ansoegning.tilstand_siden
    move(actor, ansoegning=ansoegning, to=to, tekst=WORDS[to])
    return Flytning(ansoegning.pk, to, ansoegning.tilstand_siden, fra, fra_siden)


@transaction.atomic
def undo(actor, *, flytninger: Iterable[Flytning]) -> list[Ansoegning]:
    """Nobody is told of a move, so it can be taken back until something has followed from it: a letter, an invitation
    or another move. Those that it is too late for stay where they are.
    """
    done = []
    for each in flytninger:
        rows = Ansoegning.objects.filter(pk=each.pk, tilstand=each.til, tilstand_siden=each.siden, brev=None)
        rows = rows.exclude(samtaler__inviteret__gte=each.siden)
        found = rows.select_for_update(of=("self",), no_key=True).first()
        if found is None:
            continue
        Ansoegning.objects.filter(pk=each.pk).update(tilstand=each.fra, tilstand_siden=each.fra_siden)
        write_step(actor, ansoegning=found, art="flytning-fortrudt", tekst="Flytningen er fortrudt.")
        done.append(found)
    return done


def judge(ansoegninger: Iterable[Ansoegning], to: str) -> list[Udfald]:
    """For a preview and for the act itself."""
    ansoegninger = list(ansoegninger)
    read, waiting, agreed = readings(ansoegninger), unheard(ansoegninger), booked(ansoegninger)
    return [
        Udfald(each, _hindrance(each, to, read[each.pk], each.pk in waiting, each.pk in agreed))
        for each in ansoegninger
    ]


def options(
    ansoegning: Ansoegning, laesning: Laesning, *, is_heard: bool, is_booked: bool = False
) -> list[tuple[str, str]]:
    """Where one applicant can be put by a button, each with why not."""
    if ansoegning.tilstand == T.TILBUD:
        return []
    possible = [to for to in TARGETS if to in MOVES[ansoegning.tilstand]]
    return [(to, _hindrance(ansoegning, to, laesning, not is_heard, is_booked)) for to in possible]


def _hindrance(ansoegning: Ansoegning, to: str, laesning: Laesning, is_waiting: bool, is_booked: bool) -> str:
    if ansoegning.tilstand == T.TILBUD:
        return HAS_OFFER
    if to not in TARGETS or to not in MOVES[ansoegning.tilstand]:
        return f"Er “{ansoegning.get_tilstand_display()}” og kan ikke flyttes dertil."
    if is_booked and ansoegning.tilstand == T.SAMTALE:
        return BOOKED
    chosen_by_law = ansoegning.fortrinsadgang and to == T.SAMTALE
    is_choice = ansoegning.tilstand in ASSESSED and to in (T.SAMTALE, T.AFSLAG)
    if is_choice and laesning.hindring and not chosen_by_law:
        return laesning.hindring
    if to == T.AFSLAG and ansoegning.fortrinsadgang and ansoegning.tilstand in ASSESSED:
        return "Bruger fortrinsadgang og skal til samtale, før der kan gives afslag."
    return UNHEARD if to == T.AFSLAG and is_waiting else ""


def check_offer(ansoegning: Ansoegning) -> None:
    """ValidationError: the places cannot be filled yet (fortrinsadgang: statement and dialogue come first)."""
    others = unmet_fortrinsadgang(ansoegning.runde).exclude(pk=ansoegning.pk)
    if others:
        names = ", ".join(str(each) for each in others)
        raise ValidationError(
            f"{names} bruger fortrinsadgang. Send redegørelsen til jobcenteret og hold dialogen, før pladser besættes."
        )
