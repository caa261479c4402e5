"""The figures as a file. What is not shown on the page is not in it either."""

from django.http import HttpResponse

from elevforloeb.core.excel import Ark, Kolonne, excel_response
from rekruttering.queries.rundetal import Celle, Rundetalside, Tabel

SKJULT, INGEN = "skjult", "ingen"


def rundetal_excel(side: Rundetalside) -> HttpResponse:
    sheets = [_sheet(side, tabel) for tabel in side.tabeller]
    days = ["Dage i gennemsnit", *(SKJULT if each is None else each for _, each in side.svartider)]
    sheets.append(Ark("Tid til svar", _columns(side, "Fra sendt til svar"), [tuple(days)]))
    return excel_response("tal-for-rekruttering.xlsx", *sheets)


def _sheet(side: Rundetalside, tabel: Tabel) -> Ark:
    rows = [(row.navn, *map(_value, row.celler)) for row in [*tabel.raekker, tabel.i_alt]]
    return Ark(tabel.titel, _columns(side, tabel.titel), rows)


def _columns(side: Rundetalside, first: str) -> tuple[Kolonne, ...]:
    return (Kolonne(first, 44), *(Kolonne(runde.titel) for runde in side.runder))


def _value(celle: Celle):
    if celle.antal is None:
        return SKJULT
    return celle.antal or INGEN
