"""What the elevansvarlig must do, by date: "Kræver handling". How long before is a Regel, because practice differs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.dates import full_date, period_in_words, short_date
from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.models import Elev

from . import figures
from .snapshot import Snapshot

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
    art: str  # fejl, vent or info
    dag: date  # today

    @property
    def frist_tekst(self) -> str:
        if self.frist == self.dag:
            return "Frist i dag"
        if self.frist < self.dag:
            return f"Skulle være gjort {short_date(self.frist)}"
        return f"Frist {short_date(self.frist)}"


def _line(now: Snapshot, frist: date, titel: str, tekst: str, ikon: str, url: str, knap: str) -> Handling:
    near = frist <= now.dag + timedelta(days=now.rules.frist_taet_paa_dage)
    art = "fejl" if frist <= now.dag else "vent" if near else "info"
    return Handling(frist, titel, tekst, ikon, url, knap, art, now.dag)


def todo(now: Snapshot) -> list[Handling]:
    found = [
        *_overbooked(now),
        *(each for elev in now.elever for each in _about_elev(now, elev)),
        *_proevetid(now),
        *_without_vejleder(now),
        *_plans(now),
        *_unplanned(now),
    ]
    return sorted(found, key=lambda each: (each.frist, each.titel))


def _about_elev(now: Snapshot, elev: Elev) -> Iterator[Handling]:
    name, stays, rows = elev.bruger.navn, now.steder.get(elev.pk, ()), now.kalender_of(elev)
    signed = elev.aftale_kommune and elev.aftale_elev
    if not signed or figures.absence(rows):  # nothing else leads to one of WARNINGS
        for warning in figures.warnings(elev, stays, rows, now.rules):
            if warning.kode in WARNINGS:
                due = elev.startdato if "underskrift" in warning.kode else now.dag
                title = f"{name}: {warning.tekst[0].lower()}{warning.tekst[1:]}"
                url = reverse("elev", args=[elev.pk])
                yield _line(now, due, title, warning.forklaring, "assignment", url, "Se eleven")
    if now.dag in elev.span and elev.har_ophold and not any(now.dag in stay.span for stay in stays):
        text = f"{name} er ikke i nogen afdeling"
        yield _line(now, now.dag, text, "Planen har et hul", "warning", _plan_url(elev.hold_id), "Åbn planen")
    if elev.stoppet and any(stay.slutdato > elev.stoppet for stay in stays):
        text, why = f"{name} stopper, men planen går videre", "Afkort eller fjern opholdene efter den dag"
        yield _line(now, elev.stoppet, text, why, "warning", _plan_url(elev.hold_id), "Åbn planen")


def _proevetid(now: Snapshot) -> Iterator[Handling]:
    """One line for those whose prøvetid ends on the same day; as a rule that is the whole hold."""
    ending, until = defaultdict(list), now.dag + timedelta(days=now.rules.proevetid_varsel_dage)
    for elev in now.igang:
        last = now.proevetid(elev).sidste_dag
        if now.dag <= last <= until:
            ending[last].append(elev)
    for last, elever in ending.items():
        names = join_words([elev.bruger.navn for elev in elever])
        who = genitive(names) if len(elever) == 1 else f"{len(elever)} elevers"
        people = "" if len(elever) == 1 else f"{names}. "
        text = f"{people}Tag stilling i god tid: en partshøring tager tid"
        url = reverse("elev", args=[elever[0].pk]) if len(elever) == 1 else reverse("hold", args=[elever[0].hold_id])
        title = f"{who} prøvetid slutter {full_date(last)}"
        yield _line(now, last, title, text, "hourglass", url, "Se eleven" if len(elever) == 1 else "Se holdet")


def _without_vejleder(now: Snapshot) -> Iterator[Handling]:
    """One line for each hold, because they are chosen on one page."""
    lacking, until = defaultdict(list), now.dag + timedelta(days=now.rules.vejleder_varsel_dage)
    for stay in now.ophold:
        if stay.elevvejleder is None and stay.startdato <= until:
            lacking[now.elev_of[stay.elev_id].hold].append(stay)
    for hold, stays in lacking.items():
        first = min(stays, key=lambda stay: stay.startdato)
        due = _days_before(now, first.startdato, now.rules.vejleder_klar_dage)
        begins = "begynder" if first.startdato > now.dag else "begyndte"
        if len(stays) == 1:
            title = f"{now.elev_of[first.elev_id].bruger.navn} mangler en elevvejleder i {first.afdeling.kortnavn}"
            text = f"{begins.capitalize()} {full_date(first.startdato)}"
        else:
            title = f"{len(stays)} ophold på {hold.navn} mangler en elevvejleder"
            text = f"Det første {begins} {full_date(first.startdato)}"
        url = reverse("plan_vejledere", args=[hold.pk])
        yield _line(now, due, title, text, "person-add", url, "Vælg elevvejleder")


def _overbooked(now: Snapshot) -> Iterator[Handling]:
    for afdeling, worst in now.overbookede:
        stays = [stay for stay in now.som_planlagt[afdeling.pk] if stay.span.overlap(worst.periode)]
        elever = [now.elev_of[stay.elev_id] for stay in stays]
        names = sorted({elev.bruger.navn for elev in elever})
        when = period_in_words(worst.periode.startdato, worst.periode.sidste_dag)
        number, places = count_noun(worst.elever, "elev", "elever"), count_noun(worst.pladser, "plads", "pladser")
        title = f"{afdeling.kortnavn} har {number} på {places} {when}"
        url = _plan_url(elever[0].hold_id)
        yield _line(now, worst.periode.startdato, title, ", ".join(names), "warning", url, "Løs i planen")


def _plans(now: Snapshot) -> Iterator[Handling]:
    with_stays = {elev.hold_id for elev in now.elever if elev.har_ophold}
    until = now.dag + timedelta(days=now.rules.plan_varsel_dage)
    for hold in now.hold:
        if hold.pk in now.hold_med_kladde:
            title = f"Planen for {hold.navn} er en kladde"
            text = "Ingen får besked, før du udgiver den"
            due = _days_before(now, hold.startdato, now.rules.plan_udgivet_dage)
            yield _line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Åbn planen")
        elif hold.pk not in with_stays and hold.startdato <= until:
            title, text = f"{hold.navn} har ingen plan", f"Holdet begynder {full_date(hold.startdato)}"
            due = _days_before(now, hold.startdato, now.rules.plan_klar_dage)
            yield _line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan")


def _unplanned(now: Snapshot) -> Iterator[Handling]:
    """Days ahead that nobody has planned in a hold that has a plan or a draft: as a rule the specialisation."""
    until = now.dag + timedelta(days=now.rules.plan_varsel_dage)
    planned = {elev.hold_id for elev in now.elever if elev.har_ophold} | now.hold_med_kladde
    waiting = defaultdict(list)
    for elev in now.elever:
        if elev.hold_id in planned and (day := _first_unplanned(now, elev)) and day <= until:
            waiting[elev.hold].append((day, elev))
    for hold, elever in waiting.items():
        first, elev = min(elever, key=lambda pair: pair[0])
        who = elev.bruger.navn if len(elever) == 1 else f"{len(elever)} elever på {hold.navn}"
        due = _days_before(now, first, now.rules.plan_klar_dage)
        title = f"{who} har ingen afdeling fra {full_date(first)}"
        text = "Læg resten af planen, mens der er pladser at vælge imellem"
        yield _line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan")


def _first_unplanned(now: Snapshot, elev: Elev) -> date | None:
    """As it will be when the draft is published. Not for who has left the plan today: that is a line of its own."""
    stays = now.kladder if elev.hold_id in now.hold_med_kladde else now.steder
    day = max(elev.startdato, now.dag)
    for stay in stays.get(elev.pk, ()):
        if stay.startdato > day:
            break
        day = max(day, stay.slutdato)
    end = min(elev.slutdato, elev.stoppet or elev.slutdato)
    return day if day < end and not (day == now.dag and elev.har_ophold) else None


def _days_before(now: Snapshot, day: date, days: int) -> date:
    """The due date of what is to be ready so long before; what is late already is due today."""
    return max(day - timedelta(days=days), now.dag)


def _plan_url(hold: int) -> str:
    return reverse("plan", args=[hold])
