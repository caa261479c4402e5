"""The goals of an allocation as data: what they are called, and what choosing them does.

The order is strict: a goal only decides between plans that are equally good by all the goals above it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Maal:
    """`enhed` is what the value counts, for 1 and for more."""

    key: str
    navn: str
    tekst: str
    enhed: tuple[str, str]


PLADS = "plads"  # always the first: it can neither be moved nor switched off

MAAL = {
    maal.key: maal
    for maal in (
        Maal(
            PLADS,
            "Alle får en plads",
            "Ingen står uden afdeling, hvis det overhovedet kan undgås. Målet er altid det første.",
            ("ophold uden afdeling", "ophold uden afdeling"),
        ),
        Maal(
            "uoensket",
            "Færrest får noget, de ikke har ønsket",
            "Så få ophold som muligt er i en afdeling, der ikke står på elevens liste, også selv om andre så må "
            "nøjes med et lavere ønske. Den, der kun har ønsket få, kan derfor komme før den, der har ønsket mange. "
            "Målet tæller ophold og ikke elever: ellers ville det være bedst at samle alt det uønskede hos én.",
            ("uønsket ophold", "uønskede ophold"),
        ),
        Maal(
            "vaerste",
            "Det dårligste ønske er så højt som muligt",
            "Ingen får et 5. ønske, hvis alle kan få mindst deres 4., også selv om flere så må undvære deres 1.",
            ("er det laveste ønske", "er det laveste ønske"),
        ),
        Maal(
            "rangsum",
            "Ønskerne er samlet set så høje som muligt",
            "Ønskernes numre lægges sammen for hele holdet, og summen bliver så lille som muligt. Noget uønsket tæller "
            "ét mere end holdets længste ønskeliste.",
            ("i alt", "i alt"),
        ),
        Maal(
            "byrde",
            "De, der trak det korteste strå sidst, kommer først",
            "Når to planer ellers er lige gode, får de elever de højeste ønsker, som tidligere fik mindst af det, de "
            "ønskede.",
            ("point", "point"),
        ),
        Maal(
            "oplaering",
            "Flest oplæringsmål bliver dækket",
            "Afdelingerne vælges, så færrest af elevernes åbne oplæringsmål bliver stående uden en afdeling, der kan "
            "lære dem fra sig.",
            ("mål uden afdeling", "mål uden afdeling"),
        ),
        Maal(
            "aendringer",
            "Færrest ændringer i den nuværende plan",
            "Så mange ophold som muligt bliver, som de er i planen nu.",
            ("ændret ophold", "ændrede ophold"),
        ),
    )
}

STANDARD = tuple(key for key in MAAL if key != PLADS)


def replan_order(maal: tuple[str, ...] = STANDARD) -> tuple[str, ...]:
    """For planning again: what is planned stays unless somebody would be without a place."""
    return ("aendringer", *(key for key in maal if key != "aendringer"))
