"""Short words for tests of the outbox."""

from elevforloeb.core import outbox
from elevforloeb.core.models import Mail


def queue(modtager, noegle="proeve:1", **more):
    outbox.queue(modtager, noegle=noegle, skabelon="proeve", **more)


def only_mail() -> Mail:
    return Mail.objects.get()
