"""What the elevansvarlig must do, by date: "Kræver handling". One function for each kind of thing to do.

How long before is a Regel, because practice differs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection

from afdelinger.models import Bruger
from elevforloeb.core.addresses import address
from elevforloeb.core.dates import Periode, full_date, period_in_words, short_date
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.forloeb import Aftale, agreement_warnings
from elevforloeb.models import Hold

from . import figures
from .behov import Behov
from .pladser import Overbooking
from .sletning import ask_overdue
from .steder import Elevsted

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


def line(now: Rules, frist: date, titel: str, tekst: str, ikon: str, url: str, knap: str) -> Handling:
    near = frist <= now.day + timedelta(days=now.frist_taet_paa_dage)
    art = "fejl" if frist <= now.day else "vent" if near else "info"
    return Handling(frist, titel, tekst, ikon, url, knap, art, now.day)


@dataclass(frozen=True, eq=False)
class Asked:
    """A part of the one statement that finds what the wings have to do.

    `ask`: a select of (kind, id, name, name of what, day, number), and its parameters; from the rules alone.
    `lines`: the line of each kind, from the rules and the rest of the row; of a card on the front page, the card.
    """

    ask: Callable[[Rules], tuple[str, dict | tuple]]
    lines: dict[str, Callable[..., Handling]]


def find_things(now: Rules, parts: Iterable[Asked]) -> Iterator[Handling]:
    """However many the wings are, the front page pays for one statement."""
    parts = tuple(parts)
    with connection.cursor() as cursor:
        cursor.execute(_statement(parts, now.day, frozenset(now.values.items())))
        found = cursor.fetchall()
    for nr, kind, *facts in found:
        yield parts[nr].lines[kind](now, *facts)


@lru_cache(maxsize=4)  # the same rules on the same day, the same text: to write it takes longer than to answer it
def _statement(parts: tuple[Asked, ...], day: date, values: frozenset[tuple[str, int]]) -> str:
    now = Rules(day, dict(values))
    with connection.cursor() as cursor:
        questions = [cursor.mogrify(*part.ask(now)) for part in parts]
    asked = (f"select {nr}, spurgt.* from ({question}) spurgt" for nr, question in enumerate(questions))  # noqa: S608
    return " union all ".join(asked)


def agreements(elever: Iterable[Behov], now: Rules) -> Iterator[Handling]:
    """A signature that is missing, and absence near the limit."""
    limits = figures.absence_rules(now)
    for elev in elever:
        if not (elev.ikke_underskrevet or elev.meget_syg):
            continue
        period = Periode(elev.startdato, elev.slutdato)
        agreement = Aftale(period, elev.underskrevet_kommune, elev.underskrevet_elev)
        for warning in agreement_warnings(agreement, now.day, absence=figures.absence(elev.dage), rules=limits):
            if warning.kode in WARNINGS:
                due = elev.startdato if "underskrift" in warning.kode else now.day
                title = f"{elev.navn}: {warning.tekst[0].lower()}{warning.tekst[1:]}"
                url = address("elev", elev.pk)
                yield line(now, due, title, warning.forklaring, "assignment", url, "Se eleven")


def holes(elever: Iterable[Behov], now: Rules) -> Iterator[Handling]:
    for elev in elever:
        if elev.ingen_steder:
            text, why = f"{elev.navn} er ikke i nogen afdeling", "Planen har et hul"
            yield line(now, now.day, text, why, "warning", _plan_url(elev.hold), "Åbn planen")


def stops(elever: Iterable[Behov], now: Rules) -> Iterator[Handling]:
    for elev in elever:
        if elev.planlagt_efter_stop:
            text, why = f"{elev.navn} stopper, men planen går videre", "Afkort eller fjern opholdene efter den dag"
            yield line(now, elev.stoppet, text, why, "warning", _plan_url(elev.hold), "Åbn planen")


def proevetider(elever: Iterable[tuple[Behov, date]], now: Rules) -> Iterator[Handling]:
    """One line for those whose prøvetid ends on the same day; as a rule that is the whole hold."""
    ending, until = defaultdict(list), now.day + timedelta(days=now.proevetid_varsel_dage)
    for elev, last in elever:
        if now.day <= last <= until:
            ending[last].append(elev)
    for last, people in ending.items():
        names = join_words([elev.navn for elev in people])
        one = people[0] if len(people) == 1 else None
        who = genitive(names) if one else f"{len(people)} elevers"
        text = f"{'' if one else f'{names}. '}Tag stilling i god tid: en partshøring tager tid"
        url = address("elev", one.pk) if one else address("hold", people[0].hold)
        title = f"{who} prøvetid slutter {full_date(last)}"
        yield line(now, last, title, text, "hourglass", url, "Se eleven" if one else "Se holdet")


def without_vejleder(stays: Iterable[Elevsted], alle_hold: Iterable[Hold], now: Rules) -> Iterator[Handling]:
    """One line for each hold, because they are chosen on one page. `stays`: in order of time."""
    lacking, until = defaultdict(list), now.day + timedelta(days=now.vejleder_varsel_dage)
    for each in stays:
        if each.sted.elevvejleder is None and each.sted.startdato <= until:
            lacking[each.hold].append(each)
    for hold in alle_hold:
        if not (found := lacking[hold.pk]):
            continue
        first = found[0].sted
        due = _days_before(now, first.startdato, now.vejleder_klar_dage)
        begins = "begynder" if first.startdato > now.day else "begyndte"
        if len(found) == 1:
            title = f"{found[0].navn} mangler en elevvejleder i {first.afdeling.kortnavn}"
            text = f"{begins.capitalize()} {full_date(first.startdato)}"
        else:
            title = f"{len(found)} ophold på {hold.navn} mangler en elevvejleder"
            text = f"Det første {begins} {full_date(first.startdato)}"
        url = address("plan_vejledere", hold.pk)
        yield line(now, due, title, text, "person-add", url, "Vælg elevvejleder")


def overbooked(found: Iterable[Overbooking], now: Rules) -> Iterator[Handling]:
    for afdeling, worst, names, hold in found:
        when = period_in_words(worst.periode.startdato, worst.periode.sidste_dag)
        number, places = count_noun(worst.elever, "elev", "elever"), count_noun(worst.pladser, "plads", "pladser")
        title = f"{afdeling.kortnavn} har {number} på {places} {when}"
        yield line(now, worst.periode.startdato, title, ", ".join(names), "warning", _plan_url(hold), "Løs i planen")


def plans(alle_hold: Iterable[Hold], now: Rules) -> Iterator[Handling]:
    until = now.day + timedelta(days=now.plan_varsel_dage)
    for hold in alle_hold:
        if hold.har_kladde:
            title = f"Planen for {hold.navn} er en kladde"
            text = "Ingen får besked, før du udgiver den"
            due = _days_before(now, hold.startdato, now.plan_udgivet_dage)
            yield line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Åbn planen")
        elif not hold.har_plan and hold.startdato <= until:
            title, text = f"{hold.navn} har ingen plan", f"Holdet begynder {full_date(hold.startdato)}"
            due = _days_before(now, hold.startdato, now.plan_klar_dage)
            yield line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan")


def unplanned(alle_hold: Iterable[Hold], now: Rules) -> Iterator[Handling]:
    """Days ahead that nobody has planned in a hold that has a plan or a draft: as a rule the specialisation."""
    for hold in alle_hold:
        if hold.uplanlagte and (hold.har_plan or hold.har_kladde):
            first = hold.uplanlagt_fra
            who = hold.uplanlagt_navn if hold.uplanlagte == 1 else f"{hold.uplanlagte} elever på {hold.navn}"
            due = _days_before(now, first, now.plan_klar_dage)
            title = f"{who} har ingen afdeling fra {full_date(first)}"
            text = "Læg resten af planen, mens der er pladser at vælge imellem"
            yield line(now, due, title, text, "calendar-month", _plan_url(hold.pk), "Læg en plan")


def _erasures(now: Rules, pk, navn, hvad, since: date, number: int) -> Handling:
    title = f"Oplysningerne om {count_noun(number, 'person', 'personer')} skal slettes"
    return line(now, since, title, "Tiden, de må gemmes, er gået", "delete", address("sletning"), "Se dem")


ERASURES = Asked(lambda now: ask_overdue(Bruger.objects.filter(slettet=None), now), {"sletning": _erasures})


def _days_before(now: Rules, day: date, days: int) -> date:
    """The due date of what is to be ready so long before; what is late already is due today."""
    return max(day - timedelta(days=days), now.day)


def wishes(alle_hold: Iterable[Hold], now: Rules) -> Iterator[Handling]:
    """What an open round waits for: the departments, then the elever, then the elevansvarlig herself."""
    for hold in alle_hold:
        if hold.oenskefrist is None:
            continue
        url = address("hold_oensker", hold.pk)
        if hold.uden_svar:
            title = f"{count_noun(hold.uden_svar, 'afdeling', 'afdelinger')} har ikke svaret om pladser til {hold.navn}"
            text = "Svar for dem, hvis fristen er gået"
            yield line(now, hold.udbudsfrist, title, text, "star", url, "Se svarene")
        if now.day > hold.oenskefrist:
            title, text = f"Ønskerne fra {hold.navn} er inde", "Fristen er gået. Fordel pladserne, og luk runden"
            yield line(now, hold.oenskefrist, title, text, "star", url, "Se ønskerne")
        elif hold.uden_oensker and now.day >= hold.oenske_fra:
            title = f"{count_noun(hold.uden_oensker, 'elev', 'elever')} på {hold.navn} har ikke sendt ønsker ind"
            yield line(now, hold.oenskefrist, title, "De bliver påmindet før fristen", "star", url, "Se ønskerne")


def _plan_url(hold: int) -> str:
    return address("plan", hold)
