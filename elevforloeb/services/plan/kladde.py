"""The draft itself: open it, find a stay in it, take a step in it, take the step back, throw it away."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import StaleError, mendable
from elevforloeb.core.periods import DateRange
from elevforloeb.models import Fordeling, Hold, Ophold, Udkast, Udkastaendring, Udkastophold
from elevforloeb.queries.plan import seen

from .checks import check_legal

KEY = re.compile(r"([uk])([0-9]{1,18})")  # u: known by its published row, k: only in the draft


class StayGone(ValidationError):
    """The stay that a link or a form names is no longer there, or the draft it stood in was published."""

    def __init__(self):
        super().__init__("Planen er ændret eller udgivet imens, og der er ikke gemt noget. Her er den nyeste plan.")


def lock_hold(hold: Hold) -> None:
    """One person at a time works on a hold's plan."""
    Hold.objects.select_for_update(no_key=True).get(pk=hold.pk)


@transaction.atomic
def open_draft(actor, *, hold: Hold) -> Udkast:
    """The hold's draft, made from the published plan when there is none; the hold stays locked."""
    lock_hold(hold)
    udkast, made = Udkast.objects.get_or_create(hold=hold, defaults={"oprettet_af": actor})
    if made:
        Udkastophold.objects.bulk_create(_copy(udkast, stay) for stay in Ophold.objects.filter(elev__hold=hold))
        audit.record(actor, "udkast.aabnet", hold, f"Kladde til {hold} åbnet", udkast=udkast.pk)
    return udkast


def _copy(udkast: Udkast, stay: Ophold) -> Udkastophold:
    return Udkastophold(
        udkast=udkast,
        ophold=stay,
        elev_id=stay.elev_id,
        afdeling_id=stay.afdeling_id,
        elevvejleder_id=stay.elevvejleder_id,
        periode=stay.periode,
    )


@transaction.atomic
def discard_draft(actor, *, hold: Hold, udkast_id: int) -> bool:
    """Throw the draft away; the published plan stands. False: it was already gone."""
    lock_hold(hold)
    udkast = hold.udkast.filter(pk=udkast_id).first()
    if udkast is None:
        return False
    rows = snapshot(udkast.ophold.all())
    audit.record(actor, "udkast.kasseret", hold, f"Kladde til {hold} kasseret", udkast=udkast_id, ophold=rows)
    udkast.delete()
    return True


def find_stay(udkast: Udkast, noegle: str, was: str) -> Udkastophold:
    """The stay, if it is still as the user saw it."""
    match = KEY.fullmatch(noegle)
    if not match:
        raise StayGone
    field = {"u": "ophold_id", "k": "pk"}[match[1]]
    rows = udkast.ophold.select_related("elev__bruger", "afdeling", "elevvejleder")
    stay = rows.filter(**{field: int(match[2])}).first()
    if stay is None:
        raise StayGone
    if seen(stay.as_placering()) != was:
        raise StaleError(_who_changed(udkast, stay))
    return stay


def _who_changed(udkast: Udkast, stay: Udkastophold) -> str:
    last = udkast.aendringer.filter(elever__contains=stay.elev_id).select_related("bruger").first()
    now = f"{stay.afdeling} {stay.span}"
    who = f"{last.bruger} har ændret opholdet til {now}" if last else f"Opholdet er ændret til {now}"
    return f"{who}, mens du rettede. Din rettelse er ikke gemt. Gør det igen, hvis det er din, der skal gælde."


# --- a step, and back ---------------------------------------------------------------------------------------------


@dataclass
class Skridt:
    """One step of work on a draft; the service writes what it did, and which allocation it took over, if any."""

    tekst: str = ""
    fordeling: Fordeling | None = None


@contextmanager
def step(actor, udkast: Udkast, elever: Iterable[int], *, past_ok: bool = False) -> Iterator[Skridt]:
    """Everything inside is one step that can be undone. What it leads to must be legal, also in a draft."""
    elever = sorted(set(elever))
    rows = udkast.ophold.filter(elev__in=elever)
    before = snapshot(rows)
    skridt = Skridt()
    with mendable(Udkastophold):
        yield skridt
        check_legal(rows.select_related("elev__bruger", "afdeling"), before)
        if not past_ok:
            refuse_past(before, snapshot(rows))
    text = skridt.tekst[:200]
    Udkastaendring.objects.create(
        udkast=udkast, bruger=actor, tekst=text, elever=elever, foer=before, fordeling=skridt.fordeling
    )
    audit.record(actor, "udkast.rettet", udkast.hold, text, udkast=udkast.pk)


@transaction.atomic
def undo(actor, *, hold: Hold, aendring_id: int) -> Udkastaendring:
    """Take back the latest step, which must be the one that the user was shown."""
    lock_hold(hold)
    last = Udkastaendring.objects.filter(udkast__hold=hold).select_related("udkast", "bruger").first()
    if last is None or last.pk != aendring_id:
        raise ValidationError("Der er rettet i kladden, siden du så den. Se den igennem, før du fortryder.")
    rows = last.udkast.ophold.filter(elev__in=last.elever)
    with mendable(Udkastophold):
        rows.delete()
        Udkastophold.objects.bulk_create([_restored(last.udkast, row) for row in last.foer])  # with their old ids
    audit.record(actor, "udkast.fortrudt", hold, f"Fortrudt: {last.tekst}", udkast=last.udkast_id)
    last.delete()
    return last


Row = list  # id, elev, published stay, afdeling, elevvejleder, first day, the day after the last


def snapshot(rows) -> list[Row]:
    """The stays as plain values, for JSON."""
    fields = ("id", "elev_id", "ophold_id", "afdeling_id", "elevvejleder_id")
    found = rows.order_by("id").values_list(*fields, "periode__startswith", "periode__endswith")
    return [[*row[:5], row[5].isoformat(), row[6].isoformat()] for row in found]


def _restored(udkast: Udkast, row: Row) -> Udkastophold:
    pk, elev, published, afdeling, vejleder, start, end = row
    return Udkastophold(
        pk=pk,
        udkast=udkast,
        ophold_id=published,
        elev_id=elev,
        afdeling_id=afdeling,
        elevvejleder_id=vejleder,
        periode=DateRange(date.fromisoformat(start), date.fromisoformat(end)),
    )


def refuse_past(before: Iterable[Row], after: Iterable[Row]) -> None:
    if changes_past(before, after):
        text = f"Det ændrer, hvor eleven har været før i dag, {full_date(today())}. Sæt kryds, hvis det er rigtigt."
        raise ValidationError({"bekraeft": ValidationError(text, code="fortid")})


def changes_past(before: Iterable[Row], after: Iterable[Row]) -> bool:
    return _past(before) != _past(after)


def _past(rows: Iterable[Row]) -> set[tuple]:
    """Where everybody was until today, and with whom in the stays that are over."""
    day = today().isoformat()
    return {
        (elev, afdeling, vejleder if end <= day else None, start, min(end, day))
        for _, elev, _, afdeling, vejleder, start, end in rows
        if start < day
    }
