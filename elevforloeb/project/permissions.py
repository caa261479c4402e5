"""Who may see the outbox and the logs, and who makes and fetches an uddannelsesbog."""

from django.db.models import QuerySet

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.models import Haendelse, Mail, Opslag
from elevforloeb.models import Elev

from .models import Bogtilladelse, Uddannelsesbog


def visible_mails(user) -> QuerySet[Mail]:
    """Those who must act when a mail has failed."""
    may = user.har_rolle(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)
    return Mail.objects.all() if may else Mail.objects.none()


def visible_opslag(user) -> QuerySet[Opslag]:
    return Opslag.objects.all() if is_elevansvarlig(user) else Opslag.objects.none()


def visible_haendelser(user) -> QuerySet[Haendelse]:
    return Haendelse.objects.all() if is_elevansvarlig(user) else Haendelse.objects.none()


# --- the uddannelsesbog -------------------------------------------------------------------------------------------


def can_order_bog(user, elev: Elev) -> bool:
    """The elev her own, the elevansvarlig every one."""
    return is_elevansvarlig(user) or _is_own(user, elev)


def allowed_in_bog(user, elev: Elev) -> set[str]:
    """What may be in it that is the elev's own to say: for herself all of it, for others what she has said yes to."""
    if _is_own(user, elev):
        return set(Bogtilladelse.Hvad)
    if not is_elevansvarlig(user):
        return set()
    return set(elev.bogtilladelser.filter(til=None).values_list("hvad", flat=True))


def visible_boeger(user) -> QuerySet[Uddannelsesbog]:
    """For the one who asked for it, and the elev."""
    own = Uddannelsesbog.objects.none()
    if user.har_rolle(Rolle.ELEV):
        own = Uddannelsesbog.objects.filter(elev__bruger=user)
    return own | Uddannelsesbog.objects.filter(bestilt_af=user) if is_elevansvarlig(user) else own


def can_view_bog(user, bog: Uddannelsesbog) -> bool:
    asked = is_elevansvarlig(user) and bog.bestilt_af_id == user.pk
    return asked or _is_own(user, bog.elev)


def _is_own(user, elev: Elev) -> bool:
    return elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV)
