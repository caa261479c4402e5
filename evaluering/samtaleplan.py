"""When the talks of a stay are due. Dates in, dates out: no database, so it can be read and tried by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from elevforloeb.core.dates import Periode
from elevforloeb.core.workdays import workdays


@dataclass(frozen=True)
class Samtaleregler:
    forventning_dage: int = 14  # the talk is held on this day of the stay at the latest
    slut_dage: int = 14  # so many days before the last day
    proevetid_dage: int = 28  # so many days before the last day of the prøvetid
    kort_uger: int = 6  # a stay shorter than this has one short talk only


def due_dates(stay: Periode, away: Iterable[Periode], rules: Samtaleregler) -> dict[str, date]:
    """The talks of a stay by their kind. `away`: school and holiday. Every date lies inside the stay."""
    last = max(stay.sidste_dag - timedelta(days=rules.slut_dage), stay.startdato)
    if stay.days < 7 * rules.kort_uger:
        return {"kort": last}
    first = stay.startdato + timedelta(days=max(rules.forventning_dage - 1, 0))
    return {"forventning": min(first, last), "midtvejs": min(middle(stay, away), last), "slut": last}


def middle(stay: Periode, away: Iterable[Periode]) -> date:
    """The working day on which half of the net time has passed."""
    off = {
        day
        for period in away
        if (part := period.overlap(stay))
        for day in workdays(part.startdato, part.slutdato)
    }  # fmt: skip
    days = [day for day in workdays(stay.startdato, stay.slutdato) if day not in off]
    return days[(len(days) - 1) // 2] if days else stay.startdato + timedelta(days=(stay.days - 1) // 2)


def due_before_end_of_proevetid(last_day: date, stays: Iterable[Periode], rules: Samtaleregler) -> date | None:
    """None: she is in no department on that day."""
    day = last_day - timedelta(days=rules.proevetid_dage)
    return day if any(day in stay for stay in stays) else None


def cut(stay: Periode, stopped: date | None) -> Periode | None:
    """What is left of the stay for an elev who has stopped, or will."""
    if stopped is None or stopped >= stay.slutdato:
        return stay
    return Periode(stay.startdato, stopped) if stopped > stay.startdato else None
