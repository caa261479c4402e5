"""What the pages about people and rights show."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from afdelinger.models import Bruger, Kursus, Kursusdeltagelse, Rolle, Rolletildeling
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.models import Haendelse

SORTERING = {
    "": ["sortering", "id"],
    "nyeste": ["-oprettet", "-id"],
    "login": [F("last_login").desc(nulls_last=True), "id"],
}

NO_PASSWORD = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)  # none chosen yet


def no_role() -> Exists:
    """Of a person: not a single right today."""
    return ~Exists(Rolletildeling.objects.on(today()).filter(bruger=OuterRef("pk")))


def with_status(brugere: QuerySet[Bruger], status: str) -> QuerySet[Bruger]:
    wanted = {"alle": Q(), "lukket": Q(is_active=False)}.get(status, Q(is_active=True))
    more = {"uden_adgangskode": NO_PASSWORD, "uden_rolle": Q(no_role())}.get(status, Q())
    return brugere.filter(wanted & more)


def brugerliste(brugere: QuerySet[Bruger], q="", rolle="", status="", sorter="") -> QuerySet[Bruger]:
    """People with the roles that they have now or get later in `kommende_roller`."""
    if q:
        brugere = brugere.filter(soegenoegle__finder=q)
    if rolle:
        brugere = brugere.filter(pk__in=Rolletildeling.objects.on(today()).filter(rolle=rolle).values("bruger"))
    brugere = with_status(brugere, status)
    roles = Rolletildeling.objects.within(today()).select_related("afdeling")
    return brugere.prefetch_related(Prefetch("rolletildelinger", roles, to_attr="kommende_roller")).order_by(
        *SORTERING[sorter]
    )


def roller(bruger: Bruger) -> dict[str, list[Rolletildeling]]:
    """The rights of a person: now, coming and past."""
    rows = list(bruger.rolletildelinger.select_related("afdeling", "vikar_for").order_by("-periode"))
    day = today()
    return {
        "nu": [row for row in rows if row.startdato <= day and (row.slutdato is None or row.slutdato > day)],
        "kommende": [row for row in rows if row.startdato > day],
        "tidligere": [row for row in rows if row.slutdato and row.slutdato <= day],
    }


def historik(bruger: Bruger, most=50) -> QuerySet[Haendelse]:
    return audit.history(bruger)[:most]


def kursusliste(bruger: Bruger, q="", vis="", afdeling=None) -> QuerySet[Kursus]:
    """The AMU catalogue with this person's own completion in `egne`."""
    kurser = Kursus.objects.all()
    if q:
        kurser = kurser.filter(soegenoegle__finder=q)
    if vis == "vejledere":
        kurser = kurser.filter(for_elevvejledere=True)
    if vis == "mine":
        kurser = kurser.filter(deltagelser__bruger=bruger)
    if afdeling:
        kurser = kurser.filter(afdelinger=afdeling)
    own = Kursusdeltagelse.objects.filter(bruger=bruger)
    return kurser.prefetch_related(Prefetch("deltagelser", own, to_attr="egne"), "afdelinger")


def uden_kursus(nummer: int) -> QuerySet[Rolletildeling]:
    """The elevvejledere of today who have not completed the course that makes one ready."""
    done = Kursusdeltagelse.objects.filter(kursus__nummer=str(nummer)).values("bruger")
    now = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVVEJLEDER, bruger__is_active=True)
    return now.exclude(Q(bruger__in=done)).select_related("bruger", "afdeling").order_by("bruger__sortering")
