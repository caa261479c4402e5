"""Who may see and change what about elever and plans. Access follows the rotation in time."""

from datetime import date, timedelta

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.dates import Periode, today
from elevforloeb.core.rules import Rules

from .models import (
    Binding,
    Elev,
    Fordeling,
    Hold,
    Kalenderperiode,
    Oenskerunde,
    Oenskeseddel,
    Ophold,
    Tildeling,
    Udbudssvar,
)

Art = Kalenderperiode.Art


def _window(user):
    """First and last day of the stays through which a department sees an elev today (rules adgang_foer/efter_dage)."""
    now = user.regler
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


def announced_ophold(user) -> QuerySet[Ophold]:
    """Stays in the user's own departments that are not over: whose they are and when is known from the publishing on.

    Everything else about the elev waits for visible_elever.
    """
    return Ophold.objects.within(today()).filter(afdeling__in=user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER))


def opens(stay: Ophold, now: Rules) -> date:
    """The first day on which the department of the stay sees the elev's page."""
    return stay.startdato - timedelta(days=now.adgang_foer_dage)


def visible_hold(user) -> QuerySet[Hold]:
    return Hold.objects.all() if is_elevansvarlig(user) else Hold.objects.none()


# --- the elev's agreement, absence and calendar -------------------------------------------------------------------


def can_edit_elev(user, elev) -> bool:
    """The agreement, the stop and the extension."""
    return is_elevansvarlig(user)


def can_see_absence(user, elev) -> bool:
    """Why somebody is away is known to the elevansvarlig and the elev alone; a department sees that, not why."""
    return is_elevansvarlig(user) or elev.bruger_id == user.pk


def kalender_arter(user, elev) -> list[str]:
    """The kinds of calendar periods that the user may write for this elev today."""
    if is_elevansvarlig(user):
        return list(Art)
    return [Art.FERIE, Art.SYGDOM] if _own_stay(user, elev) else []


def kalender_window(user, elev) -> Periode | None:
    """The days on which the user may write: an elevvejleder those of the stay that is now, in the own department."""
    if is_elevansvarlig(user):
        return elev.span
    stay = _own_stay(user, elev)
    return stay.span if stay else None


def editable_kalenderperioder(user) -> QuerySet[Kalenderperiode]:
    """The elevansvarlig: all. An elevvejleder: what she wrote herself. More would tell which kind the others are."""
    if is_elevansvarlig(user):
        return Kalenderperiode.objects.all()
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    if not afdelinger:
        return Kalenderperiode.objects.none()
    written = audit.acts_of(user, "kalender.oprettet").values(row=Cast(KT("data__periode"), BigIntegerField()))
    here = Ophold.objects.on(today()).filter(afdeling__in=afdelinger).values("elev")
    return Kalenderperiode.objects.filter(pk__in=written, elev__in=here, art__in=[Art.FERIE, Art.SYGDOM])


def _own_stay(user, elev) -> Ophold | None:
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    return elev.ophold.on(today()).filter(afdeling__in=afdelinger).first() if afdelinger else None


# --- wishes: a department never reads what elever wish, and nobody but the elevansvarlig what is decided beforehand ---


def visible_runder(user) -> QuerySet[Oenskerunde]:
    """The elevansvarlig: all. An elev: those of her own hold, from the day she may wish."""
    if is_elevansvarlig(user):
        return Oenskerunde.objects.all()
    if not user.har_rolle(Rolle.ELEV):
        return Oenskerunde.objects.none()
    return Oenskerunde.objects.filter(hold__elever__bruger=user, oenske_fra__lte=today())


def can_view_runde(user, runde) -> bool:
    if is_elevansvarlig(user):
        return True
    own = user.har_rolle(Rolle.ELEV) and runde.oenske_fra <= today()
    return own and Elev.objects.filter(hold=runde.hold_id, bruger=user).exists()


def visible_udbudssvar(user) -> QuerySet[Udbudssvar]:
    """What a department was asked and has answered: its own people from the day it is asked, and the elevansvarlig."""
    if is_elevansvarlig(user):
        return Udbudssvar.objects.all()
    own = user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)
    return Udbudssvar.objects.filter(afdeling__in=own, runde__udbud_fra__lte=today())


def can_view_udbudssvar(user, svar) -> bool:
    if is_elevansvarlig(user):
        return True
    return svar.runde.udbud_fra <= today() and svar.afdeling_id in user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)


def can_answer_udbud(user, svar) -> bool:
    """The department until its deadline, the elevansvarlig always."""
    return is_elevansvarlig(user) or (svar.runde.tager_udbud and can_view_udbudssvar(user, svar))


def answers_for_another(user, svar) -> bool:
    """The elevansvarlig, unless it is her own department and still in time."""
    own = svar.afdeling_id in user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)
    return is_elevansvarlig(user) and not (own and svar.runde.tager_udbud)


def visible_sedler(user) -> QuerySet[Oenskeseddel]:
    """An elev's own, and for the elevansvarlig those that are sent in: a draft is nobody else's."""
    own = Oenskeseddel.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Oenskeseddel.objects.none()
    return own | Oenskeseddel.objects.filter(status="indsendt") if is_elevansvarlig(user) else own


def can_view_seddel(user, seddel) -> bool:
    own = user.har_rolle(Rolle.ELEV) and seddel.elev.bruger_id == user.pk
    return own or (is_elevansvarlig(user) and seddel.status == "indsendt")


def visible_bindinger(user) -> QuerySet[Binding]:
    return Binding.objects.all() if is_elevansvarlig(user) else Binding.objects.none()


def can_view_binding(user, binding) -> bool:
    return is_elevansvarlig(user)


# --- allocations: the elevansvarlig's, until one is published; then each elev reads her own line of it ----------------


def visible_fordelinger(user) -> QuerySet[Fordeling]:
    return Fordeling.objects.all() if is_elevansvarlig(user) else Fordeling.objects.none()


def can_view_fordeling(user, fordeling) -> bool:
    return is_elevansvarlig(user)


def visible_tildelinger(user) -> QuerySet[Tildeling]:
    """Departments read nothing of wishes, and nobody reads another's."""
    if is_elevansvarlig(user):
        return Tildeling.objects.all()
    if not user.har_rolle(Rolle.ELEV):
        return Tildeling.objects.none()
    return Tildeling.objects.filter(elev__bruger=user, fordeling__udgivet__isnull=False)


def can_view_tildeling(user, tildeling) -> bool:
    own = user.har_rolle(Rolle.ELEV) and tildeling.elev.bruger_id == user.pk and tildeling.fordeling.udgivet
    return is_elevansvarlig(user) or bool(own)
