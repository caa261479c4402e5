"""Counts what elever say of the departments, twice a year. Asks "what should be counted by now?"."""

from collections import defaultdict
from datetime import date

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.rules import rules
from evaluering.billede import Bundt, batches, last_day
from evaluering.models import Svarbundt
from evaluering.queries.billede import Serie, get_answers


def close_billeder(*, again: bool = False) -> None:
    """All departments at once, so that one batch of the newest day says that the day is done.

    `again`: count all the same, because answers of older days have come (the demo).
    """
    day = today()
    if not again and Svarbundt.objects.filter(til=last_day(day)).exists():
        return
    minimum, newest = rules().afdelingsbillede_mindst, _newest()
    rows = [
        _row(serie, batch, minimum)
        for serie, answers in get_answers().items()
        for batch in batches(answers, after=newest.get(serie), minimum=minimum, today=day)
    ]
    Svarbundt.objects.bulk_create(rows)
    words = f"Elevernes svar om afdelingen er gjort op {full_date(day)}"
    counted = Afdeling.objects.filter(pk__in={row.afdeling_id for row in rows})
    audit.record_many(None, "afdelingsbillede.gjort_op", ((afdeling, words, {}) for afdeling in counted))


def _newest() -> dict[Serie, date]:
    found = defaultdict(lambda: date.min)
    for afdeling, spoergsmaal, skala, til in Svarbundt.objects.values_list("afdeling", "spoergsmaal", "skala", "til"):
        serie = Serie(afdeling, spoergsmaal, skala)
        found[serie] = max(found[serie], til)
    return dict(found)


def _row(serie: Serie, batch: Bundt, minimum: int) -> Svarbundt:
    what = {"afdeling_id": serie.afdeling, "spoergsmaal": serie.spoergsmaal, "skala": serie.skala}
    return Svarbundt(til=batch.til, elever=batch.elever, mindst=minimum, svar=batch.svar, **what)
