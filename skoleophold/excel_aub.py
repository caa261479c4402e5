"""The AUB register as a sheet."""

from elevforloeb.core.excel import Ark, Kolonne
from skoleophold.queries.aub import Aublinje

COLUMNS = (
    ("Elev", 26),
    ("Hold", 16),
    ("Skolehold", 16),
    ("Skoleperiode", 18),
    ("Første dag", 13),
    ("Sidste dag", 13),
    ("Uddannelsesår", 14),
    ("Voksenelev", 12),
    ("Dage til stede", 12),
    ("Dage syg", 10),
    ("Dage ulovligt", 12),
    ("Uger", 8),
    ("Forventet", 14),
    ("Ugeløn", 12),
    ("Brev kom", 13),
    ("Brev tjekket", 13),
    ("Udbetalt", 14),
    ("Udbetalt den", 13),
    ("Forskel", 14),
    ("Frist", 13),
    ("Status", 20),
    ("Sådan er det regnet", 60),
    ("Bemærkning", 40),
)


def register_sheet(lines: list[Aublinje]) -> Ark:
    return Ark("AUB", tuple(Kolonne(*each) for each in COLUMNS), (_cells(line) for line in lines))


def _cells(line: Aublinje) -> tuple:
    stay, aub, found = line.ophold, line.aub, line.refusion
    return (
        stay.elev.bruger.navn,
        stay.elev.hold.navn,
        stay.skoleperiode.skolehold.navn,
        str(stay.skoleperiode),
        line.span.startdato,
        line.span.sidste_dag,
        aub.uddannelsesaar,
        "Ja" if stay.elev.voksenelev else "Nej",
        stay.dage_til_stede,
        stay.dage_syg,
        stay.dage_ulovligt,
        float(found.uger),
        found.beloeb,
        aub.ugeloen,
        aub.brev_modtaget,
        aub.brev_tjekket,
        aub.udbetalt,
        aub.udbetalt_dato,
        line.forskel,
        line.frist,
        line.tilstand.label,
        " ".join(found.trin),
        aub.note,
    )
