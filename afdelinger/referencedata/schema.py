"""The shape of the files: which fields there are, which must be filled in and what they may hold.

A field added here is described in docs/referencedata.md in the same commit (a test compares the two).
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Hvornaar = Literal["grund", "speciale"]
ArtOpgave = Literal["rutine", "udvikling"]
YEARS = range(1970, 2201)


def _checked(pattern, message):
    """A text that must look a certain way. Other types pass on, so that the type itself is complained about."""

    def check(value):
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise ValueError(message)
        return value

    return BeforeValidator(check)


def _yes_or_no(value):
    answers = {"ja": True, "nej": False}
    if isinstance(value, str) and value.lower() not in answers:
        raise ValueError("Skriv ja eller nej.")
    return answers[value.lower()] if isinstance(value, str) else value


def _real_date(value):
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Skriv datoen som år-måned-dag, fx 2027-09-01.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("Datoen findes ikke i kalenderen.") from None
    if day.year not in YEARS:
        raise ValueError(f"Årstallet skal ligge mellem {YEARS.start} og {YEARS.stop - 1}.")
    return day


OneLine = _checked(r".*", "Teksten skal stå på én linje.")  # the dot stops at a line end
Slug = _checked(
    r"[a-z0-9]+(-[a-z0-9]+)*", "En kode må kun have små bogstaver a-z, tal og bindestreg, fx oekonomi-analyse."
)
Kode = Annotated[
    str, Field(max_length=20), _checked(r"[A-ZÆØÅ0-9]+", "Koden må kun have store bogstaver og tal, fx ADM.")
]
Kursusnummer = Annotated[str, _checked(r"[0-9]{5}", "Et AMU-nummer har fem cifre, fx 49998.")]
Kortnavn = Annotated[str, Field(max_length=30), OneLine]
Kort = Annotated[str, Field(max_length=60), OneLine]
Navn = Annotated[str, Field(max_length=120), OneLine]
Linje = Annotated[str, Field(max_length=200), OneLine]
LangLinje = Annotated[str, Field(max_length=300), OneLine]
Afsnit = Annotated[str, Field(max_length=1000)]
Tekst = Annotated[str, Field(max_length=5000)]
Dato = Annotated[date, BeforeValidator(_real_date)]
JaNej = Annotated[bool, BeforeValidator(_yes_or_no)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gyldig(Row):
    """`fra` is the first day and `til` the last, both included; without `til` the row is valid until further notice."""

    fra: Dato
    til: Dato | None = None


class Kommune(Row):
    navn: Navn
    adresse: Linje = ""
    postnummer: Annotated[str, _checked(r"[0-9]{4}", "Et postnummer har fire cifre.")] = ""
    by: Navn = ""
    telefon: Kort = ""
    hjemmeside: Linje = ""
    kilde: LangLinje = ""


class Pladser(Gyldig):
    antal: int = Field(ge=0, le=99)
    kilde: Linje = ""


class ItSystem(Row):
    navn: Navn
    bestillingstid: int | None = Field(default=None, ge=0, le=365)


class Delophold(Row):
    navn: Navn
    varighed: Kort = ""
    beskrivelse: Tekst = ""


class Opgave(Row):
    kode: Annotated[str, Field(max_length=80), Slug]
    navn: LangLinje
    underomraade: Navn = ""
    art: ArtOpgave | None = None
    hvem_gavner: Linje = ""
    maal: list[Kode] = []
    jobkompetencer: list[Kode] = []
    udgaaet: JaNej = False


class Afdeling(Gyldig):
    kode: Annotated[str, Field(max_length=60), Slug]
    navn: Navn
    kortnavn: Kortnavn
    art: Hvornaar
    forvaltning: Navn = ""
    adresse: Linje = ""
    stoerrelse: Linje = ""
    beskrivelse: Tekst
    elevens_rolle: Tekst = ""
    farve: int = Field(ge=1, le=8)
    efterfoelger: str = ""
    pladser: list[Pladser] = []
    underomraader: list[Navn] = []
    it_systemer: list[ItSystem] = []
    delophold: list[Delophold] = []
    opgaver: list[Opgave] = []
    kurser: list[Kursusnummer] = []


class Maal(Row):
    kode: Kode
    navn: Linje
    obligatorisk: JaNej = True


class Maalsaet(Gyldig):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Navn
    kilde: LangLinje
    maal: list[Maal] = Field(min_length=1)


class Jobkompetence(Row):
    kode: Kode
    navn: Linje
    kort: Tekst = ""


class Kursus(Row):
    nummer: Kursusnummer
    titel: Linje
    euu_kode: Annotated[str, _checked(r"[A-Z]{2}", "En EUU-kode er to store bogstaver, fx AD.")]
    dage: Decimal = Field(gt=0, lt=1000, decimal_places=1)
    tilknyttet_fra: Dato | None = None
    udgaar: Dato | None = None
    for_elevvejledere: JaNej = False


class Trin(Row):
    art: Hvornaar
    maaneder: int = Field(ge=1, le=36)


class Uddannelsesmodel(Row):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Navn
    kilde: LangLinje = ""
    note: Tekst = ""
    trin: list[Trin] = Field(min_length=1, max_length=24)


class Regel(Gyldig):
    noegle: Annotated[
        str,
        Field(max_length=60),
        _checked(r"[a-z0-9]+(_[a-z0-9]+)*", "En nøgle må kun have små bogstaver a-z, tal og _, fx skoleuger."),
    ]
    navn: Navn
    vaerdi: int = Field(ge=0, le=1_000_000)
    enhed: Kortnavn
    kilde: LangLinje
    note: Tekst = ""


class Skole(Row):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Navn
    adresse: Linje = ""
    kilde: LangLinje = ""


class Fag(Gyldig):
    kode: Kode
    navn: Navn
    bundet: JaNej = True
    skala: Literal["syv", "bestaaet"] = "syv"
    kilde: LangLinje


class Adgangsvej(Gyldig):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Navn
    krav: Afsnit
    dokumenter: LangLinje = ""
    naeste_skridt: Afsnit = ""
    kilde: LangLinje
    note: Afsnit = ""


class Fakta(Gyldig):
    noegle: Annotated[str, Field(max_length=40), Slug]
    overskrift: Annotated[str, Field(max_length=80), OneLine]
    tekst: LangLinje
    kilde: LangLinje


class Spoergsmaal(Row):
    kode: Annotated[str, Field(max_length=40), Slug]
    spoergsmaal: Linje
    svar: Annotated[str, Field(max_length=2000)]


class Side(Row):
    noegle: Annotated[str, Field(max_length=40), Slug]
    navn: Annotated[str, Field(max_length=80), OneLine]
    titel: Navn
    tekst: Tekst


class Oplysningstekst(Row):
    tekst: Tekst
    kilde: LangLinje = ""


class Brevskabelon(Row):
    art: Literal["afslag", "afslag-samtale", "besked-tid", "besked-praktisk"]
    emne: Navn
    tekst: Annotated[str, Field(max_length=6000)]


class Opstartspunkt(Row):
    tekst: Linje
    dage_foer: int = Field(ge=-120, le=365)
    kilde: LangLinje


class Udgiftsart(Gyldig):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Kort
    betales: Annotated[str, Field(max_length=1000)]
    betales_ikke: Annotated[str, Field(max_length=1000)] = ""
    loft: Decimal | None = Field(default=None, gt=0, max_digits=9, decimal_places=2)
    egen_udgift: JaNej = False
    mindst_km: int | None = Field(default=None, ge=1, le=2000)
    konto: Kort = ""
    kilde: LangLinje


class Aubsats(Gyldig):
    art: Literal["1", "2", "3", "4", "voksen"]
    beloeb: Decimal = Field(gt=0, lt=100_000, decimal_places=2)
    kilde: LangLinje


class Studieturpunkt(Row):
    kode: Annotated[str, Field(max_length=40), Slug]
    navn: Navn
    hjaelp: LangLinje = ""
    art: Literal["kryds", "noedkontakt"] = "kryds"
    dage_foer: int = Field(ge=0, le=365)
    kilde: LangLinje


class Tegngraense(Gyldig):
    antal: int = Field(ge=1, le=9)
    mindst: int = Field(ge=1, le=1_000_000)
    hoejst: int = Field(ge=1, le=1_000_000)
    kilde: LangLinje


class Referencedata(Row):
    """All files of one folder together. Only `afdelinger` must be there."""

    kommune: Kommune | None = None
    afdelinger: list[Afdeling] = Field(min_length=1)
    maalsaet: list[Maalsaet] = []
    jobkompetencer: list[Jobkompetence] = []
    kurser: list[Kursus] = []
    uddannelsesmodeller: list[Uddannelsesmodel] = []
    skoler: list[Skole] = []
    fag: list[Fag] = []
    udgiftsarter: list[Udgiftsart] = []
    aubsatser: list[Aubsats] = []
    studieturpunkter: list[Studieturpunkt] = []
    tegngraenser: list[Tegngraense] = []
    regler: list[Regel] = []
    adgangsveje: list[Adgangsvej] = []
    fakta: list[Fakta] = []
    spoergsmaal: list[Spoergsmaal] = []
    sider: list[Side] = []
    oplysningstekst: Oplysningstekst | None = None
    brevskabeloner: list[Brevskabelon] = []
    opstartspunkter: list[Opstartspunkt] = []
