"""Figures about one elev's course: which month it is, net weeks in an afdeling, absence, and the agreement's state.

Sources: erhvervsuddannelsesloven § 58 and the trade committees' pages on extension (10 % absence). Uncertain, and
therefore data in `Fravaersregler`: whether the 10 % are calendar days or working days, and from when to warn.
Nothing here extends an agreement: it only says that somebody must take a stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from elevforloeb.core.dates import (
    Periode,
    add_months,
    days_inside,
    full_date,
    merge,
    months_between,
    relative_days,
)
from elevforloeb.core.words import count_noun, decimal_comma, join_words
from elevforloeb.core.workdays import workdays
from elevforloeb.plandata import Niveau

# --- month n of m ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forloebsmaaned:
    """`nummer` is 1 before the start and `antal` after the end, so that a progress bar needs no special case."""

    nummer: int
    antal: int
    begyndt: bool
    slut: bool

    @property
    def percent(self) -> int:
        if not self.begyndt:
            return 0
        return 100 if self.slut else round(100 * self.nummer / self.antal)


@lru_cache(maxsize=1000)  # a whole hold has the same agreement, and lists show many of it
def month_of_course(aftale: Periode, day: date) -> Forloebsmaaned:
    """Måned 15 af 24; a last month that is not whole counts as one."""
    total = months_between(aftale.startdato, aftale.slutdato)
    total += add_months(aftale.startdato, total) < aftale.slutdato
    number = months_between(aftale.startdato, day) + 1
    return Forloebsmaaned(
        min(max(number, 1), total), total, begyndt=day >= aftale.startdato, slut=day >= aftale.slutdato
    )


# --- net weeks ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Nettouger:
    uger: float
    forklaring: str


def net_weeks(
    stay: Periode,
    *,
    school: Iterable[Periode] = (),
    holiday: Iterable[Periode] = (),
    absence: Iterable[Periode] = (),
) -> Nettouger:
    """Working weeks in the afdeling: five working days are a week, and a day off for two reasons is off once."""
    left = set(workdays(stay.startdato, stay.slutdato))
    words = [count_noun(len(left), "arbejdsdag", "arbejdsdage")]
    for periods, one, many in (
        (school, "skoledag", "skoledage"),
        (holiday, "feriedag", "feriedage"),
        (absence, "fraværsdag", "fraværsdage"),
    ):
        parts = (part for period in periods if (part := period.overlap(stay)))
        off = {day for part in parts for day in workdays(part.startdato, part.slutdato)} & left
        left -= off
        if off:
            words.append(count_noun(len(off), one, many))
    weeks = round(len(left) / 5, 1)
    if len(words) > 1:
        words = [f"{words[0]} minus {join_words(words[1:])} er {count_noun(len(left), 'dag', 'dage')}"]
    return Nettouger(weeks, f"{words[0]}: {decimal_comma(weeks)} uger i afdelingen")


# --- absence --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fravaersregler:
    reasons: frozenset[str] = frozenset({"sygdom"})  # what counts towards the limit
    any_length: frozenset[str] = frozenset({"barsel", "orlov", "supplerende_skole"})  # what gives a right at once
    amber_percent: float = 7
    red_percent: float = 10
    working_days: bool = False


DEFAULT_ABSENCE_RULES = Fravaersregler()


@dataclass(frozen=True)
class Fravaerstal:
    dage: int
    dage_i_alt: int
    procent: float
    niveau: Niveau | None  # None below the amber limit

    @property
    def tekst(self) -> str:
        return f"{count_noun(self.dage, 'dag', 'dage')}, {decimal_comma(self.procent)} % af uddannelsestiden"


def absence_share(
    aftale: Periode, absence: Iterable[tuple[str, Periode]], rules: Fravaersregler = DEFAULT_ABSENCE_RULES
) -> Fravaerstal:
    """How much of the agreement the counting absence takes. The limits are met when they are reached, not passed."""
    counting = merge(period for reason, period in absence if reason in rules.reasons)
    if rules.working_days:
        all_days = workdays(aftale.startdato, aftale.slutdato)
        total, days = len(all_days), sum(any(day in period for period in counting) for day in all_days)
    else:
        total, days = aftale.days, days_inside(counting, aftale)
    percent = 100 * days / total
    red, amber = percent >= rules.red_percent, percent >= rules.amber_percent
    shown = 1000 * days // total / 10  # rounded down: 9,99 % must not read as the 10 % that it has not reached
    return Fravaerstal(days, total, shown, Niveau.FEJL if red else Niveau.VENT if amber else None)


# --- the agreement --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aftale:
    periode: Periode
    underskrevet_kommune: date | None = None
    underskrevet_elev: date | None = None

    @property
    def underskrevet(self) -> date | None:
        """The day both had signed."""
        dates = (self.underskrevet_kommune, self.underskrevet_elev)
        return max(dates) if all(dates) else None


@dataclass(frozen=True)
class Advarsel:
    kode: str
    niveau: Niveau
    tekst: str
    forklaring: str


def agreement_warnings(
    aftale: Aftale,
    day: date,
    *,
    stays: Iterable[Periode] = (),
    absence: Iterable[tuple[str, Periode]] = (),
    rules: Fravaersregler = DEFAULT_ABSENCE_RULES,
    sign_days_before: int = 28,
) -> list[Advarsel]:
    """What somebody must look at, as seen on `day`."""
    absence = list(absence)
    found = [
        _signature_warning(aftale, day, sign_days_before),
        *_stay_warnings(aftale.periode, list(stays)),
        _limit_warning(aftale.periode, absence, rules),
        *_leave_warnings(aftale.periode, absence, rules),
    ]
    return [warning for warning in found if warning]


def _signature_warning(aftale: Aftale, day: date, days_before: int) -> Advarsel | None:
    start = aftale.periode.startdato
    if aftale.underskrevet:
        if aftale.underskrevet <= start:
            return None
        text = f"Uddannelsesaftalen blev først underskrevet {full_date(aftale.underskrevet)}"
        why = f"Den skal være underskrevet senest den dag, den begynder ({full_date(start)}). Kontakt skolen."
        return Advarsel("underskrevet_efter_start", Niveau.FEJL, text, why)
    missing = join_words([who for who, signed in _signatures(aftale) if not signed])
    if day > start:
        text = f"Uddannelsesaftalen begyndte {full_date(start)} uden underskrift fra {missing}"
        why = "Elever må ikke begynde uden en underskrevet aftale. Få den underskrevet i dag, og kontakt skolen."
        return Advarsel("begyndt_uden_underskrift", Niveau.FEJL, text, why)
    if day >= start - timedelta(days=days_before):
        text = f"Uddannelsesaftalen mangler underskrift fra {missing}"
        why = f"Aftalen begynder {relative_days(start, day)} og skal være underskrevet senest {full_date(start)}."
        return Advarsel("mangler_underskrift", Niveau.VENT, text, why)
    return None


def _signatures(aftale: Aftale):
    return ("kommunen", aftale.underskrevet_kommune), ("eleven", aftale.underskrevet_elev)


def _stay_warnings(aftale: Periode, stays: list[Periode]) -> Iterable[Advarsel]:
    last = max((stay.slutdato for stay in stays), default=aftale.slutdato)
    if last > aftale.slutdato:
        text = f"Uddannelsesaftalen slutter {full_date(aftale.sidste_dag)}, før det sidste ophold er slut"
        why = "Ret opholdet, eller lav et tillæg til aftalen."
        yield Advarsel("slutter_foer_sidste_ophold", Niveau.FEJL, text, why)
    for stay in stays:
        if stay.startdato < aftale.startdato or stay.startdato >= aftale.slutdato:
            text = f"Opholdet {stay} begynder uden for uddannelsesaftalen"
            yield Advarsel("ophold_uden_for_aftale", Niveau.FEJL, text, f"Aftalen er {aftale}. Ret opholdet.")


def _limit_warning(aftale: Periode, absence, rules: Fravaersregler) -> Advarsel | None:
    share = absence_share(aftale, absence, rules)
    limit = decimal_comma(rules.red_percent)
    if share.niveau == Niveau.FEJL:
        text = f"Fraværet har nået {decimal_comma(share.procent)} % af uddannelsestiden"
        why = f"Ved {limit} % skal I tage stilling til et tillæg. Er I uenige, så kontakt fagligt udvalg."
        return Advarsel("fravaer_graense", Niveau.FEJL, text, why)
    if share.niveau == Niveau.VENT:
        text = f"Fraværet er {decimal_comma(share.procent)} % af uddannelsestiden"
        why = f"Ved {limit} % skal I tage stilling til et tillæg om forlængelse. Tal med eleven allerede nu."
        return Advarsel("fravaer_naer_graense", Niveau.VENT, text, why)
    return None


def _leave_warnings(aftale: Periode, absence, rules: Fravaersregler) -> Iterable[Advarsel]:
    """Leave gives a right to extension at any length, so one line per reason that occurs."""
    for reason in sorted(rules.any_length):
        if days := days_inside([period for why, period in absence if why == reason], aftale):
            word = reason.replace("_", " ")
            text = f"Eleven har {count_noun(days, 'dag', 'dage')} med {word}"
            why = "Det giver ret til forlængelse uanset længden. Tag stilling til et tillæg, før aftalen udløber."
            yield Advarsel(reason, Niveau.VENT, text, why)
