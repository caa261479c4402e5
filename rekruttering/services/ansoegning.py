"""The applicant's own acts, from the first form to the withdrawal. `actor` is None: whoever has the link may."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from elevforloeb.core.dates import add_months, now, today
from elevforloeb.core.errors import StaleError, mendable
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Oplysningstekst, Runde
from rekruttering.queries.ansoegning import newest_oplysningstekst, shown, step_version, what_is_missing
from rekruttering.queries.frist import can_edit, is_open_for
from rekruttering.trin import Trin

from .post import send_link, send_to_applicant
from .samtaler import release
from .tilstand import move, write_step

T = Ansoegning.Tilstand
TOO_LATE = "Fristen er gået. Der kan ikke gemmes eller sendes mere."
ELSEWHERE = "Ansøgningen er ændret et andet sted, fx på din telefon, mens du skrev."


@transaction.atomic
def begin(*, runde: Runde, formular: UUID) -> Ansoegning:
    """The same form sent twice (a double click, the back button) answers the application that it began."""
    begun = Ansoegning.objects.filter(runde=runde, formular=formular).first()
    if begun is None and not runde.er_aaben:
        raise ValidationError("Der kan ikke søges nu.")
    first = {"runde": runde, "oplysningstekst": newest_oplysningstekst()}
    return begun or Ansoegning.objects.get_or_create(formular=formular, defaults=first)[0]


def locked(ansoegning: Ansoegning) -> Ansoegning:
    """As it is now, and nobody else changes it. ValidationError: too late."""
    rows = Ansoegning.objects.select_for_update(of=["self"]).select_related("runde", "adgangsvej")
    found = rows.filter(pk=ansoegning.pk).first()
    if found is None:
        raise ValidationError("Ansøgningen er slettet.")
    if not can_edit(found):
        raise ValidationError(TOO_LATE if not is_open_for(found) else "Ansøgningen kan ikke rettes mere.")
    return found


@transaction.atomic
def save_draft(*, ansoegning: Ansoegning, trin: Trin, valid: dict, typed: dict[str, str], version: str) -> Ansoegning:
    """What is valid goes into its columns; what is not yet is kept as it was typed. Nothing is lost either way.

    `version`: of the step as the form was opened. The same answers once more are no conflict: a page that is left
    sends what it has just sent.
    """
    found = locked(ansoegning)
    if not found.er_kladde:
        raise StaleError("Ansøgningen er sendt imens. Ret i den fra siden om din ansøgning.")
    was, before = step_version(found, trin), shown(found, trin)
    for name, value in valid.items():
        setattr(found, name, value)
    found.skrevet = {name: text for name, text in found.skrevet.items() if name not in trin.felter} | typed
    if shown(found, trin) == before:
        return found
    if version != was:
        raise StaleError(ELSEWHERE)
    _save(found, [*trin.felter, "skrevet"])
    return found


@transaction.atomic
def go_on_later(*, ansoegning: Ansoegning, adresse: str) -> None:
    """The link by mail. A draft without an address keeps this one, so that a lost link can be asked for."""
    Ansoegning.objects.filter(pk=ansoegning.pk, tilstand=T.KLADDE, email="").exclude(skrevet__has_key="email").update(
        email=adresse, version=F("version") + 1
    )
    send_link(ansoegning=ansoegning, adresse=adresse)


@transaction.atomic
def correct(*, ansoegning: Ansoegning, trin: Trin, valid: dict, version: str) -> Ansoegning:
    """After it is sent and before the deadline: one whole step at a time."""
    found = locked(ansoegning)
    was, before = step_version(found, trin), shown(found, trin)
    for name, value in valid.items():
        setattr(found, name, value)
    if shown(found, trin) == before:
        return found
    if version != was:
        raise StaleError(ELSEWHERE)
    _save(found, trin.felter)
    write_step(None, ansoegning=found, art="rettet", tekst=f"Ansøgningen er rettet: {trin.navn}.")
    return found


def _save(ansoegning: Ansoegning, fields) -> None:
    ansoegning.rettet = now()
    ansoegning.version += 1
    with mendable(Ansoegning):
        ansoegning.save(update_fields=[*fields, "rettet", "version"])


@transaction.atomic
def send(*, ansoegning: Ansoegning, version: int, oplysningstekst: Oplysningstekst | None, kontakt: bool) -> Ansoegning:
    """Gives the number: one after the other in the round, because each holds the round until it is written.

    Sent twice it answers what the first time made. `version`: what she has looked through is what is sent.
    """
    Runde.objects.select_for_update(no_key=True).get(pk=ansoegning.runde_id)
    now_sent = Ansoegning.objects.filter(pk=ansoegning.pk).exclude(tilstand=T.KLADDE).first()
    if now_sent:
        return now_sent
    found = locked(ansoegning)
    if found.version != version:
        raise StaleError(f"{ELSEWHERE} Se den igennem igen, før du sender.")
    if missing := what_is_missing(found):
        raise ValidationError([each.tekst for each in missing])
    last = Ansoegning.objects.filter(runde=found.runde).aggregate(last=Max("nummer"))["last"] or 0
    consent = add_months(today(), rules().interesse_maaneder) if kontakt else None
    words = "Ansøgning modtaget."
    facts = {"nummer": last + 1, "indsendt": now(), "oplysningstekst": oplysningstekst, "kontakt_igen": consent}
    found.nummer = facts["nummer"]
    move(None, ansoegning=found, to=T.NY, tekst=words, skrevet={}, **facts)
    send_to_applicant(found, "kvittering")
    return found


@transaction.atomic
def withdraw(*, ansoegning: Ansoegning) -> None:
    """Withdrawn twice is withdrawn once. It is deleted with the round: until then it is part of the case."""
    found = Ansoegning.objects.select_for_update(of=["self"]).select_related("runde").get(pk=ansoegning.pk)
    if found.tilstand == T.TRUKKET:
        return
    move(None, ansoegning=found, to=T.TRUKKET, tekst="Ansøgningen er trukket tilbage.", kontakt_igen=None)
    release(None, ansoegning=found)
    send_to_applicant(found, "trukket")


@transaction.atomic
def new_link(*, ansoegning: Ansoegning) -> Ansoegning:
    """The old link stops working, for whoever has it. The new one is sent, and is the address of the next page."""
    found = Ansoegning.objects.select_for_update(of=["self"]).select_related("runde").get(pk=ansoegning.pk)
    found.noegle = uuid4()
    found.save(update_fields=["noegle"])
    if not found.er_kladde:
        write_step(None, ansoegning=found, art="nyt-link", tekst="Der er lavet et nyt link. Det gamle virker ikke.")
    if found.email:
        send_link(ansoegning=found, adresse=found.email)
    return found


@transaction.atomic
def set_contact(*, ansoegning: Ansoegning, ja: bool) -> None:
    """Her consent to be written to about a later round; it ends by itself, and she can take it back."""
    consent = add_months(today(), rules().interesse_maaneder) if ja else None
    Ansoegning.objects.filter(pk=ansoegning.pk).update(kontakt_igen=consent)
    words = "Ansøgeren vil gerne høre om en senere runde." if ja else "Ansøgeren vil ikke høre om en senere runde."
    write_step(None, ansoegning=ansoegning, art="kontakt", tekst=words)
