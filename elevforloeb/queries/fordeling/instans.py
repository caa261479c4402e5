"""A problem as it is kept with its allocation: the documented format, without the names of people."""

import json
from dataclasses import replace

from elevforloeb.fordeling import instans
from elevforloeb.fordeling.problem import Problem


def write_problem(problem: Problem) -> dict:
    nameless = replace(problem, elever=tuple(replace(elev, navn="") for elev in problem.elever))
    return json.loads(instans.write(nameless))


def read_problem(data: dict, names: dict[int, str]) -> Problem:
    """`names` are put on again from the rows that they belong to."""
    problem = instans.read(json.dumps(data))
    return replace(problem, elever=tuple(replace(elev, navn=names.get(elev.id, "")) for elev in problem.elever))
