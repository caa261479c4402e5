"""Puts the pool of a model out again: real columns for those who can still be in it.

Done as late as possible. After the first goals most elever are sure of a wish, and what is left is small.
"""

from array import array
from dataclasses import dataclass, field

from elevforloeb.fordeling.model import Model, Rows


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
