"""Facts about a round that its services, mails and pages share."""

from django.db.models import Exists, OuterRef, QuerySet

from afdelinger.models import Afdeling
from elevforloeb.core.dates import Periode
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Oenskerunde, Oenskeseddel, Udbud, Udbudssvar

INDSENDT = Oenskeseddel.Status.INDSENDT
TILBYDER = Udbudssvar.Svar.TILBYDER


def elever_of(runde: Oenskerunde) -> QuerySet[Elev]:
    """Who is to have a place: the hold's elever who are still employed when the first of the stays begins."""
    begin = runde.etaper[runde.foerste_trin].startdato
    return Elev.objects.filter(hold=runde.hold_id).employed_from(begin).select_related("bruger")


def without_wishes(runde: Oenskerunde) -> QuerySet[Elev]:
    """Those of them who have sent nothing in. A draft is nothing."""
    sent = Oenskeseddel.objects.filter(runde=runde, elev=OuterRef("pk"), status=INDSENDT)
    return elever_of(runde).filter(~Exists(sent))


def default_afdelinger(runde: Oenskerunde) -> list[Afdeling]:
    """The departments of the kind that a stay is for, and open all through it."""
    found: dict[int, Afdeling] = {}
    for trin in runde.hold.model.alle_trin[runde.foerste_trin - 1 : runde.sidste_trin]:
        days = runde.etaper[trin.nr]
        open_then = Afdeling.objects.filter(art=trin.art, periode__contains=period(days.startdato, days.sidste_dag))
        found |= {afdeling.pk: afdeling for afdeling in open_then}
    return list(found.values())


def etaper_for(svar: Udbudssvar) -> dict[int, Periode]:
    """The stays that a department may offer: those it is open all through, of its own kind when there are such."""
    kinds = {trin.nr: trin.art for trin in svar.runde.hold.model.alle_trin}
    is_open = {nr: days for nr, days in svar.runde.etaper.items() if svar.afdeling.span.covers(days)}
    own_kind = {nr: days for nr, days in is_open.items() if kinds[nr] == svar.afdeling.art}
    return own_kind or is_open


def offered(runde: Oenskerunde) -> dict[int, list[int]]:
    """By department that offers places: the stays it offers them in."""
    places: dict[int, list[int]] = {}
    rows = Udbud.objects.filter(svar__runde=runde, svar__svar=TILBYDER, maksimum__gt=0)
    for afdeling, trin in rows.values_list("svar__afdeling_id", "trin"):
        places.setdefault(afdeling, []).append(trin)
    return places


def asked(runde: Oenskerunde) -> set[int]:
    return set(Udbudssvar.objects.filter(runde=runde).values_list("afdeling_id", flat=True))


def latest_round(rounds: QuerySet[Oenskerunde]) -> Oenskerunde | None:
    """The open one, or the newest."""
    return min(rounds, key=lambda each: (each.lukket is not None, -each.pk), default=None)
