"""Optional subjects: each of the two says yes for herself, and a subject is chosen when both have."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.words import join_words
from elevforloeb.models import Elev
from skoleophold.models import Fag, Fagvalg
from skoleophold.queries.fagvalg import deadline


@transaction.atomic
def choose(actor, *, elev: Elev, fag: list[Fag], som_elev: bool, altid: bool = False) -> None:
    """The whole yes of one of them. `altid`: the elevansvarlig, who may also after the deadline."""
    Elev.objects.select_for_update().get(pk=elev.pk)
    last = deadline(elev)
    if not altid and (last is None or today() > last):
        when = f"Fristen var {full_date(last)}" if last else "Der skal ikke vælges endnu"
        raise ValidationError(f"{when}. Tal med den elevansvarlige, hvis valget skal ændres.")
    wanted = {each.pk: each for each in fag}
    rows = {row.fag_id: row for row in elev.fagvalg.select_related("fag")}
    for pk in wanted.keys() | rows.keys():
        row = rows.get(pk) or Fagvalg(elev=elev, fag=wanted[pk])
        _say(row, actor, som_elev, pk in wanted)
    names = join_words([each.navn for each in fag]) if fag else "ingen"
    who = "Eleven" if som_elev else "Elevvejlederen"
    audit.record(actor, "fagvalg.sagt", elev, f"{who} siger ja til valgfri specialefag: {names}")


def _say(row: Fagvalg, actor, som_elev: bool, yes: bool) -> None:
    """A yes that was said already keeps its moment; a row that nobody says yes to goes."""
    if som_elev:
        row.elev_ja = (row.elev_ja or now()) if yes else None
    else:
        row.vejleder_ja = (row.vejleder_ja or now()) if yes else None
        row.vejleder = (row.vejleder or actor) if yes else None
    if row.elev_ja or row.vejleder_ja:
        row.save()
    elif row.pk:
        row.delete()
