"""Letters to applicants: written once, filled in for each, sent one by one, and stopped while some still wait.

Refusals and messages go the same way. What differs between them is one `Slags` each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import now
from elevforloeb.core.errors import create_checked, save_checked
from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Besked, Brev, Brevskabelon, Runde, Sagsskridt
from rekruttering.models.brev import Skrivelse

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


# --- kinds of letters -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slags:
    model: type[Skrivelse]
    skabelon: str  # of its mail
    sendt: str  # the line in the case log; {emne} is the letter's
    modtagere: Callable[[Runde], QuerySet[Ansoegning]]  # who can get one now
    er_svar: bool = False  # the applicant has her answer with it
    skabeloner: tuple[str, ...] = ()  # what it begins with

    @property
    def navn(self) -> str:
        return self.model._meta.model_name


def unsent(runde: Runde) -> QuerySet[Ansoegning]:
    """Refused, and not told."""
    return runde.ansoegninger.filter(tilstand=T.AFSLAG, brev=None).select_related("runde")


def within_reach(runde: Runde) -> QuerySet[Ansoegning]:
    """Who has sent and not withdrawn."""
    return runde.ansoegninger.exclude(tilstand__in=[T.KLADDE, T.TRUKKET]).select_related("runde")


A = Brevskabelon.Art
AFSLAG = Slags(Brev, "afslag", "Brev om afslag er sendt.", unsent, True, (A.AFSLAG, A.AFSLAG_SAMTALE))
BESKED = Slags(Besked, "besked", "Besked sendt: {emne}", within_reach, skabeloner=(A.BESKED_TID, A.BESKED_PRAKTISK))
SLAGS = {each.model: each for each in (AFSLAG, BESKED)}


# --- sent and stopped -----------------------------------------------------------------------------------------------


@transaction.atomic
def send(
    actor,
    *,
    runde: Runde,
    ansoegninger: Iterable[Ansoegning],
    emne: str,
    tekst: str,
    slags: Slags = AFSLAG,
    udsendelse: UUID | None = None,
) -> list[Skrivelse]:
    """To those who can still get one; who was moved, or got it a moment ago, is passed over."""
    wanted = [each.pk for each in ansoegninger]
    Runde.objects.select_for_update(no_key=True).get(pk=runde.pk)  # two who send the same letters
    rows = slags.modtagere(runde).select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    own = {}
    if udsendelse:
        own = {"udsendelse": udsendelse}
        rows = rows.exclude(beskeder__udsendelse=udsendelse)
    letters = [
        slags.model(ansoegning=kladde.ansoegning, emne=kladde.emne, tekst=kladde.tekst, sendt_af=actor, **own)
        for kladde in drafts(rows.order_by("nummer"), emne=emne, tekst=tekst)
    ]
    create_checked(letters)
    if slags.er_svar:
        told = [each.ansoegning_id for each in letters]
        Ansoegning.objects.filter(pk__in=told, besvaret=None).update(besvaret=now())
    _write_down(actor, slags, letters)
    outbox.queue_many(_mail(each) for each in letters)
    return letters


def _write_down(actor, slags: Slags, letters: list[Skrivelse]) -> None:
    art = f"{slags.skabelon}-sendt"
    Sagsskridt.objects.bulk_create(
        Sagsskridt(ansoegning=each.ansoegning, bruger=actor, art=art, tekst=slags.sendt.format(emne=each.emne))
        for each in letters
    )
    words = f"{slags.skabelon} sendt"
    audit.record_many(
        actor, f"ansoegning.{art}", [(each.ansoegning, f"{each.ansoegning}: {words}", {}) for each in letters]
    )


def key_of(brev: Skrivelse) -> str:
    return f"ansoegning:{brev.ansoegning_id}:{SLAGS[type(brev)].navn}:{brev.pk}"


def _mail(brev: Skrivelse) -> Mail:
    slags = SLAGS[type(brev)]
    facts = {"skabelon": slags.skabelon, "data": {slags.navn: brev.pk}}
    return outbox.order(brev.ansoegning.email, noegle=key_of(brev), **facts)


@transaction.atomic
def stop(actor, *, ansoegninger: QuerySet[Ansoegning], slags: Slags = AFSLAG) -> int:
    """Takes back the letters that have not left the house. Answers how many; their applicants have no letter again."""
    rows = slags.model.objects.filter(ansoegning__in=ansoegninger).select_related("ansoegning")
    letters = {key_of(brev): brev for brev in rows}
    waiting = outbox.cancel(letters.keys())
    stopped = [letters[key] for key in waiting]
    for brev in stopped:
        write_step(actor, ansoegning=brev.ansoegning, art=f"{slags.skabelon}-standset", tekst="Brevet blev standset.")
    if slags.er_svar:
        Ansoegning.objects.filter(brev__in=stopped).update(besvaret=None)
    slags.model.objects.filter(pk__in=[brev.pk for brev in stopped]).delete()
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
