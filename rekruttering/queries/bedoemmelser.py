"""Who has assessed whom, and when the assessments open to the members."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Value

from elevforloeb.core.words import join_words
from rekruttering.models import Ansoegning, Bedoemmelse, Inhabilitet, Udvalgsmedlem


@dataclass(frozen=True)
class Laesning:
    """How far the committee is with one application."""

    medlemmer: list[Udvalgsmedlem]  # who have not left
    afgivet: int
    mangler: list[Udvalgsmedlem]  # of them, who are not partial and have not handed in

    @property
    def er_aaben(self) -> bool:
        """The members can read each other's."""
        return not self.hindring

    @property
    def hindring(self) -> str:
        """Why it cannot be decided yet. A round without a committee has read nothing."""
        if self.mangler:
            return f"Mangler bedømmelse fra {join_words([seat.bruger.navn for seat in self.mangler])}."
        return "" if self.afgivet else "Ingen har bedømt ansøgningen."


def readings(ansoegninger: Iterable[Ansoegning]) -> dict[int, Laesning]:
    """By application, in two statements."""
    ansoegninger = list(ansoegninger)
    seats = defaultdict(list)
    members = Udvalgsmedlem.objects.filter(runde__in={each.runde_id for each in ansoegninger}, udtraadt=None)
    for seat in members.select_related("bruger"):
        seats[seat.runde_id].append(seat)
    handed_in, partial = _answers([each.pk for each in ansoegninger])
    return {
        each.pk: Laesning(
            medlemmer=seats[each.runde_id],
            afgivet=len(handed_in[each.pk]),
            mangler=[s for s in seats[each.runde_id] if s.pk not in handed_in[each.pk] | partial[each.pk]],
        )
        for each in ansoegninger
    }


def reading(ansoegning: Ansoegning) -> Laesning:
    return read_by(seats_of(ansoegning))


def seats_of(ansoegning: Ansoegning, **more) -> list[Udvalgsmedlem]:
    """Everybody who has sat in the committee, with her `bedoemmelse` of this one, in one statement."""
    partial = Inhabilitet.objects.filter(medlem=OuterRef("pk"), ansoegning=ansoegning)
    own = FilteredRelation("bedoemmelser", condition=Q(bedoemmelser__ansoegning=ansoegning))
    seats = Udvalgsmedlem.objects.filter(runde=ansoegning.runde_id)
    seats = seats.annotate(bedoemmelse=own, er_inhabil=Exists(partial), **more)
    return list(seats.select_related("bruger", "bedoemmelse"))


def assessment_by(seat: Udvalgsmedlem) -> Bedoemmelse | None:
    return getattr(seat, "bedoemmelse", None)  # where there is none, nothing is joined


def read_by(seats: list[Udvalgsmedlem]) -> Laesning:
    """What somebody handed in before she left counts."""
    there = [seat for seat in seats if seat.udtraadt is None]
    done = {seat.pk for seat in seats if (own := assessment_by(seat)) and own.afgivet}
    return Laesning(there, len(done), [seat for seat in there if seat.pk not in done and not seat.er_inhabil])


def _answers(ids: list[int]) -> tuple[dict, dict]:
    """Which members have handed in, and which are partial: sets of members, by application."""
    given = Bedoemmelse.objects.filter(ansoegning__in=ids, afgivet__isnull=False).order_by()
    rows = given.values_list("ansoegning", "medlem", Value(True))
    stepped_aside = Inhabilitet.objects.filter(ansoegning__in=ids).values_list("ansoegning", "medlem", Value(False))
    handed_in, partial = defaultdict(set), defaultdict(set)
    for ansoegning, medlem, is_given in rows.union(stepped_aside):
        (handed_in if is_given else partial)[ansoegning].add(medlem)
    return handed_in, partial
