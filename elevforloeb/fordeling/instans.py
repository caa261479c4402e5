"""Problems and answers as JSON, for other municipalities, tests and benchmarks. The format: docs/fordeling.md.

The format is the dataclasses of problem.py, field by field, with "format" and "version" in front. Unknown fields are an
error: a misspelt one would otherwise be a rule that quietly does not hold.
"""

import json
from dataclasses import asdict, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from elevforloeb.fordeling import problem as shapes
from elevforloeb.fordeling.problem import Fordeling, Problem
from elevforloeb.fordeling.tjek import Fejl, check

if TYPE_CHECKING:  # who reads no problem need not carry it
    from pydantic import TypeAdapter

FORMAT, VERSION = "elevforloeb-fordeling", 1
MOST = 50  # errors shown at once
TEXTS = {
    "missing": "mangler.",
    "extra_forbidden": "er ikke et felt i formatet.",
    "unexpected_keyword_argument": "er ikke et felt i formatet.",
    "int_type": "skal være et helt tal.",
    "int_parsing": "skal være et helt tal.",
    "int_from_float": "skal være et helt tal.",
    "string_type": "skal være en tekst.",
    "bool_type": "skal være true eller false.",
    "bool_parsing": "skal være true eller false.",
    "tuple_type": "skal være en liste.",
    "date_from_datetime_parsing": "skal være en dato som 2028-09-01.",
    "date_parsing": "skal være en dato som 2028-09-01.",
    "date_type": "skal være en dato som 2028-09-01.",
    "dataclass_type": "skal være et objekt.",
    "dataclass_exact_type": "skal være et objekt.",
}


class InstansFejl(ValueError):
    def __init__(self, fejl: list[Fejl]):
        self.fejl = fejl
        super().__init__("\n".join(map(str, fejl)))


def read(text: str | bytes) -> Problem:
    """Raises InstansFejl, with every error and where it stands."""
    from pydantic import ValidationError

    data = _parse(text)
    if data.pop("format", None) != FORMAT:
        raise InstansFejl([Fejl("format", f'skal være "{FORMAT}".')])
    if (version := data.pop("version", None)) != VERSION:
        raise InstansFejl([Fejl("version", f"er {version!r}; dette program læser version {VERSION}.")])
    try:
        problem = _adapter().validate_json(json.dumps(data))
    except ValidationError as error:
        raise InstansFejl([_fejl(each) for each in error.errors()[:MOST]]) from None
    if errors := check(problem):
        raise InstansFejl(errors[:MOST])
    return problem


def write(problem: Problem) -> str:
    return _dump({"format": FORMAT, "version": VERSION} | asdict(problem))


def write_answer(fordeling: Fordeling, **more: Any) -> str:
    """`more` are explanations and the like, of dataclasses or plain values."""
    goals = [asdict(each) | {"bevist": each.bevist, "gab": each.gab} for each in fordeling.maaltal]
    answer = asdict(fordeling) | {"maaltal": goals, "bevist": fordeling.bevist, "gab": fordeling.gab}
    return _dump({"format": f"{FORMAT}-resultat", "version": VERSION} | answer | more)


def _parse(text: str | bytes) -> dict:
    try:
        data = json.loads(text)
    except UnicodeDecodeError:
        raise InstansFejl([Fejl("", "Filen er ikke UTF-8.")]) from None
    except RecursionError:
        raise InstansFejl([Fejl("", "Filen har for mange lag i hinanden.")]) from None
    except json.JSONDecodeError as error:
        where = f"linje {error.lineno}, tegn {error.colno}"
        raise InstansFejl([Fejl(where, "her er filen ikke JSON.")]) from None
    except ValueError:
        raise InstansFejl([Fejl("", "Filen har et tal, der er for langt.")]) from None
    if not isinstance(data, dict):
        raise InstansFejl([Fejl("", "Filen skal være et objekt med felterne fra formatet.")])
    return data


def _fejl(error) -> Fejl:
    place = ""
    for part in error["loc"]:
        if isinstance(part, int):
            place += f"[{part}]"
        elif part not in ("int", "str"):  # the branches of an Id
            place += f".{part}" if place else str(part)
    return Fejl(place, TEXTS.get(error["type"], f"kan ikke læses ({error['type']})."))


@cache
def _adapter() -> "TypeAdapter":
    from pydantic import ConfigDict, TypeAdapter

    for shape in vars(shapes).values():
        if is_dataclass(shape):
            shape.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return TypeAdapter(Problem)


def _dump(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=_default) + "\n"


def _default(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if is_dataclass(value):
        return asdict(value)
    raise TypeError(f"{value!r} is not JSON")
