"""A problem as JSON and back. Names of people are not kept: they are put on again from the rows they belong to."""

import json
from dataclasses import asdict, fields, replace
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder

from elevforloeb.fordeling import problem as p

ROWS = {
    "trin": p.Trin,
    "afdelinger": p.Afdeling,
    "elever": p.Elev,
    "pladser": p.Pladser,
    "fastlagte": p.Fastlagt,
    "forbud": p.Forbud,
    "fravaer": p.Fravaer,
    "nuvaerende": p.Nuvaerende,
}


def write_problem(problem: p.Problem) -> dict:
    nameless = replace(problem, elever=tuple(replace(elev, navn="") for elev in problem.elever))
    return json.loads(json.dumps(asdict(nameless), cls=DjangoJSONEncoder))


def read_problem(data: dict, names: dict[int, str]) -> p.Problem:
    rest = {field.name: data[field.name] for field in fields(p.Problem) if field.name not in ROWS}
    rows = {name: tuple(_row(kind, each, names) for each in data[name]) for name, kind in ROWS.items()}
    return p.Problem(**rows, **rest | {"maal": tuple(rest["maal"])})


def _row(kind, data: dict, names: dict[int, str]):
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    if kind is p.Elev:
        values["oensker"] = tuple(p.Oenske(each["afdeling"], tuple(each["trin"])) for each in data["oensker"])
        values["navn"] = names.get(data["id"], "")
    if kind is p.Trin:
        for name in ("startdato", "sidste_dag"):
            values[name] = date.fromisoformat(data[name]) if data[name] else None
    return kind(**values)
