"""Roles: rights with dates. There is always an elevansvarlig."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from afdelinger.models import Rolle, Rolletildeling
from elevforloeb.core import audit
from elevforloeb.core.dates import format_period, short_date, today
from elevforloeb.core.errors import create_checked, save_checked
from elevforloeb.core.periods import DateRange, checked_period

LOCK_ELEVANSVARLIGE = 7_201  # any number that no other advisory lock uses


@transaction.atomic
def give_role(actor, *, bruger, rolle, afdeling=None, fra=None, sidste_dag=None, vikar_for=None) -> Rolletildeling:
    """Give a right from a day (default today) to a last day (default: no end)."""
    if vikar_for is not None and vikar_for.pk == bruger.pk:
        raise ValidationError({"vikar_for": "Man kan ikke være vikar for sig selv. Vælg en anden person."})
    tildeling = Rolletildeling(
        bruger=bruger,
        rolle=rolle,
        afdeling=afdeling,
        vikar_for=vikar_for,
        periode=checked_period(fra or today(), sidste_dag),
    )
    require_open_afdeling(tildeling)
    save_checked(tildeling)
    forget_roles(bruger)
    audit.record(actor, "rolle.givet", bruger, f"{bruger} er {words(tildeling)}", rolletildeling=tildeling.pk)
    return tildeling


@transaction.atomic
def give_roles(actor, *, brugere, rolle, fra, sidste_dag=None) -> None:
    """The same right to many people, in a few statements."""
    periode = checked_period(fra, sidste_dag)
    rows = [Rolletildeling(bruger=bruger, rolle=rolle, periode=periode) for bruger in brugere]
    create_checked(rows)
    for bruger in brugere:
        forget_roles(bruger)
    acts = [(row.bruger, f"{row.bruger} er {words(row)}", {"rolletildeling": row.pk}) for row in rows]
    audit.record_many(actor, "rolle.givet", acts)


@transaction.atomic
def change_role(actor, *, tildeling, sidste_dag=None) -> None:
    """Move the last day, earlier or later. None: no end."""
    lock_elevansvarlige()
    tildeling.refresh_from_db()
    tildeling.periode = checked_period(tildeling.startdato, sidste_dag)
    require_open_afdeling(tildeling)
    save_checked(tildeling)
    require_an_elevansvarlig(tildeling)
    forget_roles(tildeling.bruger)
    audit.record(actor, "rolle.rettet", tildeling.bruger, f"{tildeling.bruger} er {words(tildeling)}")


@transaction.atomic
def end_role(actor, *, tildeling) -> None:
    """End a right now: from this moment the person has it no more. One that has not begun disappears."""
    lock_elevansvarlige()
    tildeling.refresh_from_db()
    if tildeling.slutdato and tildeling.slutdato <= today():
        raise ValidationError("Rollen er allerede slut.")
    text = f"{tildeling.bruger} er ikke længere {str(tildeling).lower()}"
    if tildeling.startdato < today():
        tildeling.periode = DateRange(tildeling.startdato, today(), "[)")
        save_checked(tildeling)
    else:
        tildeling.delete()
    require_an_elevansvarlig(tildeling)
    forget_roles(tildeling.bruger)
    audit.record(actor, "rolle.slut", tildeling.bruger, text)


def lock_elevansvarlige() -> None:
    """Until commit: two elevansvarlige who close each other's access at the same time must not both win."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK_ELEVANSVARLIGE])


def require_an_elevansvarlig(tildeling=None) -> None:
    """From today on, without a gap, somebody who can log in is elevansvarlig. Asked after a right was taken away."""
    if tildeling is not None and tildeling.rolle != Rolle.ELEVANSVARLIG:
        return
    rows = Rolletildeling.objects.filter(rolle=Rolle.ELEVANSVARLIG, bruger__is_active=True)
    if not covers_from(today(), [row.periode for row in rows]):
        raise ValidationError(
            "Der skal altid være mindst én elevansvarlig. Giv først rollen til en anden, uden slutdato.",
            code="sidste_elevansvarlig",
        )


def covers_from(day, periods) -> bool:
    """Do the periods together cover every day from `day` on?"""
    for period in sorted(periods, key=lambda period: period.lower):
        if period.lower > day:
            return False
        if period.upper is None:
            return True
        day = max(day, period.upper)
    return False


def require_open_afdeling(tildeling) -> None:
    afdeling = tildeling.afdeling
    if afdeling is None:
        return
    if tildeling.startdato < afdeling.startdato:
        raise ValidationError({"fra": f"{afdeling} åbner først {short_date(afdeling.startdato)}. Vælg en senere dato."})
    if afdeling.slutdato and (tildeling.slutdato is None or tildeling.slutdato > afdeling.slutdato):
        raise ValidationError(
            {"sidste_dag": f"{afdeling} lukker {short_date(afdeling.sidste_dag)}. Skriv den dato eller en tidligere."}
        )


def words(tildeling) -> str:
    """elevvejleder i Økonomi 1. sep. 2026 – 31. aug. 2027, vikar for Lone Krogh"""
    role = str(tildeling.get_rolle_display()).lower()
    place = f" i {tildeling.afdeling}" if tildeling.afdeling_id else ""
    when = (
        format_period(tildeling.startdato, tildeling.sidste_dag)
        if tildeling.sidste_dag
        else f"fra {short_date(tildeling.startdato)}"
    )
    return f"{role}{place} {when}{f', vikar for {tildeling.vikar_for}' if tildeling.vikar_for_id else ''}"


def forget_roles(bruger) -> None:
    """The roles are asked for once per request and kept on the object."""
    bruger.__dict__.pop("roller", None)
