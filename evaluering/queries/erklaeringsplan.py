"""What the calendar calls for: school periods and ends of agreements that want a declaration."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from elevforloeb.models import Elev, Kalenderperiode
from evaluering.models import Oplaeringserklaering

S = Oplaeringserklaering.Status
UNSIGNED = (S.KLADDE, S.TIL_ELEV, S.SET)
SKOLE = Kalenderperiode.Art.SKOLE


def _school(elev: str) -> QuerySet[Kalenderperiode]:
    return Kalenderperiode.objects.filter(elev=OuterRef(elev), art=SKOLE).order_by("-periode")


def _end_of_school_before(elev: str, begin: str) -> Subquery:
    before = _school(elev).filter(periode__endswith__lte=OuterRef(begin))
    return Subquery(before.values("periode__endswith")[:1])


def school_soon(day: date, ahead: date) -> QuerySet[Kalenderperiode]:
    """School that begins by `ahead` or is going on, of elever who are employed then, and without a declaration.

    A lapsed one counts: somebody has decided that none is written.
    """
    has_one = Oplaeringserklaering.objects.filter(skole=OuterRef("pk"))
    rows = Kalenderperiode.objects.filter(
        Q(elev__stoppet=None) | Q(elev__stoppet__gt=F("periode__startswith")),
        art=SKOLE,
        periode__startswith__lte=ahead,
        periode__endswith__gt=day,
    )
    rows = rows.filter(~Exists(has_one)).select_related("elev__bruger")
    return rows.annotate(forrige_slut=_end_of_school_before("elev", "periode__startswith"))


def ends_soon(day: date, ahead: date) -> QuerySet[Elev]:
    """Elever whose agreement runs out by `ahead`. One who stopped before that does not finish the education."""
    has_one = Oplaeringserklaering.objects.filter(elev=OuterRef("pk"), afsluttende=True)
    rows = Elev.objects.filter(~Exists(has_one), stoppet=None, periode__endswith__lte=ahead, periode__endswith__gt=day)
    return rows.select_related("bruger").annotate(forrige_slut=_end_of_school_before("pk", "periode__endswith"))


def open_erklaeringer() -> QuerySet[Oplaeringserklaering]:
    """Not signed yet, with what the calendar says now. `sidste_skole` is for the final one."""
    rows = Oplaeringserklaering.objects.filter(status__in=UNSIGNED).select_related("elev__bruger", "skole")
    return rows.annotate(
        forrige_slut=_end_of_school_before("elev", "skole__periode__startswith"),
        sidste_skole=_end_of_school_before("elev", "elev__periode__endswith"),
    )


def orphans() -> QuerySet[Oplaeringserklaering]:
    rows = Oplaeringserklaering.objects.filter(status__in=UNSIGNED, skole=None, afsluttende=False)
    return rows.select_related("elev__bruger")


def adoptable(row: Oplaeringserklaering, day: date) -> QuerySet[Kalenderperiode]:
    """The elev's school periods that have no declaration, the first of them first."""
    taken = Oplaeringserklaering.objects.filter(skole=OuterRef("pk"))
    coming = Kalenderperiode.objects.filter(~Exists(taken), elev=row.elev, art=SKOLE, periode__endswith__gt=day)
    return coming.order_by("periode")
