"""The public texts: a draft, which becomes the newest edition; old editions stay and can come back."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from rekruttering.models import Side, Sideudgave


def udgave_version(udgave: Sideudgave | None) -> str:
    """Of a page's newest edition, draft or not: it changes when somebody writes or publishes."""
    return fingerprint(udgave, ("pk", "titel", "tekst", "udgivet")) if udgave else ""


@transaction.atomic
def save_draft(actor, *, side: Side, titel: str, tekst: str, version: str) -> Sideudgave:
    _lock(side)
    newest = side.udgaver.first()
    if version != udgave_version(newest):
        raise conflict(audit.last_actor(side), compared(newest, {"titel": titel, "tekst": tekst}) if newest else [])
    return _write_draft(actor, side, newest, titel, tekst)


@transaction.atomic
def restore(actor, *, udgave: Sideudgave) -> Sideudgave:
    """As a draft, so that it is looked at before it is public."""
    _lock(udgave.side)
    newest = udgave.side.udgaver.first()
    if newest and newest.udgivet is None:
        raise ValidationError("Der er allerede en kladde. Udgiv den, eller kassér den først.")
    return _write_draft(actor, udgave.side, newest, udgave.titel, udgave.tekst)


def _write_draft(actor, side, newest, titel, tekst) -> Sideudgave:
    draft = newest if newest and newest.udgivet is None else Sideudgave(side=side)
    draft.titel, draft.tekst, draft.skrevet, draft.skrevet_af = titel, tekst, now(), actor
    save_checked(draft)
    audit.record(actor, "side.kladde", side, f"Kladde til “{side}” gemt")
    return draft


@transaction.atomic
def publish(actor, *, side: Side, version: str) -> None:
    """Exactly the draft that was looked at."""
    _lock(side)
    draft = side.udgaver.filter(udgivet=None).first()
    if draft is None or version != udgave_version(draft):
        raise StaleError("Kladden er ændret, siden du så den. Se den igen, og udgiv så.")
    if not Sideudgave.objects.filter(pk=draft.pk, udgivet=None).update(udgivet=now()):
        raise StaleError("Kladden er allerede udgivet.")
    audit.record(actor, "side.udgivet", side, f"“{side}” udgivet")


@transaction.atomic
def discard_draft(actor, *, side: Side) -> None:
    _lock(side)
    if not side.udgaver.filter(udgivet=None).delete()[0]:
        raise StaleError("Der er ingen kladde at kassere.")
    audit.record(actor, "side.kasseret", side, f"Kladden til “{side}” kasseret")


def _lock(side: Side) -> None:
    Side.objects.select_for_update().get(pk=side.pk)
