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
from elevforloeb.models import Oenskerunde, Ophold, Udbudssvar
from elevforloeb.permissions import announced_ophold, visible_runder, visible_udbudssvar
from elevforloeb.queries import figures
from elevforloeb.queries.behov import ends_of_proevetid, find_behov
from elevforloeb.queries.figures import Art
from elevforloeb.queries.kalender import Laeser, Slags

# What happens to a hold on one day: its start, the shifts of department, the last days. Names would be everybody's.
HOLD_DAYS = """
with ansat as (
  select id, hold_id, lower(periode) as foerste, least(upper(periode), coalesce(stoppet, upper(periode))) as slut
  from elevforloeb_elev where upper(periode) > %(fra)s
)
select 'start', hold.id, navn, startdato, (select count(*) from ansat where hold_id = hold.id)
from elevforloeb_hold hold where startdato >= %(fra)s and startdato < %(til)s
union all
select 'skift', hold.id, hold.navn, lower(ophold.periode), count(*)
from elevforloeb_ophold ophold join ansat on ansat.id = elev_id join elevforloeb_hold hold on hold.id = hold_id
where lower(ophold.periode) >= %(fra)s and lower(ophold.periode) < %(til)s
  and lower(ophold.periode) > foerste and lower(ophold.periode) < slut
group by 2, 3, 4
union all
select 'slut', hold.id, hold.navn, slut - 1, count(*)
from ansat join elevforloeb_hold hold on hold.id = hold_id where slut > %(fra)s and slut <= %(til)s
group by 2, 3, 4
"""
HOLD_PAGES = {"start": "hold", "skift": "plan", "slut": "hold"}


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


def round_deadlines(laeser: Laeser) -> Iterator[Entry]:
    """Of every open round, for who steers them."""
    if not laeser.er_elevansvarlig:
        return
    for runde in Oenskerunde.objects.filter(lukket=None).select_related("hold"):
        more = {"url": reverse("hold_oensker", args=[runde.hold_id]), "kind": Slags.FRIST}
        offers, wishes = event_uid("runde-udbud", runde.pk), event_uid("runde-oensker", runde.pk)
        yield Entry.on(runde.udbudsfrist, uid=offers, title=f"Frist: Afdelingernes svar til {runde.hold}", **more)
        yield Entry.on(runde.oenskefrist, uid=wishes, title=f"Frist: Ønsker fra {runde.hold}", **more)


def days_of_hold(laeser: Laeser) -> Iterator[Entry]:
    """One line a hold and day, and no names: the plan and the list say who."""
    if not laeser.er_elevansvarlig:
        return
    with connection.cursor() as cursor:
        cursor.execute(HOLD_DAYS, {"fra": laeser.dage.startdato, "til": laeser.dage.slutdato})
        rows = cursor.fetchall()
    for what, hold, navn, day, number in rows:
        yield Entry.on(
            day,
            uid=event_uid(f"hold-{what}", f"{hold}-{day:%Y%m%d}"),
            title=_hold_title(what, navn, number),
            url=reverse(HOLD_PAGES[what], args=[hold]),
            kind=Slags.OPHOLD,
        )


def _hold_title(what: str, navn: str, number: int) -> str:
    people = _elever(number)
    if what == "start":
        return f"{navn} begynder ({people})" if number else f"{navn} begynder"
    return f"{navn}: {people} skifter afdeling" if what == "skift" else f"{navn}: sidste dag for {people}"


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
