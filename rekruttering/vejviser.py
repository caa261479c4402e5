"""Which way into the education is mine? Three answers in, one piece of advice out. Never asks how old anybody is."""

from dataclasses import dataclass

ANDET = "andet"
RKV_KODE = "rkv"  # the route that docs/referencedata.md names
RKV = [
    ("har", "Ja, jeg har en"),
    ("skal", "Ja, jeg skal have en"),
    ("nej", "Nej"),
    ("ved-ikke", "Det ved jeg ikke"),
]
FAERDIG = [("ja", "Ja"), ("nej", "Nej"), ("ved-ikke", "Det ved jeg ikke endnu")]


@dataclass(frozen=True)
class Raad:
    titel: str
    tekst: str
    veje: list  # the Adgangsvej rows that it is about
    kan_soege: bool


def advice(veje: list, *, vej: str, rkv: str, faerdig: str) -> Raad:
    by_code = {each.kode: each for each in veje}
    wants_rkv = rkv in ("har", "skal")
    found = [by_code[code] for code in (vej, RKV_KODE if wants_rkv else "") if code in by_code]
    if not found:
        return Raad(
            "Tal med en handelsskole først",
            "De kan sige, hvad du mangler. Ofte er det et kort kontorforløb eller en realkompetencevurdering, og begge "
            "dele kan nås, inden du begynder.",
            [by_code[RKV_KODE]] if RKV_KODE in by_code else [],
            kan_soege=False,
        )
    if faerdig == "nej":
        return Raad(
            "Vent til næste gang",
            "Du har en vej ind, men du skal være færdig, før du begynder hos os. Søg, når du ved, hvornår du er det.",
            found,
            kan_soege=False,
        )
    if faerdig == "ja":
        return Raad("Ja, du kan søge", "Du har en vej ind. Det her skal du have klar:", found, kan_soege=True)
    return Raad(
        "Du kan sikkert søge",
        "Du har en vej ind. Spørg skolen, hvornår du kan være færdig, og skriv det i ansøgningen.",
        found,
        kan_soege=True,
    )
