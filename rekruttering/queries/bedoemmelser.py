"""Who has assessed whom, and when the assessments open to the members."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Value

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
    """Of one, in one statement. What somebody handed in before she left counts."""
    own = {"medlem": OuterRef("pk"), "ansoegning": ansoegning}
    seats = (
        Udvalgsmedlem.objects.filter(runde=ansoegning.runde_id)
        .select_related("bruger")
        .annotate(
            har_afgivet=Exists(Bedoemmelse.objects.filter(**own, afgivet__isnull=False)),
            er_inhabil=Exists(Inhabilitet.objects.filter(**own)),
        )
    )
    there = [seat for seat in seats if seat.udtraadt is None]
    return Laesning(
        medlemmer=there,
        afgivet=sum(seat.har_afgivet for seat in seats),
        mangler=[seat for seat in there if not (seat.har_afgivet or seat.er_inhabil)],
    )


def _answers(ids: list[int]) -> tuple[dict, dict]:
    """Which members have handed in, and which are partial: sets of members, by application."""
    given = Bedoemmelse.objects.filter(ansoegning__in=ids, afgivet__isnull=False).order_by()
    rows = given.values_list("ansoegning", "medlem", Value(True))
    stepped_aside = Inhabilitet.objects.filter(ansoegning__in=ids).values_list("ansoegning", "medlem", Value(False))
    handed_in, partial = defaultdict(set), defaultdict(set)
    for ansoegning, medlem, is_given in rows.union(stepped_aside):
        (handed_in if is_given else partial)[ansoegning].add(medlem)
    return handed_in, partial
