"""The exam and the grade, which are each elev's own, and what follows when it was not passed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import StaleError, fingerprint, save_checked
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde, Problemformulering

from .tilstand import S, lock, tell


def forsoeg_version(forsoeg: Fagproeveforsoeg) -> str:
    return fingerprint(forsoeg, ("eksamen", "vaerdi", "bedoemt"))


def _locked(forsoeg: Fagproeveforsoeg) -> Fagproeveforsoeg:
    rows = Fagproeveforsoeg.objects.select_for_update(of=("self",))
    return rows.select_related("elev__bruger", "fagproeve__runde").get(pk=forsoeg.pk)


def _check_version(forsoeg: Fagproeveforsoeg, version: str) -> None:
    """A conflict never says the grade: whoever reads the sentence may not be allowed to."""
    if version != forsoeg_version(forsoeg):
        who = audit.last_actor(forsoeg.elev)
        raise StaleError(f"{who} har rettet det imens. Se, hvad der står nu, og gem igen, hvis dit skal gælde.")


@transaction.atomic
def set_exam(actor, *, forsoeg: Fagproeveforsoeg, eksamen: date | None, version: str) -> Fagproeveforsoeg:
    """Outside the agreement or too early it is saved and warned of: the school decides the day."""
    forsoeg = _locked(forsoeg)
    _check_version(forsoeg, version)
    work = forsoeg.fagproeve
    handed_in = work.afleveret or (work.runde and work.runde.afleveres)
    if eksamen and handed_in and eksamen < handed_in:
        raise ValidationError({"eksamen": f"Eksamen skal ligge efter afleveringen {full_date(handed_in)}."})
    forsoeg.eksamen = eksamen
    save_checked(forsoeg)
    when = full_date(eksamen) if eksamen else "ikke fastsat"
    audit.record(actor, "fagproeve.eksamen", forsoeg.elev, f"Mundtlig eksamen: {when}")
    return forsoeg


@transaction.atomic
def set_result(actor, *, forsoeg: Fagproeveforsoeg, vaerdi: str, bedoemt: date, version: str) -> Fagproeveforsoeg:
    """Not passed opens a new attempt. The history says that a grade was given, never which."""
    forsoeg = _locked(forsoeg)
    _check_version(forsoeg, version)
    work = forsoeg.fagproeve
    if work.status != S.AFLEVERET:
        raise ValidationError("Fagprøven er ikke afleveret endnu. Skriv først, hvornår den blev afleveret.")
    if bedoemt > today():
        raise ValidationError({"bedoemt": "Vælg den dag, karakteren blev givet. Den kan ikke ligge i fremtiden."})
    if bedoemt < work.afleveret:
        raise ValidationError({"bedoemt": f"Fagprøven blev afleveret {full_date(work.afleveret)}. Vælg en senere dag."})
    forsoeg.vaerdi, forsoeg.bedoemt = vaerdi, bedoemt
    if forsoeg.er_bestaaet:
        forsoeg.tillaeg_klaret = None
    save_checked(forsoeg)
    audit.record(actor, "fagproeve.bedoemt", forsoeg.elev, "Fagprøven er bedømt")
    _open_next(forsoeg) if forsoeg.er_bestaaet is False else _close_next(forsoeg)
    return forsoeg


def _later(forsoeg: Fagproeveforsoeg) -> Fagproeveforsoeg | None:
    return Fagproeveforsoeg.objects.filter(elev=forsoeg.elev_id, nr__gt=forsoeg.nr).select_related("fagproeve").first()


def _open_next(forsoeg: Fagproeveforsoeg) -> None:
    """With the topic and text of this one to go on from, without dates, and alone: a re-exam is one's own."""
    if _later(forsoeg):
        return
    old = forsoeg.fagproeve
    work = Fagproeve.objects.create(emne=old.emne, status=S.SKRIVES)
    if text := old.formuleringer.exclude(sendt=None).first():
        Problemformulering.objects.create(fagproeve=work, nr=1, tekst=text.tekst)
    Fagproeveforsoeg.objects.create(elev=forsoeg.elev, fagproeve=work, nr=forsoeg.nr + 1)


def _close_next(forsoeg: Fagproeveforsoeg) -> None:
    """The grade was corrected: the attempt that came of it goes, if nothing has been done with it."""
    if (later := _later(forsoeg)) is None:
        return
    work = lock(later.fagproeve)
    if work.runde_id or work.status != S.SKRIVES or later.vaerdi:
        raise ValidationError("Omprøven er i gang. Karakteren kan derfor ikke rettes til bestået.")
    work.delete()


@transaction.atomic
def set_runde(actor, *, fagproeve: Fagproeve, runde: Fagproeverunde | None) -> None:
    """Which dates a fagprøve follows: those of the re-exam, or of another class."""
    fagproeve = lock(fagproeve)
    if fagproeve.status == S.AFLEVERET:
        raise ValidationError("Fagprøven er afleveret, så datoerne ligger fast.")
    fagproeve.runde = runde
    fagproeve.save(update_fields=["runde"])
    tell(actor, "fagproeve.runde", fagproeve, f"Fagprøven følger datoerne: {runde or 'ingen endnu'}")


@transaction.atomic
def settle_tillaeg(actor, *, forsoeg: Fagproeveforsoeg) -> None:
    """The elevansvarlig has dealt with the agreement. Nothing is extended here."""
    forsoeg = _locked(forsoeg)
    if forsoeg.er_bestaaet is not False:
        raise ValidationError("Fagprøven er ikke bedømt til ikke bestået. Der er ikke noget tillæg at ordne.")
    if forsoeg.tillaeg_klaret is None:
        forsoeg.tillaeg_klaret = today()
        save_checked(forsoeg)
        audit.record(actor, "fagproeve.tillaeg", forsoeg.elev, "Tillæg til aftalen efter fagprøven er ordnet")
