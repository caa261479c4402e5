"""Who may see and change what about elever and plans. Access follows the rotation in time."""

from datetime import timedelta

from django.db.models import QuerySet

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today
from elevforloeb.core.rules import rules

from .models import Elev, Hold, Ophold, Udkast


def _window(user):
    """First and last day of the stays through which a department sees an elev today (rules adgang_foer/efter_dage)."""
    now = rules()
    return today() - timedelta(days=now.adgang_efter_dage), today() + timedelta(days=now.adgang_foer_dage)


def visible_elever(user) -> QuerySet[Elev]:
    """The elevansvarlig: all. A department: those who are there, were lately or come soon. An elev: herself."""
    if is_elevansvarlig(user):
        return Elev.objects.all()
    own = Elev.objects.filter(bruger=user) if user.har_rolle(Rolle.ELEV) else Elev.objects.none()
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)
    if not afdelinger:
        return own
    stays = Ophold.objects.within(*_window(user)).filter(afdeling__in=afdelinger)
    return own | Elev.objects.filter(pk__in=stays.values("elev"))


def can_view_elev(user, elev) -> bool:
    if is_elevansvarlig(user):
        return True
    if elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV):
        return True
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)
    return bool(afdelinger) and elev.ophold.within(*_window(user)).filter(afdeling__in=afdelinger).exists()


def visible_ophold(user) -> QuerySet[Ophold]:
    """The published stays of the elever that the user may see. A department sees the whole course of its elev."""
    return Ophold.objects.filter(elev__in=visible_elever(user))


def visible_hold(user) -> QuerySet[Hold]:
    return Hold.objects.all() if is_elevansvarlig(user) else Hold.objects.none()


def visible_udkast(user) -> QuerySet[Udkast]:
    """Drafts are the elevansvarlig's alone."""
    return Udkast.objects.all() if is_elevansvarlig(user) else Udkast.objects.none()


def can_plan(user) -> bool:
    return is_elevansvarlig(user)
