"""Departments: created, described, renamed, closed and replaced. A closed one stays readable."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import compared, conflict, fingerprint, mendable, save_checked
from elevforloeb.core.periods import DateRange, checked_period, period

RESERVED = {"ny"}  # /afdelinger/ny/ is a page
ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})

TEKSTER = ["beskrivelse", "elevens_rolle", "stoerrelse", "adresse"]
STAMDATA = ["navn", "kortnavn", "art", "forvaltning", "farve"]


@transaction.atomic
def create_afdeling(actor, *, fra, **felter) -> Afdeling:
    afdeling = Afdeling(kode=free_code(Afdeling, felter["navn"]), periode=period(fra), **felter)
    save_checked(afdeling)
    audit.record(actor, "afdeling.oprettet", afdeling, f"{afdeling} er oprettet fra {full_date(fra)}")
    return afdeling


@transaction.atomic
def update_afdeling(actor, *, afdeling, version, **felter) -> Afdeling:
    """Change texts and facts. `version` is the fingerprint that the form was opened with."""
    current = Afdeling.objects.select_for_update().get(pk=afdeling.pk)
    if fingerprint(current, felter) != version:
        raise conflict(audit.last_actor(current), compared(current, felter))
    old = {felt: getattr(current, felt) for felt in felter}
    for felt, value in felter.items():
        setattr(current, felt, value)
    changed = [felt for felt in felter if felter[felt] != old[felt]]
    if not changed:
        return current
    save_checked(current)
    if "navn" in changed:
        text = f"{old['navn']} hedder nu {current.navn}"
        audit.record(actor, "afdeling.omdoebt", current, text, foer=old["navn"], efter=current.navn)
    names = ", ".join(str(Afdeling._meta.get_field(felt).verbose_name) for felt in changed)
    audit.record(actor, "afdeling.rettet", current, f"Rettet: {names}", foer={felt: old[felt] for felt in changed})
    return current


@transaction.atomic
def close_afdeling(actor, *, afdeling, sidste_dag, efterfoelger=None) -> None:
    """No elever after `sidste_dag`: places and roles in the department end that day. Several may share a successor."""
    afdeling = Afdeling.objects.select_for_update().get(pk=afdeling.pk)
    if sidste_dag < afdeling.startdato:
        raise ValidationError(
            {"sidste_dag": f"Afdelingen åbnede {full_date(afdeling.startdato)}. Vælg den dato eller en senere."}
        )
    require_no_circle(afdeling, efterfoelger, sidste_dag)
    afdeling.periode = checked_period(afdeling.startdato, sidste_dag)
    afdeling.efterfoelger = efterfoelger
    save_checked(afdeling)
    end_places(afdeling)
    cut_at(afdeling.rolletildelinger.all(), afdeling.slutdato)
    into = f" og afløst af {efterfoelger}" if efterfoelger else ""
    audit.record(actor, "afdeling.lukket", afdeling, f"{afdeling} er lukket efter {full_date(sidste_dag)}{into}")


def require_no_circle(afdeling, efterfoelger, sidste_dag) -> None:
    if efterfoelger is None:
        return
    if efterfoelger.slutdato and efterfoelger.sidste_dag <= sidste_dag:
        raise ValidationError(
            {"efterfoelger": f"{efterfoelger} lukker selv inden da. Vælg en afdeling, der er åben bagefter."}
        )
    successors = dict(Afdeling.objects.exclude(efterfoelger=None).values_list("pk", "efterfoelger"))
    pk = efterfoelger.pk
    while pk is not None:
        if pk == afdeling.pk:
            raise ValidationError({"efterfoelger": "Afdelingerne kan ikke afløse hinanden i ring. Vælg en anden."})
        pk = successors.get(pk)


def end_places(afdeling) -> None:
    """The guard of the published plan says no when elever have stays after the last day."""
    try:
        with mendable():
            cut_at(afdeling.pladser.all(), afdeling.slutdato)
    except ValidationError as error:
        message = "Der er elever i planen efter den dag. Flyt dem først under Hold og plan, eller vælg en senere dato."
        raise ValidationError({"sidste_dag": message}) from error


def cut_at(rows, end) -> None:
    """End every period at `end`; what would only begin later disappears."""
    rows.filter(periode__startswith__gte=end).delete()
    for row in rows.filter(periode__contains=end):
        row.periode = DateRange(row.startdato, end, "[)")
        row.save(update_fields=["periode"])


@transaction.atomic
def reopen_afdeling(actor, *, afdeling) -> None:
    """Take back a closing. Places and roles are given anew."""
    afdeling.periode = period(afdeling.startdato)
    afdeling.efterfoelger = None
    save_checked(afdeling)
    audit.record(actor, "afdeling.aabnet", afdeling, f"{afdeling} er åben igen")


def free_code(model, navn: str) -> str:
    """A code from a name, not used before: Økonomi og Analyse -> oekonomi-og-analyse."""
    base = slugify(navn.lower().translate(ASCII))[:50].strip("-") or model._meta.model_name
    taken = RESERVED | set(model.objects.filter(kode__startswith=base).values_list("kode", flat=True))
    return next(kode for nr in range(1, len(taken) + 3) if (kode := base if nr == 1 else f"{base}-{nr}") not in taken)
