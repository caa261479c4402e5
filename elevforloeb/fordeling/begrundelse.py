"""Explanations in words: one for the elev, which names nobody else, and one in full for the elevansvarlig."""

from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.fordeling.forklaring import SAMLET, UMULIGT, Forklaring
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import MAAL, PLADS
from elevforloeb.fordeling.problem import Tildeling
from elevforloeb.fordeling.solver import LOD


def for_elev(indeks: Indeks, reason: Forklaring) -> str:
    return " ".join([f"Du fik {_got(indeks, reason)}.", _demand(indeks, reason, "Dit"), _price(reason, "du")])


def for_elevansvarlig(indeks: Indeks, reason: Forklaring) -> str:
    navn = indeks.elever[reason.elev].navn
    text = [f"{navn} fik {_got(indeks, reason)}.", _demand(indeks, reason, genitive(navn)), _price(reason, navn)]
    if reason.anden_plan:
        text.append(f"Den plan ville have: {join_words([_moved(indeks, row) for row in reason.anden_plan])}.")
    return " ".join(text)


def _got(indeks: Indeks, reason: Forklaring) -> str:
    wished = sorted(row.rang for row in reason.fik if row.rang)
    unwished = [indeks.afdelinger[row.afdeling].navn for row in reason.fik if row.rang is None]
    parts = [f"{join_words([f'{rang}.' for rang in wished])} ønske"] if wished else []
    return join_words(parts + [f"{navn}, som ikke er på listen" for navn in unwished])


def _demand(indeks: Indeks, reason: Forklaring, whose: str) -> str:
    afdeling = indeks.afdelinger[reason.afdeling].navn
    parts = [
        f"{count_noun(each.pladser, 'plads', 'pladser')} i {indeks.trinnavn[each.trin]}, som "
        f"{count_noun(each.oensket_af, 'elev', 'elever')} ønskede"
        for each in reason.pladser
    ]
    return f"{whose} 1. ønske, {afdeling}, havde {join_words(parts)}."


def _price(reason: Forklaring, who: str) -> str:
    if reason.maal == UMULIGT:
        return "Det kunne ikke lade sig gøre: en fast regel, et fravær eller en aftale stod i vejen."
    if reason.maal == LOD:
        return f"En plan, hvor {who} fik det, var lige så god. Her afgjorde lodtrækningen."
    if reason.maal == SAMLET:
        return f"Hvis {who} havde fået det, ville planen som helhed være blevet dårligere."
    return f"Hvis {who} havde fået det, {_consequence(reason)}."


def _consequence(reason: Forklaring) -> str:
    more = reason.vaerdi - reason.nu
    unit = MAAL[reason.maal].enhed[more != 1]
    if reason.maal == PLADS:
        return f"ville der have været {more} {unit} mere på holdet"
    if reason.maal == "vaerste":
        return f"ville en anden være endt med et {reason.vaerdi}. ønske, og nu er det laveste et {reason.nu}. ønske"
    if reason.maal == "rangsum":
        return f"ville andre tilsammen være rykket længere ned ad deres lister, end der var vundet ({more} mere i alt)"
    if reason.maal == "byrde":
        return "ville det være gået ud over elever, som tidligere har fået mindre af det, de ønskede"
    return f"ville der have været {more} {unit} mere"


def _moved(indeks: Indeks, row: Tildeling) -> str:
    elev, afdeling = indeks.elever[row.elev].navn, indeks.afdelinger[row.afdeling].navn
    rank = {None: "uønsket", 0: "uden ønsker"}.get(row.rang, f"{row.rang}. ønske")
    return f"{elev} i {afdeling} i {indeks.trinnavn[row.trin]} ({rank})"
