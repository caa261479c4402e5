"""From topic to hand-in. What is guarded: nothing is handed in that workplace AND school have not approved."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from elevforloeb.queries.forloeb import elevansvarlige
from skoleophold.models import Fagproeve, Fagproevesvar, Problemformulering
from skoleophold.queries.fagproeve.hvem import stays_today, vejledere_of

from .tilstand import REASONS, S, lock, lock_open, members, move, tell

Part = Fagproevesvar.Part


def latest(fagproeve: Fagproeve, *, sendt: bool) -> Problemformulering | None:
    """The newest version that was sent, or the draft."""
    return fagproeve.formuleringer.filter(sendt__isnull=not sendt).first()


@transaction.atomic
def choose_topic(actor, *, fagproeve: Fagproeve, emne: str) -> Fagproeve:
    fagproeve = lock_open(fagproeve)
    if fagproeve.status in (S.SENDT, S.GODKENDT):
        raise ValidationError(
            "Emnet ligger fast, når problemformuleringen er sendt. Skriv ændringen i problemformuleringen."
        )
    fagproeve.emne = emne.strip()
    if fagproeve.status == S.EMNE:
        move(fagproeve, S.SKRIVES, emne=fagproeve.emne)
    save_checked(fagproeve)
    tell(actor, "fagproeve.emne", fagproeve, "Emne til fagprøven valgt")
    return fagproeve


# --- the problemformulering ------------------------------------------------------------------------------------------


def kladde_version(kladde: Problemformulering | None) -> str:
    return fingerprint(kladde, ("nr", "tekst")) if kladde else ""


@transaction.atomic
def write_problem(actor, *, fagproeve: Fagproeve, tekst: str, version: str, send: bool = False) -> Fagproeve:
    """A draft, or sent. `version` is that of the draft it began with: those who write together lose nothing."""
    fagproeve = lock_open(fagproeve)
    if fagproeve.status == S.EMNE:
        raise ValidationError(REASONS[S.EMNE])
    kladde = latest(fagproeve, sendt=False)
    if version != kladde_version(kladde):
        raise conflict(audit.last_actor(*(each.elev for each in members(fagproeve))), _both(kladde, tekst))
    kladde = kladde or Problemformulering(fagproeve=fagproeve, nr=_next(fagproeve))
    kladde.tekst = tekst.strip()
    kladde.sendt = now() if send else None
    save_checked(kladde)
    if send:
        move(fagproeve, S.SENDT)
        _ask(kladde)
    what = "sendt til godkendelse" if send else "gemt som kladde"
    tell(actor, "fagproeve.problem", fagproeve, f"Problemformuleringen {what} (udgave {kladde.nr})")
    return fagproeve


def _both(kladde, tekst):
    return compared(kladde, {"tekst": tekst}) if kladde else []


def _next(fagproeve: Fagproeve) -> int:
    newest = fagproeve.formuleringer.first()
    return newest.nr + 1 if newest else 1


def _ask(formulering: Problemformulering) -> None:
    people = vejledere_of(stays_today(formulering.fagproeve)) or list(elevansvarlige())
    outbox.queue_many(_mail("fagproeve_godkend", person, formulering) for person in people)


def _mail(skabelon: str, person, formulering: Problemformulering, what: str = ""):
    noegle = f"{skabelon}:{formulering.pk}:{what}:{person.pk}"
    return outbox.order(person, noegle=noegle, skabelon=skabelon, data={"formulering": formulering.pk})


@transaction.atomic
def answer(
    actor, *, fagproeve: Fagproeve, part: str, godkendt: bool, nr: int, kommentar: str = "", dato: date | None = None
) -> Fagproeve:
    """What workplace or school says to version `nr`, the one that was read. When both approve, it is approved."""
    fagproeve = lock(fagproeve)
    formulering = latest(fagproeve, sendt=True)
    check_answer(fagproeve, formulering, part, nr)
    if not godkendt and not kommentar.strip():
        raise ValidationError({"kommentar": "Skriv, hvad der skal ændres."})
    dato = dato or today()
    if dato > today():
        raise ValidationError({"dato": "Vælg den dag, svaret kom. Den kan ikke ligge i fremtiden."})
    svar = Fagproevesvar(formulering=formulering, part=part, godkendt=godkendt, dato=dato, bruger=actor)
    svar.kommentar = kommentar.strip()
    save_checked(svar)
    if not godkendt:
        _send_back(fagproeve, formulering)
    elif formulering.svar.filter(godkendt=True).count() == len(Part):
        move(fagproeve, S.GODKENDT)
    outbox.queue_many(_mail("fagproeve_svar", each.elev.bruger, formulering, part) for each in members(fagproeve))
    word = "godkendt" if godkendt else "sendt tilbage"
    tell(actor, "fagproeve.svar", fagproeve, f"Problemformuleringen {word}: {Part(part).label.lower()}")
    return fagproeve


def check_answer(fagproeve: Fagproeve, formulering: Problemformulering | None, part: str, nr: int) -> None:
    """Nothing is waiting for this answer, or not for this version of the text any more."""
    if fagproeve.status != S.SENDT or formulering is None:
        raise ValidationError(REASONS[fagproeve.status])
    if formulering.nr != nr:
        raise StaleError("Der er sendt en ny udgave, siden du læste problemformuleringen. Læs den nye, og svar igen.")
    if earlier := formulering.svar.filter(part=part).select_related("bruger").first():
        who = earlier.bruger or "En anden"
        raise StaleError(f"{who} har allerede svaret for {Part(part).label.lower()}: {earlier}. Dit svar er ikke gemt.")


def _send_back(fagproeve: Fagproeve, formulering: Problemformulering) -> None:
    """The text goes on as a draft, unless somebody has begun a new one already."""
    move(fagproeve, S.SKRIVES)
    if latest(fagproeve, sendt=False) is None:
        Problemformulering.objects.create(fagproeve=fagproeve, nr=formulering.nr + 1, tekst=formulering.tekst)


# --- data, confidentiality and hand-in -------------------------------------------------------------------------------


@transaction.atomic
def set_data(actor, *, fagproeve: Fagproeve, indsamlet: bool) -> None:
    fagproeve = lock_open(fagproeve)
    if fagproeve.status == S.EMNE:
        raise ValidationError(REASONS[S.EMNE])
    if indsamlet == (fagproeve.data_indsamlet is not None):
        return  # clicked twice
    fagproeve.data_indsamlet = today() if indsamlet else None
    fagproeve.save(update_fields=["data_indsamlet"])
    tell(actor, "fagproeve.data", fagproeve, f"Data er {'' if indsamlet else 'alligevel ikke '}samlet ind")


@transaction.atomic
def set_fortrolighed(actor, *, fagproeve: Fagproeve, fortrolighed: str) -> None:
    fagproeve = lock_open(fagproeve)
    fagproeve.fortrolighed = fortrolighed
    save_checked(fagproeve)
    tell(actor, "fagproeve.fortrolighed", fagproeve, f"Fortrolighed: {fagproeve.get_fortrolighed_display()}")


@transaction.atomic
def hand_in(actor, *, fagproeve: Fagproeve, afleveret: date) -> None:
    fagproeve = lock(fagproeve)
    if fagproeve.status == S.AFLEVERET:
        return  # clicked twice
    if fagproeve.status != S.GODKENDT:
        raise ValidationError(REASONS[fagproeve.status])
    if not fagproeve.fortrolighed:
        raise ValidationError("Svar først på, om rapporten har fortrolige oplysninger. Den forlader kommunen.")
    if afleveret > today():
        raise ValidationError({"afleveret": "Vælg den dag, du afleverede. Den kan ikke ligge i fremtiden."})
    if fagproeve.runde and afleveret < fagproeve.runde.startdato:
        first = full_date(fagproeve.runde.startdato)
        raise ValidationError({"afleveret": f"Vælg en dag i skriveperioden eller senere. Den begynder {first}."})
    move(fagproeve, S.AFLEVERET, afleveret=afleveret)
    tell(actor, "fagproeve.afleveret", fagproeve, f"Fagprøven er afleveret {full_date(afleveret)}")


@transaction.atomic
def undo_hand_in(actor, *, fagproeve: Fagproeve) -> None:
    fagproeve = lock(fagproeve)
    if fagproeve.forsoeg.exclude(vaerdi="").exists():
        raise ValidationError("Der er givet en karakter, så afleveringen kan ikke tages tilbage.")
    if fagproeve.status == S.AFLEVERET:
        move(fagproeve, S.GODKENDT, afleveret=None)
        tell(actor, "fagproeve.aflevering_taget_tilbage", fagproeve, "Afleveringen af fagprøven er taget tilbage")
