"""Who may see the outbox and the logs."""

from django.db.models import QuerySet

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.models import Haendelse, Mail, Opslag


def visible_mails(user) -> QuerySet[Mail]:
    """Those who must act when a mail has failed."""
    may = user.har_rolle(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)
    return Mail.objects.all() if may else Mail.objects.none()


def visible_opslag(user) -> QuerySet[Opslag]:
    return Opslag.objects.all() if is_elevansvarlig(user) else Opslag.objects.none()


def visible_haendelser(user) -> QuerySet[Haendelse]:
    return Haendelse.objects.all() if is_elevansvarlig(user) else Haendelse.objects.none()
