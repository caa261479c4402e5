"""Short words for tests of the plan: a stay by who and where, and what the user saw of it."""

from datetime import date

from elevforloeb.core.dates import Periode
from elevforloeb.models import Hold, Ophold, Udkastophold
from elevforloeb.queries.plan import get_draft, load_plan, seen, stand
from elevforloeb.services.plan import publish_plan


def days(first: date, last: date) -> Periode:
    return Periode.until_last_day(first, last)


def stay_of(elev, afdeling):
    """The draft's stay when there is a draft, otherwise the published one."""
    model = Udkastophold if get_draft(elev.hold) else Ophold
    return model.objects.get(elev=elev, afdeling=afdeling)


def named(elev, afdeling) -> dict:
    """How a page names the stay to a service."""
    return _named(stay_of(elev, afdeling))


def last_of(elev) -> dict:
    return _named(Udkastophold.objects.filter(elev=elev).last())


def _named(stay) -> dict:
    hold = stay.elev.hold
    return {"hold": hold, "noegle": plan_of(hold).noegler[stay.pk], "was": seen(stay.as_placering())}


def plan_of(hold: Hold):
    return load_plan(hold, get_draft(hold))


def rows(hold: Hold) -> set:
    """Everything that matters of the draft's stays, without what a step back may change."""
    fields = ("id", "elev_id", "ophold_id", "afdeling_id", "elevvejleder_id", "periode")
    return {tuple(map(str, row)) for row in Udkastophold.objects.filter(udkast__hold=hold).values_list(*fields)}


def publish(actor, hold: Hold, **options):
    udkast = get_draft(hold)
    options = {"was": stand(load_plan(hold, udkast))} | options
    return publish_plan(actor, hold=hold, udkast_id=udkast.pk, **options)
