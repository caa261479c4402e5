"""A sealed evaluation for tests of documents: the text in the form that evaluering.queries.tekst gives it."""

from datetime import UTC, date, datetime

from elevforloeb.core import seal
from elevforloeb.core.models import Dokument

MOMENT = datetime(2027, 10, 12, 10, 5, tzinfo=UTC)
STEPS = [
    {"nr": 1, "navn": "Er i gang", "forklaring": "", "er_niveau": True},
    {"nr": 2, "navn": "Med støtte", "forklaring": "", "er_niveau": True},
    {"nr": 3, "navn": "Selvstændig", "forklaring": "", "er_niveau": True},
    {"nr": 4, "navn": "Sikker", "forklaring": "", "er_niveau": True},
    {"nr": 5, "navn": "Ikke afprøvet", "forklaring": "", "er_niveau": False},
]
TASKS = [
    "Vejlede borgere i reception og telefon", "Skrive afgørelser i et klart sprog", "Offentlighed og tavshedspligt",
    "Afstemme konti", "Journalisere efter emneplanen", "Forberede dagsordener",
]  # fmt: skip


def answer(trin: int | None = None, tekst: str = "") -> dict:
    return {"trin": STEPS[trin - 1] if trin else None, "tekst": tekst}


def question(nr: int, tekst: str, hvem: str = "begge", **svar) -> dict:
    """`question(1, "…", elev=answer(3, "Godt"))`."""
    form = "skala" if any(each["trin"] for each in svar.values()) else "tekst"
    rest = {"hjaelp": "", "svarform": form, "bruges_til": "", "trin": STEPS if form == "skala" else []}
    return {"nr": nr, "tekst": tekst, "hvem": hvem, "svar": svar} | rest


def evaluation_text(note: str = "Rolig og tydelig, også i svære samtaler.", **changes) -> dict:
    """Two pages: six tasks with two views, how the elev thrives, and what was agreed."""
    tasks = [
        question(nr, task, elev=answer(nr % 4 + 1, f"Har prøvet det {nr} gange."), elevvejleder=answer(3, note),
                 faelles=answer(None, "Fortsætter i næste afdeling."))
        for nr, task in enumerate(TASKS, start=1)
    ]  # fmt: skip
    well = [question(7, "Hvordan har du det i afdelingen?", "elev", elev=answer(None, "Jeg er glad for at være her."))]
    joint = [question(8, "Hvad er I blevet enige om?", "faelles", faelles=answer(None, note))]
    return {
        "format": 1,
        "evaluering": 17,
        "art": "slut",
        "titel": "Slutevaluering",
        "udgave": 1,
        "retter": None,
        "skema": {"navn": "Slutevaluering", "version": 3, "indledning": "Læs begge svar, før I mødes."},
        "elev": {"navn": "Åse Ærlig", "hold": "Hold 2027"},
        "afdeling": "Økonomi og Analyse",
        "ophold": {"startdato": date(2027, 9, 1), "sidste_dag": date(2027, 12, 31)},
        "moede": MOMENT,
        "samtale_aabnet": MOMENT,
        "parter": [
            {"part": "elev", "titel": "Eleven", "navn": "Åse Ærlig", "delt": MOMENT},
            {"part": "elevvejleder", "titel": "Elevvejlederen", "navn": "Vera Vejleder", "delt": MOMENT},
        ],
        "afsnit": [
            {"titel": "Opgaver", "vejledning": "Vælg det trin, der passer bedst.", "punkter": tasks},
            {"titel": "Trivsel", "vejledning": "", "punkter": well},
            {"titel": "Aftaler", "vejledning": "", "punkter": joint},
        ],
        "underskrifter": [
            signature("elev", "Åse Ærlig", bemaerkning="Jeg vil gerne prøve mere af det."),
            signature("elevvejleder", "Vera Vejleder", vikar_for="Viggo Vejleder"),
        ],
    } | changes


def signature(part: str, navn: str, **more) -> dict:
    row = {"part": part, "art": "set", "navn": navn, "vikar_for": "", "bemaerkning": "", "tid": MOMENT}
    return row | {"sha256": "ab" * 32, "skrevet_af": navn, "tekst": "Har set evalueringen"} | more


def seal_evaluation(actor, person, note: str = "Rolig og tydelig.", **changes) -> Dokument:
    text = evaluation_text(note, **changes)
    titel = f"{text['titel']}: {text['elev']['navn']}"
    return seal.seal(actor, art="evaluering", titel=titel, person=person, indhold=text)
