"""Moves on the board, and what the law puts in their way. The same rules for one applicant and for many."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from rekruttering.models import Ansoegning
from rekruttering.queries.bedoemmelser import Laesning, readings
from rekruttering.queries.pligter import unheard, unmet_fortrinsadgang

from .tilstand import ASSESSED, MOVES, T, move

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


class Udfald(NamedTuple):
    ansoegning: Ansoegning
    hindring: str  # why not; empty: it can be done

    @property
    def kan(self) -> bool:
        return not self.hindring


@transaction.atomic
def place(actor, *, ansoegninger: Iterable[Ansoegning], to: str) -> list[Ansoegning]:
    """Moves those that can be, and answers them. Each is judged again as it is now."""
    wanted = [each.pk for each in ansoegninger]
    locked = Ansoegning.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    done = [each for each, hindring in judge(locked, to) if not hindring]
    for ansoegning in done:
        move(actor, ansoegning=ansoegning, to=to, tekst=WORDS[to])
    return done


@transaction.atomic
def place_one(actor, *, ansoegning: Ansoegning, to: str) -> None:
    """ValidationError: the reason it cannot be done."""
    ((fresh, hindring),) = judge([Ansoegning.objects.select_for_update(no_key=True).get(pk=ansoegning.pk)], to)
    if hindring:
        raise ValidationError(hindring)
    move(actor, ansoegning=fresh, to=to, tekst=WORDS[to])


def judge(ansoegninger: Iterable[Ansoegning], to: str) -> list[Udfald]:
    """For a preview and for the act itself."""
    ansoegninger = list(ansoegninger)
    read, waiting = readings(ansoegninger), unheard(ansoegninger)
    return [Udfald(each, _hindrance(each, to, read[each.pk], each.pk in waiting)) for each in ansoegninger]


def options(ansoegning: Ansoegning, laesning: Laesning, *, is_heard: bool) -> list[tuple[str, str]]:
    """Where one applicant can be put by a button, each with why not."""
    possible = [to for to in TARGETS if to in MOVES[ansoegning.tilstand]]
    return [(to, _hindrance(ansoegning, to, laesning, not is_heard)) for to in possible]


def _hindrance(ansoegning: Ansoegning, to: str, laesning: Laesning, is_waiting: bool) -> str:
    if to not in TARGETS or to not in MOVES[ansoegning.tilstand]:
        return f"Er “{ansoegning.get_tilstand_display()}” og kan ikke flyttes dertil."
    chosen_by_law = ansoegning.fortrinsadgang and to == T.SAMTALE
    is_choice = ansoegning.tilstand in ASSESSED and to in (T.SAMTALE, T.AFSLAG)
    if is_choice and laesning.hindring and not chosen_by_law:
        return laesning.hindring
    if to == T.AFSLAG and ansoegning.fortrinsadgang and ansoegning.tilstand in ASSESSED:
        return "Bruger fortrinsadgang og skal til samtale, før der kan gives afslag."
    if to == T.AFSLAG and is_waiting:
        return "En partshøring er ikke afsluttet."
    return ""


def check_offer(ansoegning: Ansoegning) -> None:
    """ValidationError: the places cannot be filled yet (fortrinsadgang: statement and dialogue come first)."""
    others = unmet_fortrinsadgang(ansoegning.runde).exclude(pk=ansoegning.pk)
    if others:
        names = ", ".join(str(each) for each in others)
        raise ValidationError(
            f"{names} bruger fortrinsadgang. Send redegørelsen til jobcenteret og hold dialogen, før pladser besættes."
        )
