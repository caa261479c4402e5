"""The calendar's entries of recruiting: the deadlines of the rounds. Never an applicant."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localtime

from afdelinger.models import Rolle
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.queries.kalender import Laeser, Slags
from rekruttering.models import Runde, Samtaledag
from rekruttering.permissions import visible_runder

COMMITTEE = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)  # who can open its pages


def rounds(laeser: Laeser) -> Iterator[Entry]:
    """Of those who steer a round or sit in its committee."""
    if not laeser.bruger.har_rolle(*COMMITTEE):
        return
    for runde in visible_runder(laeser.bruger).filter(tilstand=Runde.Tilstand.OFFENTLIG):
        more = {"url": reverse("ansoegere", args=[runde.pk]), "kind": Slags.FRIST}
        uid, answers = event_uid("ansoegningsfrist", runde.pk), event_uid("ansoegningssvar", runde.pk)
        last = localtime(runde.frist)
        title = f"Ansøgningsfrist kl. {last:%H.%M}: {runde}"
        yield Entry.on(last.date(), uid=uid, title=title, **more)
        if runde.svar_senest:
            yield Entry.on(runde.svar_senest, uid=answers, title=f"Frist: Alle har svar, {runde}", **more)


def duties(laeser: Laeser) -> Iterator[Entry]:
    """The days on which the elev receives applicants. Who they are stands on the page alone."""
    if not laeser.bruger.har_rolle(Rolle.ELEV):
        return
    for dag in Samtaledag.objects.filter(vagter__elev__bruger=laeser.bruger):
        more = {"url": reverse("modtagelse"), "kind": Slags.SAMTALE, "place": dag.lokale}
        yield Entry.on(dag.dato, uid=event_uid("samtaledag", dag.pk), title="Tag imod ansøgere", **more)
