"""The sheets of this app's Excel files. No answer ever stands in one."""

from collections.abc import Iterable

from django.utils.timezone import localtime

from elevforloeb.core.excel import Ark, Kolonne

from .queries.liste import Evalueringsraekke


def evalueringer_sheet(rows: Iterable[Evalueringsraekke]) -> Ark:
    columns = (
        Kolonne("Elev", 28),
        Kolonne("Hold", 14),
        Kolonne("Samtale", 24),
        Kolonne("Afdeling", 28),
        Kolonne("Elevvejleder", 28),
        Kolonne("Frist", 14),
        Kolonne("Udsat til", 14),
        Kolonne("Status", 20),
        Kolonne("Forsinket", 12),
        Kolonne("Mangler", 32),
        Kolonne("Samtalen holdes", 16),
        Kolonne("Set af alle", 14),
        Kolonne("Udgave", 8),
    )
    return Ark("Evalueringer", columns, map(_cells, rows))


def _cells(row: Evalueringsraekke) -> tuple:
    found = row.fund
    return (
        found.elev__bruger__navn,
        found.elev__hold__navn,
        row.samtale,
        found.afdeling__navn,
        found.elevvejleder__navn,
        found.frist,
        found.udsat_til,
        row.status,
        "Ja" if row.er_forsinket else None,
        row.mangler,
        _day(found.moede),
        _day(found.forseglet),
        found.udgave,
    )


def _day(moment):
    return moment and localtime(moment).date()
