"""Interviews: days with times, invitations, and the applicant's or our own choice of time.

The invitation in the mail and every change of it are one event (`event_uid`), so a calendar shows the newest alone.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY, full_date, now, today
from elevforloeb.core.errors import create_checked, mendable, save_checked
from elevforloeb.core.outbox import queue
from elevforloeb.core.workdays import workdays
from elevforloeb.models import Elev, Kalenderperiode
from rekruttering.models import Ansoegning, Runde, Samtale, Samtaledag, Samtaletid, Samtalevagt

from .tilstand import T, write_step

S = Samtale.Tilstand


# --- days and times -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_times(
    actor, *, runde: Runde, nr: int, dato: date, lokale: str, fra: time, til: time, minutter: int, pause: int = 0
) -> Samtaledag:
    """Times of `minutter` with `pause` between them, as many as fit. The same room and day again: more times."""
    starts = _starts(dato, fra, til, minutter, pause)
    dag = Samtaledag.objects.filter(runde=runde, dato=dato, lokale=lokale).first()
    if dag is None:
        dag = Samtaledag(runde=runde, nr=nr, dato=dato, lokale=lokale)
        save_checked(dag)
    length = timedelta(minutes=minutter)
    _check_committee(dag, starts[0], starts[-1] + length)
    create_checked([Samtaletid(dag=dag, tidsrum=DateTimeTZRange(each, each + length, "[)")) for each in starts])
    audit.record(actor, "samtaledag.tider", runde, f"{len(starts)} samtaletider {full_date(dato)}")
    return dag


def _starts(dato: date, fra: time, til: time, minutter: int, pause: int) -> list[datetime]:
    if dato < today():
        raise ValidationError({"dato": "Vælg en dag, der ikke er gået."})
    if not workdays(dato, dato + ONE_DAY):
        raise ValidationError({"dato": f"{full_date(dato).capitalize()} er weekend eller helligdag. Vælg en hverdag."})
    begin, end = (timezone.make_aware(datetime.combine(dato, clock)) for clock in (fra, til))
    starts, each = [], begin
    while each + timedelta(minutes=minutter) <= end:
        starts.append(each)
        each += timedelta(minutes=minutter + pause)
    if not starts:
        raise ValidationError({"til": "Der er ikke plads til en samtale i det tidsrum."})
    return starts


def _check_committee(dag: Samtaledag, start: datetime, end: datetime) -> None:
    """The committee is in one room at a time."""
    members = dag.runde.medlemmer.filter(udtraadt=None).values("bruger")
    elsewhere = Samtaletid.objects.exclude(dag=dag).filter(tidsrum__overlap=DateTimeTZRange(start, end, "[)"))
    clash = elsewhere.filter(dag__runde__medlemmer__bruger__in=members, dag__runde__medlemmer__udtraadt=None).first()
    if clash:
        raise ValidationError({"fra": f"Udvalget har samtaler i {clash.dag.lokale} på samme tid."})


@transaction.atomic
def remove_time(actor, *, tid: Samtaletid) -> None:
    """Only one that nobody has."""
    if Samtale.objects.filter(tid=tid).exists():
        raise ValidationError("Tiden er taget. Flyt eller aflys samtalen først.")
    dag = tid.dag
    tid.delete()
    if not dag.tider.exists() and not dag.vagter.exists():
        dag.delete()
    audit.record(actor, "samtaledag.tid_fjernet", dag.runde, "En samtaletid er fjernet")


# --- invitations --------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(actor, *, ansoegninger: Iterable[Ansoegning], nr: int) -> list[Samtale]:
    """Those to be interviewed who are not invited to this round yet choose a time on their own page."""
    done = []
    for ansoegning in ansoegninger:
        if ansoegning.tilstand != T.SAMTALE:
            continue
        samtale, is_new = Samtale.objects.get_or_create(ansoegning=ansoegning, nr=nr)
        if is_new:
            write_step(
                actor, ansoegning=ansoegning, art="samtale-inviteret", tekst="Inviteret til at vælge en samtaletid."
            )
            _mail(samtale, "samtale_vaelg")
            done.append(samtale)
    return done


@transaction.atomic
def book(actor, *, samtale: Samtale, tid: Samtaletid) -> None:
    """`actor` None: the applicant chose. A moved interview is a new edition of the same invitation."""
    row = _locked(samtale)
    if row.tilstand in (S.HOLDT, S.UDEBLEVET):
        raise ValidationError("Samtalen er allerede holdt.")
    if row.ansoegning.tilstand != T.SAMTALE:
        raise ValidationError("Ansøgeren er ikke længere udtaget til samtale.")
    if tid.start <= now():
        raise ValidationError({"tid": "Tiden er gået. Vælg en anden."})
    if tid.dag.runde_id != row.ansoegning.runde_id or tid.dag.nr != row.nr:
        raise ValidationError({"tid": "Vælg en af de tider, der vises."})
    row.tid, row.tilstand, row.sekvens = tid, S.AFTALT, row.sekvens + 1
    try:
        with mendable(Samtale):
            row.save()
    except ValidationError as taken:
        raise ValidationError({"tid": "Tiden er lige blevet taget. Vælg en anden."}) from taken
    who = "Ansøgeren har valgt" if actor is None else "Der er aftalt"
    words = f"{who} en samtale {full_date(tid.dag.dato)} kl. {timezone.localtime(tid.start):%H.%M}."
    write_step(actor, ansoegning=row.ansoegning, art="samtale-aftalt", tekst=words)
    _mail(row, "samtale_aftalt")


@transaction.atomic
def cancel(actor, *, samtale: Samtale) -> None:
    """The time is free again, and the applicant is told."""
    row = _locked(samtale)
    if row.tilstand not in (S.INVITERET, S.AFTALT):
        raise ValidationError("Samtalen er holdt eller allerede aflyst.")
    had_time = row.tid is not None
    tid, row.tid, row.tilstand, row.sekvens = row.tid, None, S.AFLYST, row.sekvens + 1
    row.save()
    write_step(actor, ansoegning=row.ansoegning, art="samtale-aflyst", tekst="Samtalen er aflyst.")
    if had_time:
        _mail(row, "samtale_aflyst", start=tid.start.isoformat(), slut=tid.slut.isoformat(), sted=tid.dag.lokale)


@transaction.atomic
def mark(actor, *, samtale: Samtale, tilstand: str) -> None:
    """Held, or nobody came."""
    row = _locked(samtale)
    if tilstand not in (S.HOLDT, S.UDEBLEVET) or row.tilstand not in (S.AFTALT, S.HOLDT, S.UDEBLEVET):
        raise ValidationError("Samtalen har ingen tid.")
    if row.tid.start > now():
        raise ValidationError("Samtalen er ikke begyndt endnu.")
    row.tilstand = tilstand
    row.save(update_fields=["tilstand"])
    words = "Samtalen er holdt." if tilstand == S.HOLDT else "Ansøgeren kom ikke til samtalen."
    write_step(actor, ansoegning=row.ansoegning, art=f"samtale-{tilstand}", tekst=words)


def _locked(samtale: Samtale) -> Samtale:
    rows = Samtale.objects.select_for_update(of=("self",)).select_related("ansoegning__runde", "tid__dag")
    return rows.get(pk=samtale.pk)


def _mail(samtale: Samtale, skabelon: str, **data) -> None:
    key = f"ansoegning:{samtale.ansoegning_id}:{skabelon}:{samtale.pk}:{samtale.sekvens}"
    data |= {"samtale": samtale.pk, "sekvens": samtale.sekvens}
    queue(samtale.ansoegning.email, noegle=key, skabelon=skabelon, data=data)


# --- who receives them --------------------------------------------------------------------------------------------


@transaction.atomic
def put_on_duty(actor, *, dag: Samtaledag, elev: Elev) -> Samtalevagt:
    if Kalenderperiode.objects.on(dag.dato).filter(elev=elev).exists():
        raise ValidationError({"elev": f"{elev} er ikke på arbejde den dag. Vælg en anden."})
    row = Samtalevagt(dag=dag, elev=elev)
    save_checked(row)
    audit.record(actor, "samtalevagt.sat", dag.runde, f"{elev} tager imod ansøgere {full_date(dag.dato)}")
    queue(elev.bruger, noegle=f"samtalevagt:{row.pk}", skabelon="samtalevagt", data={"vagt": row.pk})
    return row


@transaction.atomic
def take_off_duty(actor, *, vagt: Samtalevagt) -> None:
    audit.record(
        actor, "samtalevagt.fjernet", vagt.dag.runde, f"{vagt.elev} tager ikke imod {full_date(vagt.dag.dato)}"
    )
    vagt.delete()
