"""Puts the pool of a model out again: real columns for those who can still be in it, and for uncovered oplæringsmål.

Done as late as possible. After the first goals most elever are sure of a wish, and what is left is small.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field

from elevforloeb.fordeling.model import INF, Model, Rows
from elevforloeb.fordeling.problem import Id


@dataclass
class Tilbygning:
    """What is added: columns of x with the rows they stand in, then plain columns, then rows. And what is closed."""

    entries: list[list[int]] = field(default_factory=list)  # per new x its rows
    plain: int = 0
    rows: Rows = field(default_factory=Rows)
    closed: list[int] = field(default_factory=list)


def expand(model: Model, lower: array, upper: array, row_lower: array) -> Tilbygning:
    """The bounds are those of columns and rows by now: what is fixed at 0 is out for good."""
    added = Tilbygning(closed=[*model.s, *model.z.values()])
    for column, number in model.s.items():
        if upper[column] == 0:
            continue
        if lower[column] == 1:
            added.closed += [model.u[number], *(other for other in model.own[number] if other != column)]
        added.entries += _columns_of(model, number, upper, row_lower)
    for column, number in model.s.items():
        model.own[number].remove(column)
        del model.rang[column]
    model.s, model.z = {}, {}
    model.add_different(added.rows, len(row_lower))
    if "oplaering" in model.indeks.problem.maal:
        added.plain = Uncovered(model, added, lower, upper).columns
    return added


def _columns_of(model: Model, number: int, upper: array, row_lower: array):
    """The afdelinger that the pool stood for, but those to which nobody from it comes in any best plan."""
    elev, trin = model.celler[number]
    present = {model.x[column][1] for column in model.own[number] if column in model.x}
    for afdeling in model.muligheder[number]:
        if afdeling in present or upper[model.z[afdeling, trin]] == 0:
            continue
        twice = model.par_row.get((elev, afdeling))
        if twice is not None and row_lower[twice] > 0:
            continue  # the elev is sure to be there in another trin
        model.add_x(number, afdeling)
        rows = [model.plads_row[number], *model.rum_rows[afdeling, trin]]
        if twice is not None:
            rows.append(twice)
        yield rows


class Uncovered:
    """What is left open of each elev's oplæringsmål.

    Where at most one of the elev's trin is undecided, that is simply a cost of its columns. Otherwise there is a
    column per goal, and goals that the same columns cover share one.
    """

    def __init__(self, model: Model, added: Tilbygning, lower: array, upper: array):
        self.model, self.rows, self.columns = model, added.rows, 0
        self.closed = {column for column, most in enumerate(upper) if most == 0} | set(added.closed)
        self.teaches = {each.id: set(each.maal) for each in model.indeks.afdelinger.values()}
        cells: dict[Id, list[int]] = defaultdict(list)
        for number, (elev, _) in enumerate(model.celler):
            cells[elev].append(number)
        for elev in model.indeks.elever.values():
            self._add(set(elev.aabne_maal), cells[elev.id])

    def _add(self, goals: set[Id], cells: list[int]):
        undecided = []
        for number in cells:
            choices = [column for column in self.model.own[number] if column not in self.closed]
            if len(choices) == 1 and self.model.u[number] in self.closed:
                goals = goals - self._taught_by(choices[0])
            else:
                undecided.append(choices)
        if len(undecided) > 1:
            self._share([column for choices in undecided for column in choices], goals)
            return
        self.model.fast_udaekket += len(goals)
        for column in undecided[0] if undecided else ():
            if covered := len(goals & self._taught_by(column)):
                self.model.udaekket[column] = -covered

    def _taught_by(self, column: int) -> set[Id]:
        return self.teaches[self.model.x[column][1]]

    def _share(self, choices: list[int], goals: set[Id]):
        groups: dict[tuple[int, ...], int] = defaultdict(int)
        for goal in goals:
            groups[tuple(column for column in choices if goal in self._taught_by(column))] += 1
        for columns, weight in sorted(groups.items()):
            column = self.model.add_columns(1)[0]
            self.rows.add([*columns, column], 1, INF)
            self.model.udaekket[column] = weight
            self.columns += 1
