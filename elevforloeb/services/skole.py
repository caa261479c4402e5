"""School days of many elever at once, for the wing that keeps the classes. One elev at a time: services/kalender.py."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import Periode, format_period
from elevforloeb.core.errors import mendable
from elevforloeb.core.periods import period
from elevforloeb.core.words import join_words
from elevforloeb.models import Elev, Kalenderperiode


@dataclass(frozen=True)
class Skoledage:
    """What an elev's calendar is to hold: without `row` a new one, without `span` none any more."""

    elev: Elev
    row: Kalenderperiode | None
    span: Periode | None
    titel: str


@transaction.atomic
def write_school(actor, *, dage: list[Skoledage]) -> list[Kalenderperiode | None]:
    """All of it or nothing, in a few statements. Answers the rows in the same order, None for those taken away."""
    acts, rows = defaultdict(list), []
    for each in dage:
        acts[each.elev].append(_words(each))
        rows.append(_row(each))
    gone = [each.row.pk for each in dage if each.row and each.span is None]
    with mendable(Kalenderperiode):
        Kalenderperiode.objects.filter(pk__in=gone).delete()
        kept = [row for row in rows if row and row.pk]
        Kalenderperiode.objects.bulk_update(kept, ["periode", "titel"], batch_size=1000)
        Kalenderperiode.objects.bulk_create([row for row in rows if row and not row.pk], batch_size=1000)
    lines = [(elev, f"Skole: {join_words(words)}", {}) for elev, words in acts.items()]
    audit.record_many(actor, "kalender.skole", lines)
    return rows


def _row(each: Skoledage) -> Kalenderperiode | None:
    if each.span is None:
        return None
    row = each.row or Kalenderperiode(elev=each.elev, art=Kalenderperiode.Art.SKOLE)
    row.titel, row.periode = each.titel, period(each.span.startdato, each.span.sidste_dag)
    return row


def _words(each: Skoledage) -> str:
    if each.span is None:
        return f"{each.titel} {format_period(each.row.startdato, each.row.sidste_dag)} fjernet"
    if each.row is None or each.row.span == each.span:
        return f"{each.titel} {each.span} registreret"
    return f"{each.titel} flyttet til {each.span}"
