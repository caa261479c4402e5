"""Refusals: written once, filled in for each, sent one by one, and stopped while some still wait."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import now
from elevforloeb.core.errors import create_checked, save_checked
from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Brev, Brevskabelon, Runde, Sagsskridt

from .tilstand import T, write_step

FIELDS = {
    "{fornavn}": lambda ansoegning: ansoegning.fornavn,
    "{nummer}": lambda ansoegning: str(ansoegning.nummer),
    "{runde}": lambda ansoegning: ansoegning.runde.titel,
}


@dataclass(frozen=True)
class Kladde:
    ansoegning: Ansoegning
    emne: str
    tekst: str


def drafts(ansoegninger: Iterable[Ansoegning], *, emne: str, tekst: str) -> list[Kladde]:
    """What each would get. ValidationError: a field in braces that we do not know."""
    _check_fields(emne + tekst)
    return [Kladde(each, fill(emne, each), fill(tekst, each)) for each in ansoegninger]


def fill(text: str, ansoegning: Ansoegning) -> str:
    for field, value in FIELDS.items():
        text = text.replace(field, value(ansoegning))
    return text


def _check_fields(text: str) -> None:
    for field in FIELDS:
        text = text.replace(field, "")
    if "{" in text or "}" in text:
        raise ValidationError(f"Brug kun felterne {', '.join(FIELDS)} i krøllede parenteser.")


@transaction.atomic
def save_skabelon(actor, *, skabelon: Brevskabelon, emne: str, tekst: str) -> None:
    _check_fields(emne + tekst)
    skabelon.emne, skabelon.tekst = emne, tekst
    save_checked(skabelon)
    audit.record(actor, "brevskabelon.rettet", skabelon, f"Brevskabelonen “{skabelon}” er rettet")


@transaction.atomic
def send(actor, *, runde: Runde, ansoegninger: Iterable[Ansoegning], emne: str, tekst: str) -> list[Brev]:
    """To those who are refused and have no letter yet; who got one meanwhile is passed over."""
    wanted = [each.pk for each in ansoegninger]
    Runde.objects.select_for_update(no_key=True).get(pk=runde.pk)  # two who send the same letters
    rows = unsent(runde).select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    letters = [
        Brev(ansoegning=kladde.ansoegning, emne=kladde.emne, tekst=kladde.tekst, sendt_af=actor)
        for kladde in drafts(rows.order_by("nummer"), emne=emne, tekst=tekst)
    ]
    create_checked(letters)
    Ansoegning.objects.filter(brev__in=letters, besvaret=None).update(besvaret=now())
    steps = [
        Sagsskridt(ansoegning=each.ansoegning, bruger=actor, art="afslag-sendt", tekst="Brev om afslag er sendt.")
        for each in letters
    ]
    Sagsskridt.objects.bulk_create(steps)
    audit.record_many(
        actor,
        "ansoegning.afslag-sendt",
        [(each.ansoegning, f"{each.ansoegning}: afslag sendt", {}) for each in letters],
    )
    outbox.queue_many(_mail(each) for each in letters)
    return letters


def unsent(runde: Runde):
    return runde.ansoegninger.filter(tilstand=T.AFSLAG, brev=None).select_related("runde")


def key_of(brev: Brev) -> str:
    return f"ansoegning:{brev.ansoegning_id}:brev:{brev.pk}"


def _mail(brev: Brev) -> Mail:
    return outbox.order(brev.ansoegning.email, noegle=key_of(brev), skabelon="afslag", data={"brev": brev.pk})


@transaction.atomic
def stop(actor, *, ansoegninger: QuerySet[Ansoegning]) -> int:
    """Takes back the letters that have not left the house. Answers how many; their applicants have no letter again."""
    rows = Brev.objects.filter(ansoegning__in=ansoegninger).select_related("ansoegning")
    letters = {key_of(brev): brev for brev in rows}
    waiting = outbox.cancel(letters.keys())
    stopped = [letters[key] for key in waiting]
    for brev in stopped:
        write_step(actor, ansoegning=brev.ansoegning, art="afslag-standset", tekst="Brevet blev standset.")
    Ansoegning.objects.filter(brev__in=stopped).update(besvaret=None)
    Brev.objects.filter(pk__in=[brev.pk for brev in stopped]).delete()
    return len(stopped)


# --- reasons on request ---------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_reasons(*, brev: Brev) -> None:
    """By the applicant. Twice is once."""
    if Brev.objects.filter(pk=brev.pk, begrundelse_oensket=None).update(begrundelse_oensket=now()):
        write_step(
            None, ansoegning=brev.ansoegning, art="begrundelse-oensket", tekst="Ansøgeren beder om en begrundelse."
        )


@transaction.atomic
def give_reasons(actor, *, brev: Brev, begrundelse: str) -> None:
    row = Brev.objects.select_for_update(of=("self",)).select_related("ansoegning").get(pk=brev.pk)
    if row.begrundet:
        raise ValidationError("Begrundelsen er allerede sendt.")
    row.begrundelse, row.begrundet = begrundelse.strip(), now()
    save_checked(row)
    write_step(actor, ansoegning=row.ansoegning, art="begrundelse", tekst="Begrundelsen er sendt.")
    key = f"ansoegning:{row.ansoegning_id}:begrundelse:{row.pk}"
    outbox.queue(row.ansoegning.email, noegle=key, skabelon="begrundelse", data={"brev": row.pk})
