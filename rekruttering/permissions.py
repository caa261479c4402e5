"""Who may see rounds and applicants, and who may steer.

An applicant is seen by the round's committee alone, also among the elevansvarlige: by a member who has said whether she
is partial to that very applicant, and is not (forvaltningsloven § 3). Drafts are the applicant's own.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from afdelinger.models import Afdeling
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today

from .models import Ansaettelse, Ansoegning, Elevhistorie, Inhabilitet, Runde, Udvalgsmedlem


def visible_runder(user) -> QuerySet[Runde]:
    """The elevansvarlig: all. A member: those that are not closed."""
    if is_elevansvarlig(user):
        return Runde.objects.all()
    return Runde.objects.exclude(tilstand=Runde.Tilstand.AFSLUTTET).filter(pk__in=_seats(user).values("runde"))


def editable_runder(user) -> QuerySet[Runde]:
    return Runde.objects.all() if is_elevansvarlig(user) else Runde.objects.none()


def visible_ansoegninger(user) -> QuerySet[Ansoegning]:
    seats = _seats(user)
    if not is_elevansvarlig(user):
        seats = seats.exclude(runde__tilstand=Runde.Tilstand.AFSLUTTET)
    declared = seats.filter(runde=OuterRef("runde"), erklaeret__gte=OuterRef("indsendt"))
    partial = Inhabilitet.objects.filter(ansoegning=OuterRef("pk"), medlem__bruger=user)
    return Ansoegning.objects.filter(Exists(declared), ~Exists(partial)).exclude(tilstand=Ansoegning.Tilstand.KLADDE)


def can_view_ansoegning(user, ansoegning: Ansoegning) -> bool:
    return visible_ansoegninger(user).filter(pk=ansoegning.pk).exists()


def steerable_ansoegninger(user) -> QuerySet[Ansoegning]:
    """Moves, letters, references and the duties of the law: the elevansvarlig, of those she sees."""
    return visible_ansoegninger(user) if is_elevansvarlig(user) else Ansoegning.objects.none()


def keepable_ansoegninger(user) -> QuerySet[Ansoegning]:
    """To put off a deletion takes no reading, and a complaint may come when the committee is gone: any elevansvarlig.

    But nobody in a case that she is partial in.
    """
    sent = Ansoegning.objects.exclude(tilstand=Ansoegning.Tilstand.KLADDE)
    if not is_elevansvarlig(user):
        return sent.none()
    return sent.filter(~Exists(Inhabilitet.objects.filter(ansoegning=OuterRef("pk"), medlem__bruger=user)))


def visible_ansaettelser(user) -> QuerySet[Ansaettelse]:
    return Ansaettelse.objects.all() if is_elevansvarlig(user) else Ansaettelse.objects.none()


def can_see_fortrinsadgang(user) -> bool:
    """Health-adjacent: only who must act on it."""
    return is_elevansvarlig(user)


def undeclared_ansoegninger(user, runde: Runde) -> QuerySet[Ansoegning]:
    """Those that the member has not yet said whether she is partial to. She may know their names, nothing else."""
    seat = _seats(user).filter(runde=runde)
    sent = Ansoegning.objects.filter(runde=runde).exclude(tilstand=Ansoegning.Tilstand.KLADDE)
    since = seat.values("erklaeret")[:1]
    return sent.filter(Exists(seat)).filter(Q(indsendt__gt=since) | Q(Exists(seat.filter(erklaeret=None))))


def _seats(user) -> QuerySet[Udvalgsmedlem]:
    return Udvalgsmedlem.objects.filter(bruger=user, udtraadt=None)


# --- what everybody may see ---------------------------------------------------------------------------------------


def public_runder() -> QuerySet[Runde]:
    """An advert can be read until the round is closed, also when its deadline has passed."""
    return Runde.objects.filter(tilstand=Runde.Tilstand.OFFENTLIG)


def public_historier() -> QuerySet[Elevhistorie]:
    """Only what the elev has said yes to, and only as long as she said."""
    return Elevhistorie.objects.on(today()).filter(samtykke__isnull=False, trukket=None)


def own_historier(user) -> QuerySet[Elevhistorie]:
    """The elev's own, whether it is public or not. She answers and withdraws."""
    return Elevhistorie.objects.filter(elev=user)


def public_afdelinger() -> QuerySet[Afdeling]:
    return Afdeling.objects.on(today())


def visible_historier(user) -> QuerySet[Elevhistorie]:
    """Also those that are not public: the elevansvarlig, who asked, and the elev whose it is."""
    return Elevhistorie.objects.all() if is_elevansvarlig(user) else own_historier(user)
