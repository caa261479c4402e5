"""The calendar's entries of this floor: stays and shifts, holidays, the dates of the agreement, deadlines of wishes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import F, Q
from django.urls import reverse

from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.words import count_noun, genitive
from elevforloeb.models import Ophold, Udbudssvar
from elevforloeb.permissions import announced_ophold, visible_runder, visible_udbudssvar
from elevforloeb.queries import figures
from elevforloeb.queries.behov import ends_of_proevetid, find_behov
from elevforloeb.queries.figures import Art
from elevforloeb.queries.kalender import Laeser, Slags

# What happens to a hold on one day: its start, shifts of department, last days, and the deadlines of its open round.
# (what, whose event it is, hold, its name, the day, how many elever). No names of people: they would be everybody's.
HOLD_DAYS = """
with ansat as (
  select id, hold_id, lower(periode) as foerste, least(upper(periode), coalesce(stoppet, upper(periode))) as slut
  from elevforloeb_elev where upper(periode) > %(fra)s
), dage as (
  select 'start' as hvad, id as nr, id as hold_id, startdato as dag,
    (select count(*) from ansat where hold_id = hold.id) as antal
  from elevforloeb_hold hold
  union all
  select 'skift', null, hold_id, lower(periode), count(*)
  from elevforloeb_ophold ophold join ansat on ansat.id = elev_id
  where lower(periode) >= %(fra)s and lower(periode) > foerste and lower(periode) < slut group by 3, 4
  union all
  select 'slut', null, hold_id, slut - 1, count(*) from ansat group by 3, 4
  union all
  select 'udbud', id, hold_id, udbudsfrist, 0 from elevforloeb_oenskerunde where lukket is null
  union all
  select 'oensker', id, hold_id, oenskefrist, 0 from elevforloeb_oenskerunde where lukket is null
)
select hvad, coalesce(nr::text, hold_id || to_char(dag, '-YYYYMMDD')), hold_id, navn, dag, antal
from dage join elevforloeb_hold hold on hold.id = hold_id
where dag >= %(fra)s and dag < %(til)s
"""
HOLD_PAGES = {"start": "hold", "skift": "plan", "slut": "hold", "udbud": "hold_oensker", "oensker": "hold_oensker"}


def own_stays(laeser: Laeser) -> Iterator[Entry]:
    if laeser.elev is None:
        return
    stays = laeser.elev.ophold.within(laeser.dage.startdato, laeser.dage.sidste_dag)
    columns = ("pk", "periode", "afdeling__navn", "afdeling__adresse", "afdeling__kode")
    for pk, periode, navn, adresse, kode in stays.values_list(*columns):
        yield Entry(
            periode.lower,
            periode.upper,
            uid=event_uid("ophold", pk),
            title=f"Ophold i {navn}",
            place=adresse,
            url=reverse("afdeling", args=[kode]),
            kind=Slags.OPHOLD,
        )


def own_holidays(laeser: Laeser) -> Iterator[Entry]:
    """Holiday only: why somebody is away otherwise is nobody's business in a calendar that others can see."""
    for row in laeser.elev.kalenderperioder.all() if laeser.elev else ():
        if row.art == Art.FERIE:
            uid = event_uid("kalenderperiode", row.pk)
            yield Entry(row.startdato, row.slutdato, uid=uid, title="Ferie", url=reverse("forside"), kind=Slags.FERIE)


def own_dates(laeser: Laeser) -> Iterator[Entry]:
    """Of the agreement. After a stop they no longer count."""
    elev = laeser.elev
    if elev is None or elev.stoppet:
        return
    more = {"url": reverse("forside"), "kind": Slags.FRIST}
    proevetid = figures.proevetid(elev, elev.kalenderperioder.all(), laeser.regler)
    yield Entry.on(proevetid.sidste_dag, uid=event_uid("proevetid", elev.pk), title="Prøvetiden slutter", **more)
    yield Entry.on(elev.sidste_dag, uid=event_uid("sidste-dag", elev.pk), title="Sidste dag som elev", **more)


def shifts_in_departments(laeser: Laeser) -> Iterator[Entry]:
    """Who comes and who leaves. What is over is told no longer than the department may open the elev's page."""
    if not laeser.afdelinger:
        return
    here = Ophold.objects.filter(afdeling__in=laeser.afdelinger, elev__in=laeser.synlige)
    stays = (announced_ophold(laeser.bruger) | here).within(laeser.dage.startdato, laeser.dage.sidste_dag)
    stays = stays.filter(Q(elev__stoppet=None) | Q(elev__stoppet__gt=F("periode__startswith")))
    shown = ("periode", "elev__stoppet", "elev__bruger__navn", "afdeling__kortnavn", "afdeling__adresse")
    for stay in stays.select_related("elev__bruger", "afdeling").only(*shown):
        yield from _comes_and_leaves(stay, may_open=stay.elev_id in laeser.synlige)


def _comes_and_leaves(stay: Ophold, *, may_open: bool) -> Iterator[Entry]:
    name, where = stay.elev.bruger.navn, stay.afdeling.kortnavn
    more = {"place": stay.afdeling.adresse, "kind": Slags.OPHOLD}
    more["url"] = reverse("elev", args=[stay.elev_id]) if may_open else ""
    last = min(stay.sidste_dag, stay.elev.stoppet - ONE_DAY) if stay.elev.stoppet else stay.sidste_dag
    first_uid, last_uid = event_uid("ophold-start", stay.pk), event_uid("ophold-slut", stay.pk)
    yield Entry.on(stay.startdato, uid=first_uid, title=f"{name} begynder i {where}", **more)
    yield Entry.on(last, uid=last_uid, title=f"{genitive(name)} sidste dag i {where}", **more)


def wish_deadlines(laeser: Laeser) -> Iterator[Entry]:
    """Of the elev, while the round is open."""
    if laeser.elev is None:
        return
    for runde in visible_runder(laeser.bruger).filter(hold=laeser.elev.hold_id, lukket=None):
        uid, url = event_uid("oenskefrist", runde.pk), reverse("oensker")
        yield Entry.on(runde.oenskefrist, uid=uid, title="Frist: Ønsk pladser", url=url, kind=Slags.FRIST)


def offer_deadlines(laeser: Laeser) -> Iterator[Entry]:
    """Of a department that has not answered yet."""
    if not laeser.afdelinger:
        return
    asked = visible_udbudssvar(laeser.bruger).filter(afdeling__in=laeser.afdelinger, runde__lukket=None)
    for svar in asked.filter(svar=Udbudssvar.Svar.VENTER).select_related("runde__hold", "afdeling"):
        yield Entry.on(
            svar.runde.udbudsfrist,
            uid=event_uid("udbudsfrist", svar.pk),
            title=f"Frist: Svar på pladser til {svar.runde.hold} ({svar.afdeling.kortnavn})",
            url=reverse("udbud", args=[svar.pk]),
            kind=Slags.FRIST,
        )


def days_of_hold(laeser: Laeser) -> Iterator[Entry]:
    """One line a hold and day, and no names: the plan and the list say who."""
    if not laeser.er_elevansvarlig:
        return
    with connection.cursor() as cursor:
        cursor.execute(HOLD_DAYS, {"fra": laeser.dage.startdato, "til": laeser.dage.slutdato})
        rows = cursor.fetchall()
    for what, key, hold, navn, day, number in rows:
        yield Entry.on(
            day,
            uid=event_uid(f"hold-{what}", key),
            title=_hold_title(what, navn, _elever(number)),
            url=reverse(HOLD_PAGES[what], args=[hold]),
            kind=Slags.FRIST if what in ("udbud", "oensker") else Slags.OPHOLD,
        )


def _hold_title(what: str, navn: str, elever: str) -> str:
    return {
        "start": f"{navn} begynder ({elever})",
        "skift": f"{navn}: {elever} skifter afdeling",
        "slut": f"{navn}: sidste dag for {elever}",
        "udbud": f"Frist: Afdelingernes svar til {navn}",
        "oensker": f"Frist: Ønsker fra {navn}",
    }[what]


def ends_of_proevetider(laeser: Laeser) -> Iterator[Entry]:
    """Of those who are in it today. Whose it is, the overview says."""
    if not laeser.er_elevansvarlig:
        return
    behov = find_behov(laeser.regler, laeser.regler.day)
    days: Counter[date] = Counter(last for _, last in ends_of_proevetid(behov, laeser.regler))
    for day, number in days.items():
        uid, title = event_uid("proevetider", f"{day:%Y%m%d}"), f"Prøvetiden slutter for {_elever(number)}"
        yield Entry.on(day, uid=uid, title=title, url=reverse("forside"), kind=Slags.FRIST)


def _elever(number: int) -> str:
    return count_noun(number, "elev", "elever")
