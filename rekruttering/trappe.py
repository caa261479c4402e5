"""The stays of the course as a staircase: months to the right, one step down for each."""

from dataclasses import dataclass
from datetime import date

from elevforloeb.core.dates import add_months, month_name, short_date

BREDDE, HOEJDE, TRIN, KANT = 520, 44, 52, 20  # of the drawing, in its own units


@dataclass(frozen=True)
class Etape:
    nr: int
    speciale: bool
    maaneder: int
    startdato: date | None  # unknown when no round is announced
    x: int
    y: int
    bredde: int

    @property
    def farve(self) -> int:
        return (self.nr - 1) % 8 + 1

    @property
    def maaned(self) -> str:
        """sep. 2028"""
        return short_date(self.startdato).partition(" ")[2] if self.startdato else ""

    @property
    def tid(self) -> str:
        """september 2028 – december 2028"""
        if not self.startdato:
            return ""
        last = add_months(self.startdato, self.maaneder - 1)
        return f"{month_name(self.startdato, year=self.startdato.year != last.year)} – {month_name(last)}"


def staircase(stays: list[tuple[bool, int]], start: date | None) -> list[Etape]:
    """`stays`: whether it is a specialeplads, and its months."""
    whole, before, found = sum(months for _, months in stays) or 1, 0, []
    for nr, (special, months) in enumerate(stays, start=1):
        found.append(
            Etape(
                nr=nr,
                speciale=special,
                maaneder=months,
                startdato=add_months(start, before) if start else None,
                x=KANT + round(BREDDE * before / whole),
                y=KANT + TRIN * (nr - 1),
                bredde=round(BREDDE * months / whole),
            )
        )
        before += months
    return found
