"""The calendar's entries of evaluations and declarations: when people meet, and until when. Never what is written."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import midnight
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.words import count_noun
from elevforloeb.queries.kalender import Laeser, Slags
from evaluering.models import Evaluering, Oplaeringserklaering
from evaluering.permissions import UNSIGNED, WRITERS, part_of
from evaluering.queries.skylder import OPEN

TALK = timedelta(hours=1)  # people write down when they meet, not for how long
SHOWN = ("art", "status", "moede", "elev__bruger__navn", "afdeling__kortnavn")  # never a text
S, E = Evaluering.Status, Oplaeringserklaering.Status


def evalueringer(laeser: Laeser) -> Iterator[Entry]:
    """The talk, when a time is agreed; the deadline until everybody has acknowledged."""
    mine = _mine(laeser)
    if not mine:
        return
    first, end = laeser.dage.startdato, laeser.dage.slutdato
    talk = Q(moede__gte=midnight(first), moede__lt=midnight(end))
    due = Q(status__in=OPEN, gaeldende__gte=first, gaeldende__lt=end)
    rows = Evaluering.objects.exclude(status=S.BORTFALDET).annotate(gaeldende=Coalesce("udsat_til", "frist"))
    joined: Counter[date] = Counter()
    for row in rows.filter(mine, talk | due).select_related("elev__bruger", "afdeling").only(*SHOWN):
        writes = part_of(laeser.bruger, row) in WRITERS
        if row.moede:
            yield _talk(laeser, row)
        if row.status in OPEN and writes:
            yield _deadline(laeser, row)
        elif row.status in OPEN:
            joined[row.gaeldende] += 1
    yield from _deadlines_of_joined(joined)


def _mine(laeser: Laeser) -> Q:
    """An elev's own; an elevvejleder's own and those she stands in for; those that the elevansvarlig takes part in."""
    user, mine = laeser.bruger, Q()
    if laeser.elev:
        mine |= Q(elev=laeser.elev)
    if afdelinger := user.afdelinger_som(Rolle.ELEVVEJLEDER):
        people = [user.pk, *(role.vikar_for_id for role in user.roller if role.vikar_for_id)]
        own = Q(elevvejleder__in=people) | Q(elevvejleder=None)
        mine |= own & Q(afdeling__in=afdelinger, elev__in=laeser.synlige)
    if laeser.er_elevansvarlig:
        mine |= Q(skema__med_elevansvarlig=True)
    return mine


def _what(laeser: Laeser, row: Evaluering) -> str:
    is_own = row.elev.bruger_id == laeser.bruger.pk
    return f"{row.get_art_display()} {f'i {row.afdeling.kortnavn}' if is_own else f'med {row.elev}'}"


def _talk(laeser: Laeser, row: Evaluering) -> Entry:
    return Entry(
        row.moede,
        row.moede + TALK,
        uid=event_uid("evalueringssamtale", row.pk),
        title=_what(laeser, row),
        url=reverse("evaluering", args=[row.pk]),
        kind=Slags.SAMTALE,
        busy=True,
    )


def _deadline(laeser: Laeser, row: Evaluering) -> Entry:
    uid, url = event_uid("evaluering", row.pk), reverse("evaluering", args=[row.pk])
    return Entry.on(row.gaeldende, uid=uid, title=f"Frist: {_what(laeser, row)}", url=url, kind=Slags.FRIST)


def _deadlines_of_joined(days: Counter[date]) -> Iterator[Entry]:
    """One line a day for who only takes part: a whole hold is due at once."""
    for day, number in days.items():
        uid = event_uid("evalueringer", f"{day:%Y%m%d}")
        title = f"Frist: {count_noun(number, 'evaluering', 'evalueringer')}, du er med til"
        yield Entry.on(day, uid=uid, title=title, url=reverse("evalueringer"), kind=Slags.FRIST)


def own_erklaeringer(laeser: Laeser) -> Iterator[Entry]:
    if laeser.elev is None:
        return
    for row in laeser.elev.oplaeringserklaeringer.filter(status=E.TIL_ELEV):
        uid, url = event_uid("erklaering", row.pk), reverse("erklaering", args=[row.pk])
        yield Entry.on(row.frist, uid=uid, title="Frist: Læs din oplæringserklæring", url=url, kind=Slags.FRIST)


def erklaeringer_to_write(laeser: Laeser) -> Iterator[Entry]:
    """One line a day: a class goes to school together."""
    if not laeser.er_elevansvarlig:
        return
    rows = Oplaeringserklaering.objects.filter(status__in=[*UNSIGNED, E.UNDERSKREVET])
    for day, number in rows.order_by("frist").values_list("frist").annotate(Count("pk")):
        uid = event_uid("erklaeringer", f"{day:%Y%m%d}")
        title = f"Frist: {count_noun(number, 'oplæringserklæring', 'oplæringserklæringer')} til skolen"
        yield Entry.on(day, uid=uid, title=title, url=reverse("erklaeringer"), kind=Slags.FRIST)
