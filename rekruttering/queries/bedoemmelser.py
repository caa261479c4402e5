"""Who has assessed whom, and when the assessments open to the members."""

from collections import defaultdict
from collections.abc import Iterable

from elevforloeb.core.words import join_words
from rekruttering.models import Ansoegning, Bedoemmelse, Inhabilitet, Udvalgsmedlem


def missing_members(ansoegninger: Iterable[Ansoegning]) -> dict[int, list[Udvalgsmedlem]]:
    """Who has yet to hand in, by application: all members who have not left and are not partial. Three statements."""
    ansoegninger = list(ansoegninger)
    ids = [each.pk for each in ansoegninger]
    seats = defaultdict(list)
    members = Udvalgsmedlem.objects.filter(runde__in={each.runde_id for each in ansoegninger}, udtraadt=None)
    for seat in members.select_related("bruger"):
        seats[seat.runde_id].append(seat)
    handed_in = Bedoemmelse.objects.filter(ansoegning__in=ids, afgivet__isnull=False)
    done = set(handed_in.values_list("ansoegning", "medlem"))
    done |= set(Inhabilitet.objects.filter(ansoegning__in=ids).values_list("ansoegning", "medlem"))
    return {each.pk: [seat for seat in seats[each.runde_id] if (each.pk, seat.pk) not in done] for each in ansoegninger}


def why_unread(ansoegninger: Iterable[Ansoegning]) -> dict[int, str]:
    """Why an application cannot be decided yet; empty when every member has handed in, and at least one has."""
    missing = missing_members(ansoegninger)
    handed_in = Bedoemmelse.objects.filter(ansoegning__in=missing, afgivet__isnull=False)
    read = set(handed_in.values_list("ansoegning", flat=True))
    return {pk: _why(seats, pk in read) for pk, seats in missing.items()}


def _why(missing: list[Udvalgsmedlem], is_read: bool) -> str:
    if missing:
        return f"Mangler bedømmelse fra {join_words([seat.bruger.navn for seat in missing])}."
    return "" if is_read else "Ingen har bedømt ansøgningen."


def is_open(ansoegning: Ansoegning) -> bool:
    """All are in, so the members can read each other's."""
    return not why_unread([ansoegning])[ansoegning.pk]
