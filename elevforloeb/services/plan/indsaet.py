"""Take a plan pasted from a spreadsheet into the draft, as one step."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import count_noun
from elevforloeb.models import Hold, Udkast, Udkastophold
from elevforloeb.placering import Placering
from elevforloeb.queries.plan import load_plan, stand
from elevforloeb.queries.planliste import Planliste, read_planliste

from .kladde import open_draft, step


@transaction.atomic
def paste_plan(actor, *, hold: Hold, tekst: str, was: str, past_ok: bool = False) -> Udkast:
    """`was` is the stand of the plan that the user saw the list beside; from the same plan it is read the same way."""
    udkast = open_draft(actor, hold=hold)
    plan = load_plan(hold, udkast)
    if stand(plan) != was:
        raise ValidationError("Planen er ændret, siden du så listen. Se den igennem igen, før du bruger den.")
    liste = read_planliste(plan, tekst)
    _refuse(liste)
    with step(actor, udkast, liste.ophold, past_ok=past_ok) as skridt:
        _write(udkast, liste)
        skridt.tekst = f"Plan fra et regneark lagt ind for {count_noun(len(liste.ophold), 'elev', 'elever')}"
    return udkast


def _refuse(liste: Planliste) -> None:
    if liste.forkerte or liste.hindringer:
        raise ValidationError("Ret linjerne, og vis dem igen. Der er ikke gemt noget.")
    if not liste.aendrer:
        raise ValidationError("Planen er allerede, som listen har den.")


def _write(udkast: Udkast, liste: Planliste) -> None:
    """A stay that only gets another elevvejleder stays the same row, and what hangs on it goes on hanging on it."""
    there = {(stay.elev, stay.afdeling, stay.periode): stay.id for stay in liste.plan.plan.placeringer}
    udkast.ophold.filter(pk__in=[stay.id for stay in liste.fjernes]).delete()
    new = []
    for stay in liste.nye:
        if pk := there.get((stay.elev, stay.afdeling, stay.periode)):
            udkast.ophold.filter(pk=pk).update(elevvejleder=stay.elevvejleder)
        else:
            new.append(_row(udkast, stay))
    Udkastophold.objects.bulk_create(new)


def _row(udkast: Udkast, stay: Placering) -> Udkastophold:
    periode = DateRange(stay.periode.startdato, stay.periode.slutdato)
    return Udkastophold(
        udkast=udkast, elev_id=stay.elev, afdeling_id=stay.afdeling, elevvejleder_id=stay.elevvejleder, periode=periode
    )
