"""What the wings have for "Kræver handling". The lower floors cannot know them, so the roof hands them in.

A wing has in `queries/handling.py` a `WING`: its part of the one statement that asks them all, and the line of each
kind of row in the answer (see `elevforloeb.queries.handling.Asked`). Its card is asked the same way.
"""

from elevforloeb.queries.handling import Asked
from evaluering.queries.dokumenter import DOCUMENTS
from evaluering.queries.forsidekort import CARD as TIL_TIDEN
from evaluering.queries.handling import WING as EVALUERING
from rekruttering.queries.forsidekort import CARD as ANSOEGERE
from rekruttering.queries.handling import WING as REKRUTTERING
from skoleophold.queries.fagproeve.handling import WING as FAGPROEVE
from skoleophold.queries.handling import WING as SKOLEOPHOLD
from skoleophold.queries.handling_aub import WING as AUB

WINGS: list[Asked] = [EVALUERING, SKOLEOPHOLD, FAGPROEVE, AUB, REKRUTTERING, DOCUMENTS]
CARDS: list[Asked] = [ANSOEGERE, TIL_TIDEN]
