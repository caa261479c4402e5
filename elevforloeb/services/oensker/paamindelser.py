"""Who is told of a round of wishes, and who is reminded. Asks "what should exist by now?"; may run twice or late."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev, Oenskerunde, Udbudssvar
from elevforloeb.queries.forloeb import elevansvarlige
from elevforloeb.queries.oensker.runde import without_wishes

STAFF = (Rolle.LEDER, Rolle.ELEVVEJLEDER)


def remind_about_wishes() -> None:
    """The departments and the elever when it is their turn and before they are late; the elevansvarlig when they are"""
    rounds = list(Oenskerunde.objects.filter(lukket=None, udbud_fra__lte=today()).select_related("hold__model"))
    if rounds:
        ahead = timedelta(days=rules().oenske_paamindelse_dage)
        outbox.queue_new([mail for runde in rounds for mail in _due(runde, ahead)])


def _due(runde: Oenskerunde, ahead: timedelta) -> Iterator[Mail]:
    if runde.tager_udbud:
        what = _occasion(runde.udbudsfrist, ahead)
        yield from _to_departments(runde, "udbud_aabent", "")
        yield from _to_departments(runde, "udbud_paamindelse", what) if what else ()
    if runde.tager_oensker:
        what = _occasion(runde.oenskefrist, ahead)
        silent = list(without_wishes(runde))
        yield from _to_elever(runde, silent, "oensker_aabne", "")
        yield from _to_elever(runde, silent, "oensker_paamindelse", what) if what else ()
    if today() > runde.udbudsfrist and waiting(runde).exists():
        yield from _to_elevansvarlige(runde, "udbud_mangler", runde.udbudsfrist)
    if today() > runde.oenskefrist:
        yield from _to_elevansvarlige(runde, "oensker_slut", runde.oenskefrist)


def _occasion(deadline: date, ahead: timedelta) -> str:
    """Which reminder is due by now; a moved deadline is a new occasion, and the last day drowns the one before it."""
    if today() >= deadline:
        return f"{deadline}:dagen"
    return f"{deadline}:foer" if today() >= deadline - ahead else ""


def remind_now(actor, *, runde: Oenskerunde) -> int:
    """Whoever has not answered and still can; at most one such mail a day. Returns how many were queued."""
    what = f"nu:{today()}"
    mails = [
        *(_to_departments(runde, "udbud_paamindelse", what) if runde.tager_udbud else ()),
        *(_to_elever(runde, without_wishes(runde), "oensker_paamindelse", what) if runde.tager_oensker else ()),
    ]
    before = Mail.objects.filter(noegle__in=[mail.noegle for mail in mails]).count()
    outbox.queue_new(mails)
    audit.record(actor, "oenskerunde.paamindet", runde.hold, f"Påmindelse sendt til {runde.navn}", runde=runde.pk)
    return len(mails) - before


def waiting(runde: Oenskerunde):
    return Udbudssvar.objects.filter(runde=runde, svar=Udbudssvar.Svar.VENTER)


def _to_departments(runde: Oenskerunde, skabelon: str, what: str) -> Iterator[Mail]:
    """One mail for each person and department that has not answered."""
    asked = dict(waiting(runde).values_list("afdeling_id", "pk"))
    roles = Rolletildeling.objects.on(today()).filter(rolle__in=STAFF, afdeling__in=asked, bruger__is_active=True)
    people = {(role.bruger, role.afdeling_id) for role in roles.select_related("bruger")}
    for person, afdeling in sorted(people, key=lambda each: (each[0].pk, each[1])):
        yield _mail(person, skabelon, f"{asked[afdeling]}:{what}", {"svar": asked[afdeling]})


def _to_elever(runde: Oenskerunde, elever: Iterable[Elev], skabelon: str, what: str) -> Iterator[Mail]:
    for elev in elever:
        yield _mail(elev.bruger, skabelon, f"{runde.pk}:{what}", {"runde": runde.pk})


def _to_elevansvarlige(runde: Oenskerunde, skabelon: str, deadline: date) -> Iterator[Mail]:
    for person in elevansvarlige():
        yield _mail(person, skabelon, f"{runde.pk}:{deadline}", {"runde": runde.pk})


def _mail(person: Bruger, skabelon: str, what: str, data: dict) -> Mail:
    noegle = f"{skabelon}:{what}:{person.pk}"
    return outbox.order(person, noegle=noegle, skabelon=skabelon, data=data, forfald=at_eight(today()))
