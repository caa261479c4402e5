"""What the elevansvarlig must do, by date: "Kræver handling"."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse

from elevforloeb.core.dates import full_date, period_in_words, short_date
from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.models import Elev

from . import figures
from .oensker.linjer import Rundetal
from .snapshot import Snapshot

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


def todo(now: Snapshot) -> list[Handling]:
    found = [
        *_overbooked(now),
        *(each for elev in now.elever for each in _about_elev(now, elev)),
        *_proevetid(now),
        *_without_vejleder(now),
        *_plans(now),
        *_wishes(now),
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
                yield Handling(due, title, warning.forklaring, "assignment", url, "Se eleven", now.dag)
    if now.dag in elev.span and elev.har_ophold and not any(now.dag in stay.span for stay in stays):
        text = f"{name} er ikke i nogen afdeling"
        yield Handling(now.dag, text, "Planen har et hul", "warning", _plan_url(elev.hold_id), "Åbn planen", now.dag)
    if elev.stoppet and any(stay.slutdato > elev.stoppet for stay in stays):
        text, why = f"{name} stopper, men planen går videre", "Afkort eller fjern opholdene efter den dag"
        yield Handling(elev.stoppet, text, why, "warning", _plan_url(elev.hold_id), "Åbn planen", now.dag)


def _proevetid(now: Snapshot) -> Iterator[Handling]:
    """One line for those whose prøvetid ends on the same day; as a rule that is the whole hold."""
    ending = defaultdict(list)
    for elev in now.igang:
        last = now.proevetid(elev).sidste_dag
        if now.dag <= last <= now.dag + PROEVETID_AHEAD:
            ending[last].append(elev)
    for last, elever in ending.items():
        names = join_words([elev.bruger.navn for elev in elever])
        who = genitive(names) if len(elever) == 1 else f"{len(elever)} elevers"
        people = "" if len(elever) == 1 else f"{names}. "
        text = f"{people}Tag stilling i god tid: en partshøring tager tid"
        url = reverse("elev", args=[elever[0].pk]) if len(elever) == 1 else reverse("hold", args=[elever[0].hold_id])
        title = f"{who} prøvetid slutter {full_date(last)}"
        yield Handling(last, title, text, "hourglass", url, "Se eleven" if len(elever) == 1 else "Se holdet", now.dag)


def _without_vejleder(now: Snapshot) -> Iterator[Handling]:
    """One line for each hold, because they are chosen on one page."""
    lacking = defaultdict(list)
    for stay in now.ophold:
        if stay.elevvejleder is None and stay.startdato <= now.dag + VEJLEDER_AHEAD:
            lacking[now.elev_of[stay.elev_id].hold].append(stay)
    for hold, stays in lacking.items():
        first = min(stays, key=lambda stay: stay.startdato)
        due = max(first.startdato - SOON, now.dag)
        begins = "begynder" if first.startdato > now.dag else "begyndte"
        if len(stays) == 1:
            title = f"{now.elev_of[first.elev_id].bruger.navn} mangler en elevvejleder i {first.afdeling.kortnavn}"
            text = f"{begins.capitalize()} {full_date(first.startdato)}"
        else:
            title = f"{len(stays)} ophold på {hold.navn} mangler en elevvejleder"
            text = f"Det første {begins} {full_date(first.startdato)}"
        url = reverse("plan_vejledere", args=[hold.pk])
        yield Handling(due, title, text, "person-add", url, "Vælg elevvejleder", now.dag)


def _overbooked(now: Snapshot) -> Iterator[Handling]:
    for afdeling, worst in now.overbookede:
        stays = [stay for stay in now.som_planlagt[afdeling.pk] if stay.span.overlap(worst.periode)]
        elever = [now.elev_of[stay.elev_id] for stay in stays]
        names = sorted({elev.bruger.navn for elev in elever})
        when = period_in_words(worst.periode.startdato, worst.periode.sidste_dag)
        number, places = count_noun(worst.elever, "elev", "elever"), count_noun(worst.pladser, "plads", "pladser")
        title = f"{afdeling.kortnavn} har {number} på {places} {when}"
        url = _plan_url(elever[0].hold_id)
        yield Handling(worst.periode.startdato, title, ", ".join(names), "warning", url, "Løs i planen", now.dag)


def _plans(now: Snapshot) -> Iterator[Handling]:
    with_stays = {elev.hold_id for elev in now.elever if elev.har_ophold}
    for hold in now.hold:
        if hold.pk in now.hold_med_kladde:
            title = f"Planen for {hold.navn} er en kladde"
            text = "Ingen får besked, før du udgiver den"
            due = max(hold.startdato - PLAN_AHEAD / 2, now.dag)
            yield Handling(due, title, text, "calendar-month", _plan_url(hold.pk), "Åbn planen", now.dag)
        elif hold.pk not in with_stays and hold.startdato <= now.dag + PLAN_AHEAD * 2:
            title, text = f"{hold.navn} har ingen plan", f"Holdet begynder {full_date(hold.startdato)}"
            due = max(hold.startdato - PLAN_AHEAD, now.dag)
            yield Handling(due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan", now.dag)


def _wishes(now: Snapshot) -> Iterator[Handling]:
    """What a round waits for: the departments, then the elever, then the elevansvarlig herself."""
    for tal in now.runder:
        runde, hold = tal.runde, tal.runde.hold.navn
        begun, over = now.dag >= runde.oenske_fra, now.dag > runde.oenskefrist
        departments = f"{count_noun(tal.afdelinger, 'afdeling', 'afdelinger')} har ikke svaret om pladser til {hold}"
        elever = f"{count_noun(tal.elever, 'elev', 'elever')} på {hold} har ikke sendt ønsker ind"
        if tal.afdelinger:
            text = "Svar for dem, hvis fristen er gået"
            yield _wish(now, tal, runde.udbudsfrist, departments, text, "Se svarene")
        if tal.elever and begun and not over:
            yield _wish(now, tal, runde.oenskefrist, elever, "De bliver påmindet før fristen", "Se ønskerne")
        if over:
            text = "Fristen er gået. Fordel pladserne, og luk runden"
            yield _wish(now, tal, runde.oenskefrist, f"Ønskerne fra {hold} er inde", text, "Se ønskerne")


def _wish(now: Snapshot, tal: Rundetal, due: date, title: str, text: str, knap: str) -> Handling:
    return Handling(due, title, text, "star", reverse("hold_oensker", args=[tal.runde.hold_id]), knap, now.dag)


def _plan_url(hold: int) -> str:
    try:
        return reverse("plan", args=[hold])
    except NoReverseMatch:
        return reverse("hold", args=[hold])
