"""Which problemformuleringer wait for the workplace to answer."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from elevforloeb.core.dates import today
from elevforloeb.models import Ophold
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproevesvar, Problemformulering

from .vej import S

WORKPLACE = Fagproevesvar.Part.ARBEJDSPLADS


def waiting_for_vejleder(afdelinger: Collection[int]) -> QuerySet[Fagproeve]:
    """Sent, not answered for the workplace, and of an elev who is in one of the departments today.

    Each with `elev`, the name of her who is there, and `sendt`: since when.
    """
    here = Ophold.objects.on(today()).filter(afdeling__in=afdelinger).values("elev")
    writers = Fagproeveforsoeg.objects.filter(fagproeve=OuterRef("pk"), elev__in=here)
    sent = Problemformulering.objects.filter(fagproeve=OuterRef("pk"), sendt__isnull=False).order_by("-nr")
    answered = Fagproevesvar.objects.filter(formulering=OuterRef("formulering"), part=WORKPLACE)
    rows = Fagproeve.objects.filter(status=S.SENDT).select_related("runde")
    rows = rows.annotate(
        elev=Subquery(writers.order_by("elev__bruger__sortering").values("elev__bruger__navn")[:1]),
        formulering=Subquery(sent.values("pk")[:1]),
        sendt=Subquery(sent.values("sendt")[:1]),
    )
    return rows.filter(~Exists(answered), elev__isnull=False).order_by(F("runde__godkendt_senest").asc(nulls_last=True))
