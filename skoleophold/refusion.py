"""What AUB should refund for a stay at school, and how that was reckoned. No Django in here.

A week is five days: attended and ill ones count, unexcused ones do not. That a part of a week gives its part of the
rate is our reading, and so is that the rate of the first day holds for the whole stay.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from elevforloeb.core.dates import full_date
from elevforloeb.core.money import kroner
from elevforloeb.core.words import count_noun, decimal_comma

WORKDAYS = 5


@dataclass(frozen=True)
class Fremmoede:
    til_stede: int
    syg: int
    ulovligt: int


@dataclass(frozen=True)
class Sats:
    navn: str
    beloeb: Decimal
    fra: date


@dataclass(frozen=True)
class Refusion:
    """`beloeb` None: something is missing, and the last of the steps says what."""

    uger: Decimal
    beloeb: Decimal | None
    trin: tuple[str, ...]
    er_foreloebig: bool  # nobody has written down who attended
    sats_er_gammel: bool = False


def is_old(fra: date, dag: date) -> bool:
    """Rates are set for a year: one of an earlier year has as a rule been replaced by one that nobody has typed in."""
    return fra.year < dag.year


def reckon(
    *, planlagt: int, fremmoede: Fremmoede | None, sats: Sats | None, mangler: str, ugeloen: Decimal | None, dag: date
) -> Refusion:
    """`planlagt`: working days of the stay. `mangler`: said when there is no rate. `dag`: the first day of the stay."""
    days, first = _days(planlagt, fremmoede)
    uger = Decimal(days) / WORKDAYS
    if sats is None:
        return Refusion(uger, None, (first, mangler), fremmoede is None)
    steps = [first, f"Satsen for {sats.navn} er {kroner(sats.beloeb)} om ugen fra {full_date(sats.fra)}."]
    old = is_old(sats.fra, dag)
    if old:
        steps.append(f"Satsen er fra {sats.fra.year}. Se efter, om der er kommet en ny, og skriv den ind under Satser.")
    week = sats.beloeb
    if ugeloen is not None and ugeloen < week:
        week = ugeloen
        steps.append(f"Ugelønnen er {kroner(ugeloen)} og lavere end satsen. AUB betaler højst den løn, I har betalt.")
    beloeb = (uger * week).quantize(Decimal("0.01"))
    steps.append(f"{_weeks(uger)} gange {kroner(week)} er {kroner(beloeb)}")
    return Refusion(uger, beloeb, tuple(steps), fremmoede is None, old)


def _days(planlagt: int, fremmoede: Fremmoede | None) -> tuple[int, str]:
    if fremmoede is None:
        weeks = _weeks(Decimal(planlagt) / WORKDAYS)
        return planlagt, f"Fremmødet er ikke skrevet ind. Regnet af hele opholdet: {weeks}."
    days = fremmoede.til_stede + fremmoede.syg
    attended = count_noun(fremmoede.til_stede, "dag", "dage")
    text = f"{attended} til stede og {fremmoede.syg} syg er {_weeks(Decimal(days) / WORKDAYS)}."
    if fremmoede.ulovligt:
        text += f" {count_noun(fremmoede.ulovligt, 'dag', 'dage')} med ulovligt fravær giver ingen refusion."
    return days, text


def _weeks(uger: Decimal) -> str:
    return f"{decimal_comma(float(uger))} {'uge' if uger == 1 else 'uger'}"
