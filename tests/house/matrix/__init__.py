"""Who may open what: one row for every URL. A URL without a row fails the build.

`roles`: the roles that get in (today). `kwargs`: an object that every one of them may see.
`foreign`: objects that the named identity must not learn the existence of (404).

A module for each part of the system; what they share stands in faelles.py.
"""

from . import (
    afdelinger,
    ansoeger,
    elevforloeb,
    evaluering,
    fagproeve,
    oensker,
    offentligt,
    skole,
    skolepenge,
    tag,
    udvalg,
)
from .faelles import AABEN, ALLAUTH, LOGGED_IN, Row

__all__ = ["AABEN", "ALLAUTH", "BY_OBJECT", "LOGGED_IN", "MATRIX", "Row"]

MATRIX: dict[str, Row] = {
    **tag.ROWS,
    **afdelinger.ROWS,
    **elevforloeb.ROWS,
    **oensker.ROWS,
    **evaluering.ROWS,
    **skole.ROWS,
    **skolepenge.ROWS,
    **fagproeve.ROWS,
    **offentligt.ROWS,
    **ansoeger.ROWS,
    **udvalg.ROWS,
}

MAKERS = list(dict.fromkeys(row.kwargs for row in MATRIX.values()))
# Pages about the same kind of object are neighbours: it is made once for them (see stage.py).
BY_OBJECT = sorted(MATRIX, key=lambda name: MAKERS.index(MATRIX[name].kwargs))
