"""What waits for the reader of a front page, from every wing.

A new kind is one function in its app and one line here.
"""

from operator import attrgetter

from evaluering.queries.skylder import debts
from skoleophold.queries import venter as skole

KILDER = [debts, skole.approvals, skole.own_fagproeve, skole.returned_udlaeg, skole.trip_points]


def waiting_for(user) -> list:
    """By deadline. Each says frist, navn, opgave, url, elev and er_forsinket."""
    return sorted((each for kilde in KILDER for each in kilde(user)), key=attrgetter("frist"))
