"""An elev's stays when some of the trin get another afdeling. Arithmetic without a database.

What has begun stays. A stay that keeps its afdeling keeps its days, also when they were moved by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering
from elevforloeb.planregler import holes


def rearrange(
    elev: int, stays: Iterable[Placering], etaper: Mapping[int, Periode], wanted: Mapping[int, int | None], day: date
) -> list[Placering]:
    """`etaper`: the days of each trin in which the elev is employed. `wanted`: its afdeling, or None for no stay."""
    kept: list[Placering] = []
    own: dict[int, list[Placering]] = defaultdict(list)
    begun: set[int] = set()
    for stay in (piece for each in stays for piece in _pieces(each, etaper)):
        nr = trin_of(stay.periode, etaper)
        if stay.startdato <= day:
            begun.add(nr)
        if nr in wanted and stay.startdato > day:
            own[nr].append(stay)
        else:
            kept.append(stay)
    for nr in sorted(wanted):
        if nr in etaper and nr not in begun:
            kept += _stays_in(elev, sorted(own[nr], key=_start), wanted[nr], _free(etaper[nr], kept, day))
        else:
            kept += own[nr]
    return sorted(kept, key=_start)


def trin_of(stay: Periode, etaper: Mapping[int, Periode]) -> int | None:
    """The trin that the stay has most of its days in."""
    shared = {nr: part.days for nr, days in etaper.items() if (part := stay.overlap(days))}
    return max(shared, key=lambda nr: (shared[nr], -nr), default=None)


def _start(stay: Placering) -> date:
    return stay.startdato


def _pieces(stay: Placering, etaper: Mapping[int, Periode]) -> Iterator[Placering]:
    """A stay that fills two trin becomes one in each; the first keeps its row."""
    filled = [days for days in etaper.values() if (part := stay.periode.overlap(days)) and 2 * part.days >= days.days]
    cuts = [days.startdato for days in sorted(filled)[1:]]
    starts, ends = [stay.startdato, *cuts], [*cuts, stay.slutdato]
    for nr, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield replace(stay, periode=Periode(start, end), id=None if nr else stay.id)


def _stays_in(elev: int, own: list[Placering], afdeling: int | None, free: Periode | None) -> list[Placering]:
    if afdeling is None:
        return []
    if own and all(stay.afdeling == afdeling for stay in own):
        return own
    days = Periode(own[0].startdato, own[-1].slutdato) if own else free
    return [Placering(elev, afdeling, days, id=own[0].id if own else None)] if days else []


def _free(etape: Periode, kept: Iterable[Placering], day: date) -> Periode | None:
    """The longest part of the trin that lies ahead and is not taken."""
    ahead = etape.overlap(Periode(day, date.max))
    parts = holes(ahead, [stay.periode for stay in kept]) if ahead else []
    return max(parts, key=lambda part: part.days, default=None)
