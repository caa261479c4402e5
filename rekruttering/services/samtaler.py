"""Interviews: days with times, invitations, and the applicant's or our own choice of time.

The invitation in the mail and every change of it are one event (`event_uid`), so a calendar shows the newest alone:
each edition has a higher `sekvens` than the one before.
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
from rekruttering.models import Ansoegning, Runde, Samtale, Samtaledag, Samtaletid, Udvalgsmedlem
from rekruttering.models.samtale import room_key
from rekruttering.queries.sammenfald import committee_clashes

from .tilstand import T, write_step

S = Samtale.Tilstand


# --- days and times -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_times(
    actor,
    *,
    runde: Runde,
    nr: int,
    dato: date,
    lokale: str,
    fra: time,
    til: time,
    minutter: int,
    pause: int = 0,
    alligevel: bool = True,
) -> Samtaledag:
    """Times of `minutter` with `pause` between them, as many as fit. The same room and day again: more times.

    ValidationError at `alligevel`: somebody of the committee seems to be elsewhere. With `alligevel` that is known.
    """
    length = timedelta(minutes=minutter)
    spans = [(each, each + length) for each in _starts(dato, fra, til, minutter, pause)]
    _hold_committee(runde)
    _check_own_rooms(runde, room_key(lokale), spans)
    clashes = [] if alligevel else committee_clashes(runde, spans)
    if clashes:
        raise ValidationError({"alligevel": [f"{each}." for each in clashes]})
    dag = _day(runde, nr, dato, lokale)
    sted = room_key(lokale)
    create_checked([Samtaletid(dag=dag, tidsrum=DateTimeTZRange(*each, "[)"), sted=sted) for each in spans])
    audit.record(actor, "samtaledag.tider", runde, f"{len(spans)} samtaletider {full_date(dato)}")
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


def _hold_committee(runde: Runde) -> None:
    """Whoever plans for the same people at the same moment waits, and then sees what was planned."""
    members = runde.medlemmer.filter(udtraadt=None).values("bruger")
    theirs = Udvalgsmedlem.objects.filter(bruger__in=members, udtraadt=None).values("runde")
    rows = Runde.objects.filter(pk__in=theirs) | Runde.objects.filter(pk=runde.pk)
    list(rows.order_by("pk").select_for_update(no_key=True))


def _check_own_rooms(runde: Runde, sted: str, spans: list[tuple[datetime, datetime]]) -> None:
    """The committee is in one room at a time."""
    whole = DateTimeTZRange(spans[0][0], spans[-1][1], "[)")
    elsewhere = Samtaletid.objects.filter(dag__runde=runde, tidsrum__overlap=whole).exclude(sted=sted)
    for tid in elsewhere.select_related("dag"):
        if any(tid.start < slut and start < tid.slut for start, slut in spans):
            raise ValidationError({"fra": f"Udvalget har samtaler i {tid.dag.lokale} på samme tid."})


def _day(runde: Runde, nr: int, dato: date, lokale: str) -> Samtaledag:
    """The round's own day in the room, however its name is written this time."""
    same = (dag for dag in runde.samtaledage.filter(nr=nr, dato=dato) if room_key(dag.lokale) == room_key(lokale))
    dag = next(same, None) or Samtaledag(runde=runde, nr=nr, dato=dato, lokale=" ".join(lokale.split()))
    if dag.pk is None:
        save_checked(dag)
    return dag


@transaction.atomic
def remove_time(actor, *, tid: Samtaletid) -> None:
    """Only one that nobody has."""
    Samtaletid.objects.select_for_update().filter(pk=tid.pk).first()  # somebody may choose it at this moment
    if Samtale.objects.filter(tid=tid).exists():
        raise ValidationError("Tiden er taget. Flyt eller aflys samtalen først.")
    dag = tid.dag
    tid.delete()
    if not dag.tider.exists() and not dag.vagter.exists():
        dag.delete()
    audit.record(actor, "samtaledag.tid_fjernet", dag.runde, "En samtaletid er fjernet")


@transaction.atomic
def change_room(actor, *, dag: Samtaledag, lokale: str) -> None:
    """Whoever has a time to come in it, or receives, gets a mail with the new room."""
    dag = Samtaledag.objects.select_for_update(of=("self",)).select_related("runde").get(pk=dag.pk)
    if dag.dato < today():
        raise ValidationError("Dagen er gået.")
    if dag.lokale == (lokale := " ".join(lokale.split())):
        return
    was, dag.lokale = room_key(dag.lokale), lokale
    save_checked(dag)
    with mendable(Samtaletid):
        dag.tider.update(sted=room_key(lokale))
    if was != room_key(lokale):
        _tell_about_room(actor, dag)
    audit.record(actor, "samtaledag.lokale", dag.runde, f"Samtalerne {full_date(dag.dato)} er flyttet til {lokale}")


def _tell_about_room(actor, dag: Samtaledag) -> None:
    coming = Samtale.objects.select_for_update(of=("self",)).filter(tid__dag=dag, tilstand=S.AFTALT)
    for samtale in coming.select_related("ansoegning", "tid"):
        if samtale.tid.start <= now():
            continue
        samtale.sekvens += 1
        samtale.save(update_fields=["sekvens"])
        words = f"Samtalen er flyttet til {dag.lokale}."
        write_step(actor, ansoegning=samtale.ansoegning, art="samtale-aftalt", tekst=words)
        _mail(samtale, "samtale_aftalt")
    for vagt in dag.vagter.select_related("elev__bruger"):
        key = f"samtalevagt:{vagt.pk}:{room_key(dag.lokale)}"
        queue(vagt.elev.bruger, noegle=key, skabelon="samtalevagt", data={"vagt": vagt.pk})


# --- invitations --------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(actor, *, ansoegninger: Iterable[Ansoegning], nr: int) -> list[Samtale]:
    """Those to be interviewed who are not invited to this round yet choose a time on their own page.

    A later round is by invitation of those who have been to the one before.
    """
    done = []
    for ansoegning in ansoegninger:
        if ansoegning.tilstand != T.SAMTALE or not _has_been_to(ansoegning, nr - 1):
            continue
        samtale, is_new = Samtale.objects.get_or_create(ansoegning=ansoegning, nr=nr)
        if is_new:
            _ask_to_choose(actor, samtale)
            done.append(samtale)
    return done


def _has_been_to(ansoegning: Ansoegning, nr: int) -> bool:
    return nr == 0 or ansoegning.samtaler.filter(nr=nr, tilstand=S.HOLDT).exists()


@transaction.atomic
def invite_again(actor, *, samtale: Samtale) -> None:
    """After it was cancelled, or nobody came: the applicant chooses once more."""
    row = _locked(samtale)
    if row.tilstand not in (S.AFLYST, S.UDEBLEVET):
        raise ValidationError("Samtalen er hverken aflyst eller udeblevet. Genindlæs siden.")
    if row.ansoegning.tilstand != T.SAMTALE:
        raise ValidationError("Ansøgeren er ikke længere udtaget til samtale.")
    row.tid, row.tilstand, row.inviteret, row.sekvens = None, S.INVITERET, now(), row.sekvens + 1
    row.save()
    _ask_to_choose(actor, row)


def _ask_to_choose(actor, samtale: Samtale) -> None:
    which = "en ny samtaletid" if samtale.sekvens else "en samtaletid"
    words = f"Inviteret til at vælge {which}." if samtale.nr == 1 else f"Inviteret til {samtale.nr}. samtale."
    write_step(actor, ansoegning=samtale.ansoegning, art="samtale-inviteret", tekst=words)
    _mail(samtale, "samtale_vaelg")


@transaction.atomic
def book(actor, *, samtale: Samtale, tid: Samtaletid) -> None:
    """`actor` None: the applicant chose. A moved interview is a new edition of the same invitation."""
    row = _locked(samtale)
    if row.tilstand == S.AFTALT and row.tid_id == tid.pk:
        return  # the button was pressed twice
    _check_can_book(row, is_applicant=actor is None)
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


def _check_can_book(row: Samtale, *, is_applicant: bool) -> None:
    """We can give a new time to who did not come, or whose interview was cancelled; she waits to be asked."""
    if row.tilstand == S.HOLDT:
        raise ValidationError("Samtalen er allerede holdt.")
    if row.ansoegning.tilstand != T.SAMTALE:
        raise ValidationError("Ansøgeren er ikke længere udtaget til samtale.")
    if is_applicant and not row.kan_vaelges:
        raise ValidationError("Samtalen kan ikke ændres her. Ring eller skriv til os.")


@transaction.atomic
def cancel(actor, *, samtale: Samtale) -> None:
    """The time is free again, and the applicant is told. `actor` None: she has withdrawn."""
    row = _locked(samtale)
    if row.tilstand not in (S.INVITERET, S.AFTALT):
        raise ValidationError("Samtalen er holdt eller allerede aflyst.")
    if row.er_begyndt:
        raise ValidationError("Samtalen er begyndt. Skriv i stedet, om den blev holdt.")
    had_time = row.tid is not None
    tid, row.tid, row.tilstand, row.sekvens = row.tid, None, S.AFLYST, row.sekvens + 1
    row.save()
    write_step(actor, ansoegning=row.ansoegning, art="samtale-aflyst", tekst="Samtalen er aflyst.")
    if had_time:
        _mail(row, "samtale_aflyst", start=tid.start.isoformat(), slut=tid.slut.isoformat(), sted=tid.dag.lokale)


@transaction.atomic
def release(actor, *, ansoegning: Ansoegning) -> None:
    """She has withdrawn: somebody else can have the time, and nobody waits for her."""
    for samtale in ansoegning.samtaler.filter(tilstand__in=(S.INVITERET, S.AFTALT)).select_related("tid"):
        if not samtale.er_begyndt:
            cancel(actor, samtale=samtale)


@transaction.atomic
def mark(actor, *, samtale: Samtale, tilstand: str) -> None:
    """Held, or nobody came. What was pressed by mistake is mended by the other button."""
    row = _locked(samtale)
    if tilstand not in (S.HOLDT, S.UDEBLEVET) or row.tilstand not in (S.AFTALT, S.HOLDT, S.UDEBLEVET):
        raise ValidationError("Samtalen har ingen tid.")
    if not row.er_begyndt:
        raise ValidationError("Samtalen er ikke begyndt endnu.")
    if row.tilstand == tilstand:
        return
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
