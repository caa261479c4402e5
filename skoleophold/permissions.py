"""Who may see and change what of school. The calendar is no secret to the department; grades are the elev's own."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Ophold
from elevforloeb.permissions import visible_elever

from .models import (
    Bilag,
    Fagproeve,
    Fagproeveforsoeg,
    Fagproeverunde,
    Indlaesning,
    Karakter,
    Karakterdeling,
    Skolehold,
    Skoleophold,
    Skoleperiode,
    Studietur,
    Tilknytning,
    Udbetaling,
    Udgiftsart,
    Udlaeg,
)

__all__ = ["visible_elever"]

LEDSAGERE = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)  # who can travel along and has an account


def visible_skolehold(user) -> QuerySet[Skolehold]:
    return Skolehold.objects.all() if is_elevansvarlig(user) else Skolehold.objects.none()


def visible_skoleperioder(user) -> QuerySet[Skoleperiode]:
    return Skoleperiode.objects.all() if is_elevansvarlig(user) else Skoleperiode.objects.none()


def visible_tilknytninger(user) -> QuerySet[Tilknytning]:
    return Tilknytning.objects.all() if is_elevansvarlig(user) else Tilknytning.objects.none()


def editable_skoleophold(user) -> QuerySet[Skoleophold]:
    return Skoleophold.objects.all() if is_elevansvarlig(user) else Skoleophold.objects.none()


def visible_indlaesninger(user) -> QuerySet[Indlaesning]:
    """One's own: what was read is looked at by who sent it in."""
    return Indlaesning.objects.filter(bruger=user) if is_elevansvarlig(user) else Indlaesning.objects.none()


def elever_of_vejleder(user, now: Rules | None = None) -> QuerySet[Elev]:
    """Whom an elevvejleder sees today. A leder has no part in grades or in the choice of subjects."""
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    if not afdelinger:
        return Elev.objects.none()
    now = now or rules()
    first, last = today() - timedelta(days=now.adgang_efter_dage), today() + timedelta(days=now.adgang_foer_dage)
    return Elev.objects.filter(pk__in=Ophold.objects.within(first, last).filter(afdeling__in=afdelinger).values("elev"))


def is_own(user, elev: Elev) -> bool:
    return elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV)


def visible_karakterer(user) -> QuerySet[Karakter]:
    """The elevansvarlig: all. An elev: her own. An elevvejleder: of those who share."""
    if is_elevansvarlig(user):
        return Karakter.objects.all()
    own = Karakter.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Karakter.objects.none()
    shared = Karakterdeling.objects.filter(til=None, elev__in=elever_of_vejleder(user)).values("elev")
    return own | Karakter.objects.filter(elev__in=shared)


def readable_forsoeg(user) -> QuerySet[Fagproeveforsoeg]:
    """Attempts on the fagprøve whose grade the user may read: as the other grades."""
    if is_elevansvarlig(user):
        return Fagproeveforsoeg.objects.all()
    shared = Karakterdeling.objects.filter(til=None, elev__in=elever_of_vejleder(user)).values("elev")
    return editable_forsoeg(user) | Fagproeveforsoeg.objects.filter(elev__in=shared)


def can_view_karakter(user, karakter: Karakter) -> bool:
    return can_see_karakterer(user, karakter.elev)


def can_see_karakterer(user, elev: Elev) -> bool:
    if is_elevansvarlig(user) or is_own(user, elev):
        return True
    return is_vejleder_of(user, elev) and elev.karakterdelinger.filter(til=None).exists()


def editable_karakterer(user) -> QuerySet[Karakter]:
    """Never an elevvejleder, shared or not."""
    if is_elevansvarlig(user):
        return Karakter.objects.all()
    return Karakter.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Karakter.objects.none()


def can_edit_karakterer(user, elev: Elev) -> bool:
    return is_elevansvarlig(user) or is_own(user, elev)


def is_vejleder_of(user, elev: Elev, now: Rules | None = None) -> bool:
    return elever_of_vejleder(user, now).filter(pk=elev.pk).exists()


def can_see_fremmoede(user, elev: Elev) -> bool:
    """Illness and unexcused days: the elevansvarlig and the elev."""
    return is_elevansvarlig(user) or is_own(user, elev)


# --- money: the elev's own expenses, and all of them for the elevansvarlig; never a department's affair -------------


def visible_udlaeg(user) -> QuerySet[Udlaeg]:
    """The elevansvarlig: what was sent, not what an elev is still writing. An elev: her own."""
    sent = Udlaeg.objects.exclude(status=Udlaeg.Status.KLADDE) if is_elevansvarlig(user) else Udlaeg.objects.none()
    return sent | own_udlaeg(user)


def can_view_udlaeg(user, udlaeg: Udlaeg) -> bool:
    return is_own(user, udlaeg.elev) or (is_elevansvarlig(user) and udlaeg.status != Udlaeg.Status.KLADDE)


def own_udlaeg(user) -> QuerySet[Udlaeg]:
    return Udlaeg.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Udlaeg.objects.none()


def udlaeg_to_decide(user) -> QuerySet[Udlaeg]:
    """Nobody approves an expense of her own, should she have both roles."""
    rows = Udlaeg.objects.exclude(status=Udlaeg.Status.KLADDE).exclude(elev__bruger=user)
    return rows if is_elevansvarlig(user) else rows.none()


def taken_back_udlaeg(user) -> QuerySet[Udlaeg]:
    """Drafts that the elevansvarlig has read: that they are taken back is no secret, what is in them is."""
    rows = Udlaeg.objects.filter(status=Udlaeg.Status.KLADDE, sendt__isnull=False)
    return rows if is_elevansvarlig(user) else rows.none()


def visible_bilag(user) -> QuerySet[Bilag]:
    return Bilag.objects.filter(udlaeg__in=visible_udlaeg(user))


def visible_udbetalinger(user) -> QuerySet[Udbetaling]:
    return Udbetaling.objects.all() if is_elevansvarlig(user) else Udbetaling.objects.none()


def editable_udgiftsarter(user) -> QuerySet[Udgiftsart]:
    return Udgiftsart.objects.all() if is_elevansvarlig(user) else Udgiftsart.objects.none()


# --- files -----------------------------------------------------------------------------------------------------------


def visible_indkaldelser(user) -> QuerySet[Skoleperiode]:
    """Periods whose summons the user may read: the elever of the class, and the elevvejledere who have one of them."""
    if is_elevansvarlig(user):
        return Skoleperiode.objects.all()
    mine = Q(elev__in=elever_of_vejleder(user))
    if user.har_rolle(Rolle.ELEV):
        mine |= Q(elev__bruger=user)
    return Skoleperiode.objects.filter(Exists(Skoleophold.objects.filter(mine, skoleperiode=OuterRef("pk"))))


def visible_skolevejledninger(user) -> QuerySet[Skoleophold]:
    """Stays whose feedback from the school the user may read. It is meant for the workplace; a leder has no part."""
    if is_elevansvarlig(user):
        return Skoleophold.objects.all()
    return editable_skolevejledninger(user) | Skoleophold.objects.filter(elev__in=elever_of_vejleder(user))


def can_see_skolevejledning(user, ophold: Skoleophold) -> bool:
    return can_edit_karakterer(user, ophold.elev) or is_vejleder_of(user, ophold.elev)


def editable_skolevejledninger(user) -> QuerySet[Skoleophold]:
    if is_elevansvarlig(user):
        return Skoleophold.objects.all()
    return Skoleophold.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Skoleophold.objects.none()


# --- study trips ------------------------------------------------------------------------------------------------------


def visible_studieture(user) -> QuerySet[Studietur]:
    """The elever who go, the elevvejledere who have one of them, and the one who travels along."""
    if is_elevansvarlig(user):
        return Studietur.objects.all()
    goes = Skoleophold.objects.filter(skoleperiode=OuterRef("skoleperiode"), kalenderperiode__isnull=False)
    mine = Q(elev__in=elever_of_vejleder(user))
    if user.har_rolle(Rolle.ELEV):
        mine |= Q(elev__bruger=user)
    leads = Q(ledsager=user) if user.har_rolle(*LEDSAGERE) else Q(pk__in=[])
    return Studietur.objects.filter(Exists(goes.filter(mine)) | leads)


def can_view_studietur(user, tur: Studietur) -> bool:
    if is_elevansvarlig(user) or (tur.ledsager_id == user.pk and user.har_rolle(*LEDSAGERE)):
        return True
    goes = Elev.objects.filter(
        skoleophold__skoleperiode=tur.skoleperiode_id, skoleophold__kalenderperiode__isnull=False
    )
    is_elev = user.har_rolle(Rolle.ELEV) and goes.filter(bruger=user).exists()
    return is_elev or (elever_of_vejleder(user) & goes).exists()


def can_see_kontakter(user, tur: Studietur) -> bool:
    """The list with whom to call: who keeps the trip, and who travels along until it is deleted."""
    if is_elevansvarlig(user):
        return True
    over = tur.sidste_dag + timedelta(days=rules().studietur_slet_dage)
    return tur.ledsager_id == user.pk and user.har_rolle(*LEDSAGERE) and today() <= over


def editable_studieture(user) -> QuerySet[Studietur]:
    return Studietur.objects.all() if is_elevansvarlig(user) else Studietur.objects.none()


# --- the fagprøve: the text is read by those who guide one of its elever, the grade follows the other grades ----------


def visible_fagproever(user, now: Rules | None = None) -> QuerySet[Fagproeve]:
    if is_elevansvarlig(user):
        return Fagproeve.objects.all()
    own = Elev.objects.filter(bruger=user) if user.har_rolle(Rolle.ELEV) else Elev.objects.none()
    mine = Fagproeveforsoeg.objects.filter(elev__in=own | elever_of_vejleder(user, now))
    return Fagproeve.objects.filter(pk__in=mine.values("fagproeve"))


def editable_fagproever(user) -> QuerySet[Fagproeve]:
    """Topic, text, data, hand-in, and what the school said: those who write it, and the elevansvarlig."""
    if is_elevansvarlig(user):
        return Fagproeve.objects.all()
    if not user.har_rolle(Rolle.ELEV):
        return Fagproeve.objects.none()
    return Fagproeve.objects.filter(pk__in=Fagproeveforsoeg.objects.filter(elev__bruger=user).values("fagproeve"))


def approvable_fagproever(user) -> QuerySet[Fagproeve]:
    """For the workplace: an elevvejleder of the department that one of them is in today, or the elevansvarlig."""
    if is_elevansvarlig(user):
        return Fagproeve.objects.all()
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    if not afdelinger:
        return Fagproeve.objects.none()
    here = Ophold.objects.on(today()).filter(afdeling__in=afdelinger).values("elev")
    mine = Fagproeveforsoeg.objects.filter(elev__in=here)
    return Fagproeve.objects.filter(pk__in=mine.values("fagproeve"))


def guides_one_of(user, stays: list[Ophold]) -> bool:
    """The same for one fagprøve, from the stays of today of those who write it."""
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    return any(stay.afdeling_id in afdelinger for stay in stays)


def editable_forsoeg(user) -> QuerySet[Fagproeveforsoeg]:
    """Exam and grade: the elev's own, and the elevansvarlig. Never somebody of the same group."""
    if is_elevansvarlig(user):
        return Fagproeveforsoeg.objects.all()
    own = Fagproeveforsoeg.objects.filter(elev__bruger=user)
    return own if user.har_rolle(Rolle.ELEV) else own.none()


def visible_fagproeverunder(user) -> QuerySet[Fagproeverunde]:
    return Fagproeverunde.objects.all() if is_elevansvarlig(user) else Fagproeverunde.objects.none()
