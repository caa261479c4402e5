"""What the elevansvarlig must do, by date: "Kræver handling". One function for each kind of thing to do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse

from elevforloeb.core.dates import Periode, full_date, period_in_words, short_date
from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.forloeb import Aftale, agreement_warnings
from elevforloeb.models import Hold

from . import figures
from .behov import Behov
from .pladser import Overbooking
from .steder import Elevsted

SOON = timedelta(days=14)
PROEVETID_AHEAD = timedelta(weeks=6)  # a hearing of the elev takes time, so it must begin long before the end
VEJLEDER_AHEAD = timedelta(days=60)
PLAN_AHEAD = timedelta(days=120)
# What the page of the elev warns of and nobody can do anything about any more stays off this list.
WARNINGS = {"mangler_underskrift", "begyndt_uden_underskrift", "fravaer_graense", "fravaer_naer_graense"}


@dataclass(frozen=True)
class Handling:
    """Something to do: by when, what, and the page on which it is done."""

    frist: date
    titel: str
    tekst: str
    ikon: str
    url: str
    knap: str
    dag: date  # today

    @property
    def art(self) -> str:
        if self.frist <= self.dag:
            return "fejl"
        return "vent" if self.frist <= self.dag + SOON else "info"

    @property
    def frist_tekst(self) -> str:
        if self.frist == self.dag:
            return "Frist i dag"
        if self.frist < self.dag:
            return f"Skulle være gjort {short_date(self.frist)}"
        return f"Frist {short_date(self.frist)}"


def agreements(elever: Iterable[Behov], rules, day: date) -> Iterator[Handling]:
    """A signature that is missing, and absence near the limit."""
    limits = figures.absence_rules(rules)
    for elev in elever:
        if not (elev.ikke_underskrevet or elev.meget_syg):
            continue
        period = Periode(elev.startdato, elev.slutdato)
        agreement = Aftale(period, elev.underskrevet_kommune, elev.underskrevet_elev)
        for warning in agreement_warnings(agreement, day, absence=figures.absence(elev.dage), rules=limits):
            if warning.kode in WARNINGS:
                due = elev.startdato if "underskrift" in warning.kode else day
                title = f"{elev.navn}: {warning.tekst[0].lower()}{warning.tekst[1:]}"
                url = reverse("elev", args=[elev.pk])
                yield Handling(due, title, warning.forklaring, "assignment", url, "Se eleven", day)


def holes(elever: Iterable[Behov], day: date) -> Iterator[Handling]:
    for elev in elever:
        if elev.ingen_steder:
            text, why = f"{elev.navn} er ikke i nogen afdeling", "Planen har et hul"
            yield Handling(day, text, why, "warning", _plan_url(elev.hold), "Åbn planen", day)


def stops(elever: Iterable[Behov], day: date) -> Iterator[Handling]:
    for elev in elever:
        if elev.planlagt_efter_stop:
            text, why = f"{elev.navn} stopper, men planen går videre", "Afkort eller fjern opholdene efter den dag"
            yield Handling(elev.stoppet, text, why, "warning", _plan_url(elev.hold), "Åbn planen", day)


def proevetider(elever: Iterable[tuple[Behov, date]], day: date) -> Iterator[Handling]:
    """One line for those whose prøvetid ends on the same day; as a rule that is the whole hold."""
    ending = defaultdict(list)
    for elev, last in elever:
        if day <= last <= day + PROEVETID_AHEAD:
            ending[last].append(elev)
    for last, people in ending.items():
        names = join_words([elev.navn for elev in people])
        one = people[0] if len(people) == 1 else None
        who = genitive(names) if one else f"{len(people)} elevers"
        text = f"{'' if one else f'{names}. '}Tag stilling i god tid: en partshøring tager tid"
        url = reverse("elev", args=[one.pk]) if one else reverse("hold", args=[people[0].hold])
        title = f"{who} prøvetid slutter {full_date(last)}"
        yield Handling(last, title, text, "hourglass", url, "Se eleven" if one else "Se holdet", day)


def without_vejleder(stays: Iterable[Elevsted], day: date) -> Iterator[Handling]:
    for stay, navn, hold, _ in stays:
        if stay.elevvejleder is None and stay.startdato <= day + VEJLEDER_AHEAD:
            due = max(stay.startdato - SOON, day)
            title = f"{navn} mangler en elevvejleder i {stay.afdeling.kortnavn}"
            text = f"{'Begynder' if stay.startdato > day else 'Begyndte'} {full_date(stay.startdato)}"
            yield Handling(due, title, text, "person-add", _plan_url(hold), "Vælg elevvejleder", day)


def overbooked(found: Iterable[Overbooking], day: date) -> Iterator[Handling]:
    for afdeling, worst, names, hold in found:
        when = period_in_words(worst.periode.startdato, worst.periode.sidste_dag)
        number, places = count_noun(worst.elever, "elev", "elever"), count_noun(worst.pladser, "plads", "pladser")
        title = f"{afdeling.kortnavn} har {number} på {places} {when}"
        url = _plan_url(hold)
        yield Handling(worst.periode.startdato, title, ", ".join(names), "warning", url, "Løs i planen", day)


def plans(found: Iterable[Hold], day: date) -> Iterator[Handling]:
    """`found`: with har_kladde and har_plan."""
    for hold in found:
        if hold.har_kladde:
            title = f"Planen for {hold.navn} er en kladde"
            text = "Ingen får besked, før du udgiver den"
            due = max(hold.startdato - PLAN_AHEAD / 2, day)
            yield Handling(due, title, text, "calendar-month", _plan_url(hold.pk), "Åbn planen", day)
        elif not hold.har_plan and hold.startdato <= day + PLAN_AHEAD * 2:
            title, text = f"{hold.navn} har ingen plan", f"Holdet begynder {full_date(hold.startdato)}"
            due = max(hold.startdato - PLAN_AHEAD, day)
            yield Handling(due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan", day)


def _plan_url(hold: int) -> str:
    try:
        return reverse("plan", args=[hold])
    except NoReverseMatch:
        return reverse("hold", args=[hold])
