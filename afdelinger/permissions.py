"""Who may see and change what on the ground floor. `can_…` for one object, `visible_…` for a list; they agree."""

from django.db.models import QuerySet

from .models import Afdeling, Bruger, Rolle

ALLE_ROLLER = tuple(Rolle)


def is_elevansvarlig(user) -> bool:
    return user.har_rolle(Rolle.ELEVANSVARLIG)


def visible_afdelinger(user) -> QuerySet[Afdeling]:
    """Everyone with a role may read about every department."""
    return Afdeling.objects.all() if user.roller else Afdeling.objects.none()


def can_view_afdeling(user, afdeling) -> bool:
    return bool(user.roller)


def can_edit_afdeling(user, afdeling) -> bool:
    """The elevansvarlig all of it; the department's own leder and elevvejledere its texts and tasks."""
    return is_elevansvarlig(user) or afdeling.pk in user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)


def editable_afdelinger(user) -> QuerySet[Afdeling]:
    """Those for which can_edit_afdeling says yes."""
    if is_elevansvarlig(user):
        return Afdeling.objects.all()
    return Afdeling.objects.filter(pk__in=user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER))


def can_govern_afdeling(user, afdeling=None) -> bool:
    """Places, validity, successor and roles: what other people's plans lean on."""
    return is_elevansvarlig(user)


def visible_brugere(user) -> QuerySet[Bruger]:
    """Accounts and roles are kept by the elevansvarlig and the administrator. Of the erased there is nothing to see."""
    if user.har_rolle(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR):
        return Bruger.objects.filter(slettet=None)
    return Bruger.objects.none()


def can_edit_bruger(user, bruger) -> bool:
    return bruger.slettet is None and user.har_rolle(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)


def erasable_brugere(user) -> QuerySet[Bruger]:
    """Whose data the user may erase, when the rules allow it: never one's own."""
    if is_elevansvarlig(user):
        return Bruger.objects.filter(slettet=None).exclude(pk=user.pk)
    return Bruger.objects.none()


def can_erase_bruger(user, bruger) -> bool:
    return is_elevansvarlig(user) and bruger.slettet is None and bruger.pk != user.pk
