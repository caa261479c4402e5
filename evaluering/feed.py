"""The calendar's entries of evaluations and declarations: when people meet, and until when. Never what is written."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import midnight
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.words import count_noun
from elevforloeb.queries.kalender import Laeser, Slags
from evaluering.models import Evaluering, Oplaeringserklaering
from evaluering.permissions import UNSIGNED
from evaluering.queries.skylder import OPEN

TALK = timedelta(hours=1)  # people write down when they meet, not for how long
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
    for row in rows.filter(mine, talk | due).select_related("elev__bruger", "afdeling"):
        yield from _of_evaluering(laeser, row)


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


def _of_evaluering(laeser: Laeser, row: Evaluering) -> Iterator[Entry]:
    is_own = row.elev.bruger_id == laeser.bruger.pk
    what = f"{row.get_art_display()} {f'i {row.afdeling.kortnavn}' if is_own else f'med {row.elev}'}"
    url = reverse("evaluering", args=[row.pk])
    if row.moede:
        times = {"start": row.moede, "end": row.moede + TALK, "busy": True}
        yield Entry(uid=event_uid("samtale", row.pk), title=what, url=url, kind=Slags.SAMTALE, **times)
    if row.status in OPEN:
        uid = event_uid("evaluering", row.pk)
        yield Entry.on(row.gaeldende_frist, uid=uid, title=f"Frist: {what}", url=url, kind=Slags.FRIST)


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
