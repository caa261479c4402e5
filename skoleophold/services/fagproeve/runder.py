"""The dates of a class, and the fagprøver that come of them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import Periode, full_date, today
from elevforloeb.core.errors import compared, conflict, fingerprint, save_checked
from elevforloeb.core.periods import period
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev
from skoleophold.fagproeveregler import BEFORE, Afstande, Datoer, count_back, problems
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde

FIELDS = ("navn", "periode", *BEFORE, "afleveres", "eksamen_fra", "eksamen_til")


def runde_version(runde: Fagproeverunde) -> str:
    return fingerprint(runde, FIELDS)


def distances(now: Rules) -> Afstande:
    return Afstande(
        emne_senest=now.fagproeve_emne_dage,
        problem_senest=now.fagproeve_problem_dage,
        godkendt_senest=now.fagproeve_godkendt_dage,
        data_senest=now.fagproeve_data_dage,
    )


@transaction.atomic
def save_runde(
    actor, *, runde: Fagproeverunde, startdato, sidste_dag, navn, version: str = "", **sagt
) -> Fagproeverunde:
    """`sagt`: what the school has said of the other dates; the rest is counted back. New when `runde` has no pk."""
    if runde.pk:
        runde = Fagproeverunde.objects.select_for_update(of=("self",)).select_related("skolehold").get(pk=runde.pk)
        if version != runde_version(runde):
            typed = {name: day for name, day in sagt.items() if day}
            raise conflict(audit.last_actor(runde), compared(runde, {"navn": navn} | typed))
    if sidste_dag < startdato:
        raise ValidationError({"sidste_dag": "Sidste dag skal være den samme dag som første dag eller senere."})
    datoer = Datoer(Periode.until_last_day(startdato, sidste_dag), **sagt)
    if wrong := problems(datoer):
        raise ValidationError(wrong)
    told = _told(runde) if runde.pk and runde.startdato == startdato else {}
    runde.navn, runde.periode = navn, period(startdato, sidste_dag)
    for name, day in count_back(datoer, distances(rules()), today(), told).items():
        setattr(runde, name, day)
    runde.beregnet = sorted(name for name in (*BEFORE, "afleveres") if not sagt.get(name))
    save_checked(runde)
    audit.record(
        actor, "fagproeve.datoer", runde, f"Datoer for {runde}: skriveperioden begynder {full_date(startdato)}"
    )
    begin(runde)
    return runde


def _told(runde: Fagproeverunde) -> dict:
    """The counted dates that people know: they do not move because another date is written in."""
    return {name: getattr(runde, name) for name in BEFORE if name in runde.beregnet}


@transaction.atomic
def delete_runde(actor, *, runde: Fagproeverunde) -> None:
    """Only while nobody has begun: what somebody has written is never thrown away with a date."""
    if runde.fagproever.exclude(status=Fagproeve.Status.EMNE).exists():
        raise ValidationError("Der er elever, som er begyndt på fagprøven. Ret datoerne i stedet for at slette dem.")
    audit.record(actor, "fagproeve.datoer_slettet", runde, f"Datoer for {runde} slettet")
    runde.fagproever.all().delete()
    runde.delete()


def begin_fagproever() -> None:
    """Every elev who follows a class with dates gets a fagprøve. May run twice, late, or beside itself."""
    for runde in Fagproeverunde.objects.filter(afleveres__gte=today()).order_by("periode"):
        begin(runde)


def lacking(runde: Fagproeverunde):
    """Who follows the class when the writing begins, is still an elev then, and has no fagprøve at all."""
    start = runde.startdato
    found = Elev.objects.employed_from(start).filter(
        tilknytninger__skolehold=runde.skolehold_id, tilknytninger__periode__contains=start
    )
    return found.exclude(pk__in=Fagproeveforsoeg.objects.values("elev"))


@transaction.atomic
def begin(runde: Fagproeverunde) -> None:
    if runde.afleveres < today() or not lacking(runde).exists():
        return
    Fagproeverunde.objects.select_for_update().get(pk=runde.pk)  # two at once make one each
    elever = list(lacking(runde))
    works = Fagproeve.objects.bulk_create(Fagproeve(runde=runde) for _ in elever)
    rows = [Fagproeveforsoeg(elev=elev, fagproeve=work) for elev, work in zip(elever, works, strict=True)]
    Fagproeveforsoeg.objects.bulk_create(rows)
