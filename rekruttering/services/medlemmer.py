"""Who sits in a round's committee."""

from collections.abc import Iterable

from django.db import transaction

from afdelinger.models import Bruger
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.words import join_words
from rekruttering.models import Runde, Udvalgsmedlem


@transaction.atomic
def set_medlemmer(actor, *, runde: Runde, brugere: Iterable[Bruger]) -> None:
    """Who leaves stays in the rows, as somebody who has left. Who comes back says anew whether she is partial."""
    Runde.objects.select_for_update().get(pk=runde.pk)
    wanted = {bruger.pk: bruger for bruger in brugere}
    rows = {row.bruger_id: row for row in Udvalgsmedlem.objects.filter(runde=runde).select_related("bruger")}
    seated = {pk for pk, row in rows.items() if row.udtraadt is None}
    left = [rows[pk] for pk in seated - wanted.keys()]
    back = [rows[pk] for pk in wanted.keys() - seated if pk in rows]
    new = [Udvalgsmedlem(runde=runde, bruger=bruger) for pk, bruger in wanted.items() if pk not in rows]
    Udvalgsmedlem.objects.filter(pk__in=[row.pk for row in left]).update(udtraadt=now())
    Udvalgsmedlem.objects.filter(pk__in=[row.pk for row in back]).update(udtraadt=None, erklaeret=None)
    Udvalgsmedlem.objects.bulk_create(new)
    for text, people in (("kommet til", new + back), ("udtrådt", left)):
        if people:
            names = join_words(sorted(row.bruger.navn for row in people))
            audit.record(actor, "runde.udvalg", runde, f"Ansættelsesudvalget for {runde}: {names} er {text}")
