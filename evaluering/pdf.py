"""A sealed evaluation on paper: set from the sealed text and from nothing else, so that the two cannot differ."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from elevforloeb.core import seal
from elevforloeb.core.dates import Periode, full_date
from elevforloeb.core.models import Dokument
from elevforloeb.core.pdf import render_pdf
from evaluering.models.skema import Part

TEMPLATE = "pdf/evaluering.html"
FAR_APART = 2  # levels between two views that are marked as different


def evaluering_pdf(dokument: Dokument) -> bytes:
    return render_pdf(TEMPLATE, {"dokument": dokument, "side": get_page(seal.content(dokument))})


@dataclass(frozen=True)
class Afsnit:
    """`sammen`: the views side by side, the cells in the order of the columns. `aftalt`: one answer for all."""

    titel: str
    vejledning: str
    sammen: list[dict]
    aftalt: list[dict]


def get_page(text: dict) -> dict:
    """The sealed text with its dates as dates, ready to be set."""
    columns = _columns(text)
    return text | {
        "ophold": text["ophold"] and _period(text["ophold"]),
        "moede": _moment(text["moede"]),
        "kolonner": [each["titel"] for each in columns],
        "parter": [each | {"delt": _moment(each["delt"])} for each in text["parter"]],
        "afsnit": [_section(each, [column["part"] for column in columns]) for each in text["afsnit"]],
        "underskrifter": [_signature(each, text["parter"]) for each in text["underskrifter"]],
    }


def _columns(text: dict) -> list[dict]:
    """The parties who answered on their own, and what they agreed, where there is anything of it."""
    given = {part for section in text["afsnit"] for each in section["punkter"] for part in each["svar"]}
    both = (Part.ELEV, Part.ELEVVEJLEDER)
    alone = [each for each in text["parter"] if each["part"] in both or each["part"] in given]
    return [*alone, {"part": Part.FAELLES, "titel": "Aftalt ved samtalen"}]


def _section(section: dict, parts: list[str]) -> Afsnit:
    alone = [each for each in section["punkter"] if each["hvem"] != Part.FAELLES]
    joint = [each for each in section["punkter"] if each["hvem"] == Part.FAELLES]
    return Afsnit(
        section["titel"],
        section["vejledning"],
        [_row(each, parts) for each in alone],
        [each | {"aftale": each["svar"].get(Part.FAELLES)} for each in joint],
    )


def _row(question: dict, parts: list[str]) -> dict:
    return question | {
        "celler": [question["svar"].get(part) for part in parts],
        "forskel": _differs(question["svar"]),
    }


def _differs(given: dict) -> bool:
    steps = [given[part]["trin"] for part in (Part.ELEV, Part.ELEVVEJLEDER) if part in given]
    levels = [step["nr"] for step in steps if step and step["er_niveau"]]
    return len(levels) == 2 and abs(levels[0] - levels[1]) >= FAR_APART


def _signature(row: dict, parties: list[dict]) -> dict:
    party = next((each["titel"] for each in parties if each["part"] == row["part"]), "")
    return row | {"titel": party, "tid": _moment(row["tid"])}


def _period(found: dict) -> Periode:
    return Periode.until_last_day(*(date.fromisoformat(found[name]) for name in ("startdato", "sidste_dag")))


def _moment(text: str | None) -> str:
    """The way Danes write a moment: 15. oktober 2027 kl. 12.05."""
    if not text:
        return ""
    moment = localtime(datetime.fromisoformat(text))
    return f"{full_date(moment.date())} kl. {moment:%H.%M}"
