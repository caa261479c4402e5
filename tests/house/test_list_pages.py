"""Every list asks the same number of questions of the database for few rows and for many, and fetches what it shows.

The counts are those of the whole request. A list in pages fetches a page; a board and a hold show all their elever.
"""

import pytest
from django.conf import settings

from elevforloeb.project.handling import WINGS
from tests.bench import world
from tests.bench.inside import count_page

# address: (statements, rows at most): with 300 elever, 200 of them on one hold, 60 hold, 40 departments, 500 others
LISTS = {
    "/": (12 + len(WINGS), 2500),  # each wing has its lines of "Kræver handling" in one statement
    "/hold/": (5, 80),
    "/elever/?status=alle": (9, 350),
    "/elever/?status=alle&sort=skift&q=sen": (9, 450),
    "/soeg/?q=sen": (7, 50),
    "/brugere/": (7, 120),
    "/afdelinger/": (6, 560),
    "/kurser/": (6, 60),
    "/regler/": (4, 60),
    "/udbakke/": (7, 60),
    "/opslag/": (6, 60),
    "/haendelser/": (6, 60),
    "/sletning/": (8, 260),
    "/hold/{hold}/": (12, 2300),
    "/hold/{hold}/plan/": (11, 1400),
    "/hold/{hold}/plan/?vis=afdelinger": (12, 1500),
    "/hold/{hold}/plan/?vis=liste": (11, 1400),
}


@pytest.mark.parametrize(("elever", "hold"), [(3, 3), (300, 60)])
def test_lists_take_the_same_statements_for_few_and_for_many_and_fetch_what_they_show(
    client, db, monkeypatch, elever, hold
):
    monkeypatch.setattr(world, "BOARD", 200)  # of the 300, so that the rest of the hold have one or two
    made = world.make_world(elever, hold)
    client.cookies[settings.SESSION_COOKIE_NAME] = made["session"]
    found = {address: count_page(client, address.format(hold=made["hold60"])) for address in LISTS}
    assert {address: page["statements"] for address, page in found.items()} == {a: n for a, (n, _) in LISTS.items()}
    assert {address: page["rows"] for address, page in found.items() if page["rows"] > LISTS[address][1]} == {}
    assert {address for address, page in found.items() if page["repeated"]} <= {"/afdelinger/"}  # leder, elevvejleder
