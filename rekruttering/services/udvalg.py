"""The committee of a round: who sits in it, and what each has said about being partial."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Bruger
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import mendable
from elevforloeb.core.outbox import queue
from rekruttering.models import Ansoegning, Bedoemmelse, Inhabilitet, Runde, Sagsmappe, Udvalgsmedlem


@transaction.atomic
def add_medlem(actor, *, runde: Runde, bruger: Bruger) -> Udvalgsmedlem:
    """Somebody who had left comes back to her own seat, and declares herself again."""
    if runde.tilstand == Runde.Tilstand.AFSLUTTET:
        raise ValidationError("Runden er afsluttet. Ansættelsesudvalget kan ikke ændres.")
    with mendable(Udvalgsmedlem):
        medlem, created = Udvalgsmedlem.objects.select_for_update().get_or_create(runde=runde, bruger=bruger)
    if not created:
        if medlem.udtraadt is None:
            raise ValidationError(f"{bruger} er allerede med i ansættelsesudvalget.")
        medlem.udtraadt = medlem.erklaeret = None
        medlem.save(update_fields=["udtraadt", "erklaeret"])
    audit.record(actor, "udvalg.medlem", runde, f"{bruger} er med i ansættelsesudvalget")
    if bruger != actor:
        queue(bruger, noegle=f"udvalg:{medlem.pk}", skabelon="udvalg_valgt", data={"medlem": medlem.pk})
    return medlem


@transaction.atomic
def set_medlemmer(actor, *, runde: Runde, brugere: Iterable[Bruger]) -> None:
    """The whole committee at once, as it was ticked."""
    Runde.objects.select_for_update().get(pk=runde.pk)
    wanted = {bruger.pk: bruger for bruger in brugere}
    seated = {row.bruger_id: row for row in runde.medlemmer.filter(udtraadt=None).select_related("bruger", "runde")}
    for pk in seated.keys() - wanted.keys():
        leave(actor, medlem=seated[pk])
    for pk in wanted.keys() - seated.keys():
        add_medlem(actor, runde=runde, bruger=wanted[pk])


@transaction.atomic
def leave(actor, *, medlem: Udvalgsmedlem) -> None:
    """Ends what she can see, at once. What she has written stays in the cases."""
    if Udvalgsmedlem.objects.filter(pk=medlem.pk, udtraadt=None).update(udtraadt=now()):
        Sagsmappe.objects.filter(runde=medlem.runde, bestilt_af=medlem.bruger).delete()
        audit.record(actor, "udvalg.udtraadt", medlem.runde, f"{medlem.bruger} er trådt ud af ansættelsesudvalget")


@transaction.atomic
def declare(actor, *, medlem: Udvalgsmedlem, asked: Iterable[Ansoegning], partial: Iterable[Ansoegning]) -> None:
    """`actor` has seen the names in `asked` and is partial to those in `partial`.

    Whoever has applied since the page was shown is not covered by the answer: the line is drawn at the latest shown.
    """
    asked, partial = list(asked), list(partial)
    medlem = Udvalgsmedlem.objects.select_for_update().get(pk=medlem.pk)
    for ansoegning in partial:
        _step_aside(medlem, ansoegning)
    reached = max((each.indsendt for each in asked), default=now())
    medlem.erklaeret = max(reached, medlem.erklaeret or reached)
    medlem.save(update_fields=["erklaeret"])
    audit.record(actor, "udvalg.erklaeret", medlem.runde, "Har erklæret sig om inhabilitet", antal=len(partial))


@transaction.atomic
def declare_late(actor, *, medlem: Udvalgsmedlem, ansoegning: Ansoegning) -> None:
    """Something came to light on the way: the member steps out of this case, and her assessment goes."""
    Ansoegning.objects.select_for_update(no_key=True).get(pk=ansoegning.pk)  # she may hand in from another window
    _step_aside(medlem, ansoegning)
    audit.record(actor, "udvalg.inhabil", ansoegning, f"{ansoegning}: et medlem er trådt ud af sagen")


def _step_aside(medlem: Udvalgsmedlem, ansoegning: Ansoegning) -> None:
    Inhabilitet.objects.get_or_create(medlem=medlem, ansoegning=ansoegning)
    Bedoemmelse.objects.filter(medlem=medlem, ansoegning=ansoegning).delete()
    Sagsmappe.objects.filter(runde=medlem.runde_id, bestilt_af=medlem.bruger_id).delete()  # holds this case too


def seat_of(bruger, runde: Runde) -> Udvalgsmedlem | None:
    return runde.medlemmer.filter(bruger=bruger, udtraadt=None).first()
