"""What the departments offer: who is asked, and what each of them answers."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, now
from elevforloeb.core.errors import StaleError, fingerprint, save_checked
from elevforloeb.models import Binding, Inhabilitet, Oenskerunde, Udbud, Udbudssvar
from elevforloeb.queries.oensker.runde import etaper_for

from .runde import lock_round

Svar = Udbudssvar.Svar


def answer_version(svar: Udbudssvar) -> str:
    return fingerprint(svar, ("svar", "besvaret"))


@transaction.atomic
def ask_afdeling(actor, *, runde: Oenskerunde, afdeling: Afdeling) -> Udbudssvar:
    runde = lock_round(runde)
    svar = Udbudssvar(runde=runde, afdeling=afdeling)
    if not etaper_for(svar):
        raise ValidationError({"afdeling": f"{afdeling} findes ikke i hele perioden for noget af opholdene."})
    save_checked(svar)
    audit.record(actor, "udbud.spurgt", runde.hold, f"{afdeling} spurgt om pladser", runde=runde.pk)
    return svar


@transaction.atomic
def unask_afdeling(actor, *, svar: Udbudssvar) -> None:
    """Only while nothing hangs on it: neither an answer of its own, nor what somebody has written about it."""
    lock_round(svar.runde)
    about_it = Inhabilitet.objects.filter(seddel__runde=svar.runde, afdeling=svar.afdeling)
    if about_it.exists() or Binding.objects.filter(runde=svar.runde, afdeling=svar.afdeling).exists():
        raise ValidationError(
            f"Der er skrevet en inhabilitet eller en binding om {svar.afdeling}. Svar “Intet i år” for den i stedet."
        )
    gone, _ = Udbudssvar.objects.filter(pk=svar.pk, svar=Svar.VENTER).delete()
    if not gone:
        raise ValidationError(f"{svar.afdeling} har svaret. Svar “Intet i år” for den i stedet, så svaret bevares.")
    audit.record(actor, "udbud.ikke_spurgt", svar.runde.hold, f"{svar.afdeling} er ikke med i ønskerunden")


@transaction.atomic
def answer_udbud(
    actor,
    *,
    svar: Udbudssvar,
    valg: str,
    pladser: dict[int, tuple[int, int]],
    kan_laere: str,
    note: str,
    version: str,
    paa_vegne: bool = False,
) -> Udbudssvar:
    """`pladser`: (minimum, maksimum) by stay. `paa_vegne`: the elevansvarlig answers, at any time, and says why."""
    runde = lock_round(svar.runde)
    svar = Udbudssvar.objects.select_for_update(of=("self",)).select_related("afdeling").get(pk=svar.pk)
    svar.runde = runde
    _check_time(runde, note, paa_vegne)
    if version != answer_version(svar):
        raise StaleError("En anden har svaret, mens du skrev. Gem igen for at bruge din udgave.")
    offers = _offers(svar, pladser) if valg == Svar.TILBYDER else []
    if valg not in (Svar.TILBYDER, Svar.INTET):
        raise ValidationError({"valg": "Vælg, om I tilbyder pladser."})
    svar.svar, svar.kan_laere, svar.note = valg, kan_laere, note
    svar.besvaret, svar.besvaret_af = now(), actor
    save_checked(svar)
    svar.udbud.all().delete()
    for offer in offers:
        save_checked(offer)
    audit.record(actor, "udbud.besvaret", svar.afdeling, _sentence(svar, offers), runde=runde.pk)
    return svar


def _check_time(runde: Oenskerunde, note: str, paa_vegne: bool) -> None:
    if paa_vegne:
        if not note.strip():
            raise ValidationError({"note": "Skriv, hvorfor du svarer for afdelingen."})
        return
    if not runde.tager_udbud:
        last = full_date(runde.udbudsfrist)
        raise ValidationError(f"Fristen var {last}. Bed den elevansvarlige om at rette svaret for jer.")


def _offers(svar: Udbudssvar, pladser: dict[int, tuple[int, int]]) -> list[Udbud]:
    """Only stays with a place become rows."""
    known = etaper_for(svar)
    offers = [
        Udbud(svar=svar, trin=trin, minimum=least, maksimum=most)
        for trin, (least, most) in pladser.items()
        if most or least
    ]
    if not offers:
        raise ValidationError("Skriv mindst én plads, eller vælg “Intet i år”.")
    for offer in offers:
        if offer.trin not in known:
            raise ValidationError("Afdelingen findes ikke i hele det ophold. Genindlæs siden.")
        if offer.minimum > offer.maksimum:
            raise ValidationError({f"minimum_{offer.trin}": "Mindst kan ikke være mere end højst."})
    return offers


def _sentence(svar: Udbudssvar, offers: list[Udbud]) -> str:
    if not offers:
        return f"{svar.afdeling} har svaret: intet i år"
    places = ", ".join(f"{offer.maksimum} i ophold {offer.trin}" for offer in offers)
    return f"{svar.afdeling} har svaret: {places}"
