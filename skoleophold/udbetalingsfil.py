"""A payment as a file for payroll and accounts: a line for each expense, and the totals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.timezone import localtime

from elevforloeb.core.excel import Ark, Kolonne
from skoleophold.models import Udbetaling, Udlaeg

COLUMNS = (
    Kolonne("Udbetaling", 11),
    Kolonne("Udlæg nr.", 10),
    Kolonne("Elev", 28),
    Kolonne("E-mail", 32),
    Kolonne("Hold", 14),
    Kolonne("Art", 22),
    Kolonne("Kontering", 18),
    Kolonne("Dato", 13),
    Kolonne("Hvad", 40),
    Kolonne("Beløb", 13),
    Kolonne("Egen udgift", 13),
    Kolonne("Udbetales", 13),
    Kolonne("Godkendt", 13),
    Kolonne("Godkendt af", 28),
)


def lines(rows: Iterable[Udlaeg]) -> Iterator[tuple]:
    for row in rows:
        person, approved = row.elev.bruger, localtime(row.behandlet).date()
        who = (row.udbetaling_id, row.pk, person.navn, person.email, row.elev.hold.navn)
        what = (row.art.navn, row.art.konto, row.dato, row.formaal)
        yield (*who, *what, row.beloeb, row.egen_udgift, row.til_udbetaling, approved, row.behandlet_af.navn)


def last_line(udbetaling: Udbetaling) -> tuple:
    return (udbetaling.pk, "I alt", *[None] * 9, udbetaling.beloeb, None, None)


def sheets(udbetaling: Udbetaling, rows: list[Udlaeg]) -> list[Ark]:
    """The lines with their total, and the totals by elev and by kind of cost."""
    return [
        Ark(str(udbetaling), COLUMNS, [*lines(rows), last_line(udbetaling)]),
        Ark("Pr. elev", (Kolonne("Elev", 28), Kolonne("E-mail", 32), Kolonne("Udbetales", 13)), _by_elev(rows)),
        Ark("Pr. art", (Kolonne("Art", 22), Kolonne("Kontering", 18), Kolonne("Udbetales", 13)), _by_art(rows)),
    ]


def _by_elev(rows) -> list[tuple]:
    return _summed(((row.elev.bruger.navn, row.elev.bruger.email), row) for row in rows)


def _by_art(rows) -> list[tuple]:
    return _summed(((row.art.navn, row.art.konto), row) for row in rows)


def _summed(pairs) -> list[tuple]:
    sums = defaultdict(Decimal)
    for key, row in pairs:
        sums[key] += row.til_udbetaling
    return [*((*key, amount) for key, amount in sums.items()), ("I alt", None, sum(sums.values(), Decimal(0)))]
