"""The four steps of an evaluation, each with the date or the name that says where it stands."""

from dataclasses import dataclass

from django.utils.timezone import localtime

from elevforloeb.core.dates import WEEKDAYS, full_date, short_date, today
from elevforloeb.core.words import join_words
from evaluering.models import Evaluering
from evaluering.permissions import WRITERS

S = Evaluering.Status
FOER_SAMTALEN = (S.PLANLAGT, S.IGANG)
EFTER_SAMTALEN = (S.LAAST, S.FORSEGLET)


@dataclass(frozen=True)
class Trinpunkt:
    navn: str
    tekst: str
    gjort: bool = False
    aktuelt: bool = False


def strip(side) -> list[Trinpunkt]:
    return [_fill(side), _share(side), _talk(side), _acknowledge(side)]


def _fill(side) -> Trinpunkt:
    row, own = side.evaluering, side.egen
    shared = own is not None and own.delt is not None
    if row.status == S.PLANLAGT:
        return Trinpunkt("Udfyld", "Ikke begyndt", aktuelt=True)
    if row.status == S.IGANG and not shared:
        return Trinpunkt("Udfyld", f"Begyndt {short(row.begyndt)}", aktuelt=True)
    return Trinpunkt("Udfyld", f"Begyndt {short(row.begyndt)}" if row.begyndt else "", gjort=bool(row.begyndt))


def _share(side) -> Trinpunkt:
    row, own = side.evaluering, side.egen
    shared = [each.delt for each in side.besvarelser if each.delt]
    if row.status == S.IGANG and own is not None and own.delt:
        return Trinpunkt("Del", f"Du delte {short(own.delt)}", aktuelt=True)
    if row.status in FOER_SAMTALEN:
        return Trinpunkt("Del", "Når du har svaret" if side.part in WRITERS else "Når begge har svaret")
    words = f"Begge har delt {short(max(shared))}" if len(shared) > 1 else "Kun den ene har delt" if shared else ""
    return Trinpunkt("Del", words or "Ikke delt", gjort=bool(row.samtale_aabnet))


def _talk(side) -> Trinpunkt:
    row = side.evaluering
    if row.status in EFTER_SAMTALEN:
        return Trinpunkt("Samtale", f"Åbnet {short(row.samtale_aabnet)}", gjort=True)
    words = when(row.moede).capitalize() if row.moede else f"Senest {_day(row.gaeldende_frist)}"
    return Trinpunkt("Samtale", words, aktuelt=row.status == S.SAMTALE)


def _acknowledge(side) -> Trinpunkt:
    row = side.evaluering
    if row.status == S.FORSEGLET:
        return Trinpunkt("Kvittér", f"Færdig {short(row.forseglet)}", gjort=True)
    if row.status != S.LAAST:
        return Trinpunkt("Kvittér", "Når I har talt sammen")
    names = ["dig" if part in side.egne_parter else side.navn(part) for part in side.mangler]
    return Trinpunkt("Kvittér", f"Mangler {join_words(names)}", aktuelt=True)


def short(moment) -> str:
    """12. okt."""
    return _day(localtime(moment).date())


def _day(day) -> str:
    return short_date(day, year=day.year != today().year)


def when(moment) -> str:
    """torsdag den 14. oktober kl. 13.00"""
    local = localtime(moment)
    day = local.date()
    return f"{WEEKDAYS[day.weekday()]} den {full_date(day, year=day.year != today().year)} kl. {local:%H.%M}"
