"""The uddannelsesbog of an elev: ordered by her or by the elevansvarlig, made by a worker, kept for some days.

What others may put in it besides the plan, the goals and the sealed documents is the elev's to say (Bogtilladelse).
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, bell, filejob
from elevforloeb.core.dates import now
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev

from .models import Bogtilladelse, Uddannelsesbog
from .permissions import allowed_in_bog

TASK = "elevforloeb.project.tasks.make_bog"
Hvad = Bogtilladelse.Hvad


@transaction.atomic
def order(actor, *, elev: Elev, karakterer: bool = False, skole: bool = False) -> Uddannelsesbog:
    """One that the same person waits for already is that one, so that a second click makes no second file."""
    wanted = {Hvad.KARAKTERER: karakterer, Hvad.SKOLE: skole}
    Elev.objects.select_for_update().get(pk=elev.pk)
    refused = [what.label for what, wish in wanted.items() if wish and what not in allowed_in_bog(actor, elev)]
    if refused:
        raise ValidationError(f"Eleven har ikke sagt ja til, at du tager {' og '.join(refused)} med.")
    asked = {"elev": elev, "bestilt_af": actor, "karakterer": karakterer, "skole": skole}
    waiting = (
        Uddannelsesbog.objects.filter(**asked, status__in=Uddannelsesbog.UNDERVEJS, stop=False).defer("fil").first()
    )
    if waiting:
        return waiting
    bog = Uddannelsesbog.objects.create(**asked)
    with_it = [what.label for what, wish in wanted.items() if wish]
    text = f"Uddannelsesbog bestilt{' med ' + ' og '.join(with_it) if with_it else ''}"
    audit.record(actor, "bog.bestilt", elev, text, bog=bog.pk)
    bell.ring_for_on_commit(TASK, bog.pk)
    return bog


@transaction.atomic
def allow(actor, *, elev: Elev, hvad: str) -> None:
    """Twice is once."""
    Elev.objects.select_for_update().get(pk=elev.pk)
    if not elev.bogtilladelser.filter(hvad=hvad, til=None).exists():
        Bogtilladelse.objects.create(elev=elev, hvad=hvad)
        audit.record(actor, "bog.tilladt", elev, f"Sagt ja til {Hvad(hvad).label} i uddannelsesbogen")


@transaction.atomic
def take_back(actor, *, elev: Elev, hvad: str) -> None:
    """What others have made with it is gone at once, also what is being made."""
    Elev.objects.select_for_update().get(pk=elev.pk)
    if elev.bogtilladelser.filter(hvad=hvad, til=None).update(til=now()):
        elev.uddannelsesboeger.filter(**{hvad: True}).exclude(bestilt_af=elev.bruger_id).delete()
        audit.record(actor, "bog.trukket_tilbage", elev, f"Ikke længere {Hvad(hvad).label} i uddannelsesbogen")


def make(pk: int) -> None:
    from .bogskrivning import write  # its libraries are for the worker that makes one, and for nobody else

    filejob.work(Uddannelsesbog, pk, write)


def tend_uddannelsesboeger() -> None:
    filejob.tend(Uddannelsesbog, TASK, timedelta(days=rules().slet_bog_dage))


def make_waiting_boeger() -> None:
    """Where there is no bell, the sweep itself makes them."""
    if not settings.REDIS_URL:
        for pk in filejob.waiting(Uddannelsesbog):
            make(pk)
