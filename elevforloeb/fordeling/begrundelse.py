"""Explanations in words: one for the elev, which names nobody else, and one in full for the elevansvarlig.

Every sentence says what holds of all plans, not of the one that happened to be found: tests read them back and try.
"""

from elevforloeb.core.words import count_noun, genitive, join_words
from elevforloeb.fordeling.forklaring import SAMLET, UMULIGT, Forklaring
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.problem import Id, Tildeling
from elevforloeb.fordeling.solver import LOD
from elevforloeb.fordeling.vaerdi import counts_unwished


def for_elev(indeks: Indeks, reason: Forklaring) -> str:
    return f"Du fik {_got(indeks, reason, 'dit')}. {_demand(indeks, reason, 'Dit')} {_price(indeks, reason, 'du')}"


def for_elevansvarlig(indeks: Indeks, reason: Forklaring) -> str:
    navn = indeks.elever[reason.elev].navn
    got, whose = _got(indeks, reason, "sit"), genitive(navn)
    text = f"{navn} fik {got}. {_demand(indeks, reason, whose)} {_price(indeks, reason, navn)}"
    if not reason.anden_plan:
        return text
    return "\n".join(
        [text, "Den nærmeste plan med det ønske:", *(f"– {_moved(indeks, row)}" for row in reason.anden_plan)]
    )


def _got(indeks: Indeks, reason: Forklaring, whose: str) -> str:
    wished = sorted(row.rang for row in reason.fik if row.rang)
    unwished = [indeks.afdelinger[row.afdeling].navn for row in reason.fik if row.rang is None]
    parts = [f"{whose} {join_words([f'{rang}.' for rang in wished])} ønske"] if wished else []
    return join_words(parts + [f"{navn}, som ikke er på listen" for navn in unwished])


def _demand(indeks: Indeks, reason: Forklaring, whose: str) -> str:
    afdeling = indeks.afdelinger[reason.afdeling].navn
    parts = [
        f"{count_noun(each.pladser, 'plads', 'pladser') if each.pladser else 'ingen pladser'} i "
        f"{indeks.trinnavn[each.trin]}, som {count_noun(each.oensket_af, 'elev', 'elever')} ønskede"
        for each in reason.pladser
    ]
    return f"{whose} {reason.nummer}. ønske, {afdeling}, havde {join_words(parts)}."


def _price(indeks: Indeks, reason: Forklaring, who: str) -> str:
    also = "også " if any(row.rang and row.rang < reason.nummer for row in reason.fik) else ""
    if reason.maal == UMULIGT:
        return f"Det kunne ikke lade sig gøre: {_barriers(indeks, reason, who)}."
    if reason.maal == LOD:
        return f"En plan, hvor {who} {also}fik det, var lige så god. Her afgjorde lodtrækningen."
    if reason.maal == SAMLET:
        return f"Hvis {who} {also}havde fået det, ville planen som helhed være blevet dårligere."
    return f"Hvis {who} {also}havde fået det, {_consequence(indeks, reason)}."


def _consequence(indeks: Indeks, reason: Forklaring) -> str:
    """What would be so in every plan with the wish. In large problems the figures are only bounds."""
    least = "" if reason.eksakt else "mindst "
    more = f"{least}{reason.vaerdi - reason.nu}"
    one = more == "1"
    if reason.maal == "vaerste":
        return _worst(indeks, reason)
    return {
        PLADS: f"ville {more} ophold mere på holdet være uden afdeling",
        "uoensket": f"ville der have været {more} {'uønsket' if one else 'uønskede'} ophold mere på holdet",
        "rangsum": "ville holdet samlet have fået lavere ønsker: numrene lagt sammen ville være "
        f"{least}{reason.vaerdi} i stedet for {reason.nu}",
        "byrde": "ville det være gået ud over nogen, som tidligere har fået mindre af det, de ønskede",
        "oplaering": f"ville {more} oplæringsmål mere på holdet ikke blive dækket",
        "aendringer": f"ville {more} ophold mere blive lavet om, og planen skulle ændres så lidt som muligt",
    }[reason.maal]


def _worst(indeks: Indeks, reason: Forklaring) -> str:
    if counts_unwished(indeks) and reason.vaerdi >= indeks.uoensket_rang:
        return "ville nogen på holdet være endt med noget, de ikke har ønsket, og det er ingen nu"
    below = "" if reason.eksakt else " eller længere nede"
    instead = f" i stedet for nr. {reason.nu}" if reason.nu else ""
    return f"ville det laveste ønske, nogen fik, være nr. {reason.vaerdi}{below}{instead}"


# --- what stood in the way ----------------------------------------------------------------------------------------


def _barriers(indeks: Indeks, reason: Forklaring, who: str) -> str:
    """One sentence where it is the same in every trin, else one for each."""
    found = {each.trin: _barrier(indeks, reason.elev, each.trin, reason.afdeling, who) for each in reason.pladser}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return join_words([f"i {indeks.trinnavn[trin]}: {text}" for trin, text in found.items()])


def _barrier(indeks: Indeks, elev: Id, trin: int, afdeling: Id, who: str) -> str:
    """A rule about this elev or this place if there is one. To the elev nobody else is named."""
    pins = indeks.fastlagte.get((elev, trin), set())
    if (elev, trin) in indeks.laaste:
        return "opholdet er begyndt"
    if (elev, trin) in indeks.fravaer:
        return f"{who} skal ikke have en plads dér"
    if pins - {afdeling}:
        return "pladsen dér var bestemt på forhånd"
    if (elev, afdeling) in indeks.forbud:
        return f"det er besluttet, at {who} ikke kan være i afdelingen"
    if indeks.problem.ikke_igen and afdeling in indeks.elever[elev].har_haft:
        return f"{who} har været i afdelingen før"
    if afdeling not in indeks.aabne[trin]:
        return "der er ingen pladser"
    return "det kan ikke forenes med de andre faste regler og aftaler"


def _moved(indeks: Indeks, row: Tildeling) -> str:
    elev, afdeling = indeks.elever[row.elev].navn, indeks.afdelinger[row.afdeling].navn
    rank = {None: "uønsket", 0: "uden ønsker"}.get(row.rang, f"{row.rang}. ønske")
    return f"{elev} i {afdeling} i {indeks.trinnavn[row.trin]} ({rank})"
