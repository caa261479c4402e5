"""What people are told without asking. Each service asks "what should exist by now?" and may run twice or late."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core import outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.models import Ophold


def remind_coming_departments() -> None:
    """Tell each department of its next elev, naeste_elev_varsel_dage before: once per stay, start and person."""
    due = at_eight(today())  # the jobs run from midnight on
    outbox.queue_new([_mail(stay, person, due) for stay, people in coming_stays() for person in people])


def coming_stays() -> list[tuple[Ophold, list[Bruger]]]:
    """The stays that begin within the notice, each with whom to tell: the elevvejleder, or the leder without one."""
    day = today()
    last = day + timedelta(days=rules(on=day).naeste_elev_varsel_dage)
    stays = (
        Ophold.objects.filter(periode__startswith__gt=day, periode__startswith__lte=last)
        .filter(Q(elev__stoppet=None) | Q(elev__stoppet__gt=F("periode__startswith")))
        .prefetch_related("elevvejleder")  # one object a person, not one a stay
    )
    leaders = _leaders({stay.afdeling_id for stay in stays}) if stays else {}
    return [(stay, _told(stay, leaders)) for stay in stays]


def _told(stay: Ophold, leaders: dict[int, list[Bruger]]) -> list[Bruger]:
    if stay.elevvejleder and stay.elevvejleder.is_active:
        return [stay.elevvejleder]
    return leaders.get(stay.afdeling_id, [])


def is_told(person: Bruger, stay: Ophold) -> bool:
    """Is this still the one whom the stay concerns?"""
    return person in _told(stay, _leaders({stay.afdeling_id}))


def _leaders(afdelinger: set[int]) -> dict[int, list[Bruger]]:
    found: dict[int, list[Bruger]] = {}
    roles = Rolletildeling.objects.on(today()).filter(rolle=Rolle.LEDER, afdeling__in=afdelinger)
    for role in roles.filter(bruger__is_active=True).select_related("bruger"):
        found.setdefault(role.afdeling_id, []).append(role.bruger)
    return found


def _mail(stay: Ophold, person: Bruger, due: datetime) -> Mail:
    start = stay.startdato.isoformat()
    return outbox.order(
        person,
        noegle=f"naeste_elev:{stay.pk}:{start}:{person.pk}",
        skabelon="naeste_elev",
        data={"ophold": stay.pk, "start": start},
        forfald=due,
    )
