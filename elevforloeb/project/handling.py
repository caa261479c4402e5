"""What the wings have for "Kræver handling". The lower floors cannot know them, so the roof hands them in.

A wing has `queries/handling.py` with a function from the rules of today to lines, in one statement:

    def things_to_do(now: Rules) -> Iterator[Handling]: yield line(now, frist, titel, tekst, ikon, url, knap)
"""

from elevforloeb.queries.overblik import Wing
from evaluering.queries.dokumenter import documents_to_look_at
from evaluering.queries.handling import things_to_do as evaluering
from skoleophold.queries.handling import things_to_do as skoleophold
from skoleophold.queries.handling_aub import aub_and_trips

WINGS: list[Wing] = [evaluering, skoleophold, aub_and_trips, documents_to_look_at]
