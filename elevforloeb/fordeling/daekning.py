"""What stays uncovered of each elev's oplæringsmål, as columns. They come when the goal of oplæring is next, and not
before: by then most stays are decided, and what is left is small.

Where at most one stay of an elev is undecided, it is simply a cost of its columns. Where two are, in a large problem,
it is the cost of a pair (pairs.py). Otherwise there is a column per goal, and goals that the same columns cover share
one; then the linear program may promise too much, as half of one afdeling and half of another look like both.
"""

from array import array
from collections import defaultdict

from elevforloeb.fordeling.model import INF, Model
from elevforloeb.fordeling.pairs import MOST_PAIRS, Couple
from elevforloeb.fordeling.problem import Id
from elevforloeb.fordeling.udfold import Tilbygning


class Uncovered:
    """The bounds are those of columns by now. What is to be added stands in `added`, who go in pairs in `couples`."""

    def __init__(self, model: Model, lower: array, upper: array):
        self.model, self.lower, self.upper = model, lower, upper
        self.added = Tilbygning()
        self.couples: list[Couple] = []
        self.in_two: list[tuple[set[Id], list[int], list[int]]] = []  # open goals, and the choices of two stays
        self.teaches = {each.id: set(each.maal) for each in model.indeks.afdelinger.values()}
        cells: dict[Id, list[int]] = defaultdict(list)
        for number, (elev, _) in enumerate(model.celler):
            cells[elev].append(number)
        for elev in model.indeks.elever.values():
            self._add(set(elev.aabne_maal), cells[elev.id])
        self._pair_up()

    def _add(self, goals: set[Id], cells: list[int]):
        undecided, sure = [], True
        for number in cells:
            choices, placed = self._choices(number), not self.upper[self.model.u[number]]
            if placed and len(choices) == 1:
                goals = goals - self._taught_by(choices[0])
            else:
                undecided.append(choices)
                sure = sure and placed
        if len(undecided) < 2:
            self._alone(undecided[0] if undecided else [], goals)
        elif len(undecided) == 2 and sure and self.model.pooled:
            self.in_two.append((goals, *undecided))
        else:
            self._share(goals, *undecided)

    def _choices(self, number: int) -> list[int]:
        choices = [column for column in self.model.own[number] if self.upper[column]]
        return [column for column in choices if self.lower[column]] or choices

    def _taught_by(self, column: int) -> set[Id]:
        return self.teaches[self.model.x[column][1]]

    def _alone(self, choices: list[int], goals: set[Id]):
        self.model.fast_udaekket += len(goals)
        for column in choices:
            if covered := len(goals & self._taught_by(column)):
                self.model.udaekket[column] = -covered

    def _pair_up(self):
        if sum(len(first) * len(second) for _, first, second in self.in_two) <= MOST_PAIRS:
            self.couples = [self._couple(*each) for each in self.in_two]
            return
        for each in self.in_two:
            self._share(*each)

    def _couple(self, goals: set[Id], first: list[int], second: list[int]) -> Couple:
        bits = {goal: 1 << place for place, goal in enumerate(goals)}

        def left_by(column: int) -> int:
            return sum(bits[goal] for goal in goals - self._taught_by(column))

        return Couple({column: left_by(column) for column in first}, {column: left_by(column) for column in second})

    def _share(self, goals: set[Id], *undecided: list[int]):
        choices = [column for each in undecided for column in each]
        groups: dict[tuple[int, ...], int] = defaultdict(int)
        for goal in goals:
            groups[tuple(column for column in choices if goal in self._taught_by(column))] += 1
        for columns, weight in sorted(groups.items()):
            column = self.model.add_columns(1)[0]
            self.added.rows.add([*columns, column], 1, INF)
            self.model.udaekket[column] = weight
            self.added.plain += 1
