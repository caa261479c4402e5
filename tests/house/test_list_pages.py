"""Every list asks the same number of questions of the database for few rows and for many, and fetches what it shows.

The counts are those of the whole request. A list in pages fetches a page; a board and a hold show all their elever.
"""

import pytest
from django.conf import settings
from django.urls import reverse

from elevforloeb.services.plan import remove_stay
from evaluering.services.dialognoter import add_note
from skoleophold.models import Skoleophold, Tilknytning
from tests import evaluering_steps
from tests.bench import world
from tests.bench.inside import count_page
from tests.factories import RULES, ElevFactory, ErklaeringFactory, OpholdFactory
from tests.oenske_steps import answered_round
from tests.plan_steps import named
from tests.rekruttering_steps import applied, assess, interviewed, make_round, seat
from tests.skole_steps import class_at_school, follow, make_class
from tests.udlaeg_steps import sent

# Both read every rule in force, once: the page that shows them, and courses for their deadlines.
ALL_RULES = len(RULES) + 5
# address: (statements, rows at most): with 300 elever, 200 of them on one hold, 60 hold, 40 departments, 500 others
LISTS = {
    "/": (12, 2500),
    "/hold/": (5, 80),
    "/elever/?status=alle": (9, 350),
    "/elever/?status=alle&sort=skift&q=sen": (9, 450),
    "/soeg/?q=sen": (7, 50),
    "/brugere/": (7, 120),
    "/afdelinger/": (5, 560),
    "/kurser/": (6, ALL_RULES),
    "/regler/": (4, ALL_RULES),
    "/udbakke/": (7, 60),
    "/opslag/": (6, 60),
    "/haendelser/": (6, 60),
    "/sletning/": (9, 260),
    "/kalender/?vis=maaned": (12, 1500),
    "/hold/{hold}/": (12, 2300),
    "/hold/{hold}/plan/": (12, 1400),
    "/hold/{hold}/plan/?vis=afdelinger": (12, 1500),
    "/hold/{hold}/plan/?vis=liste": (12, 1400),
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
    assert {address for address, page in found.items() if page["repeated"]} == set()


def three_evalueringer(cast):
    for nr in range(3):
        if nr:
            elev = ElevFactory(hold=cast.aase.hold)
            stay = OpholdFactory(
                elev=elev, afdeling=cast.oekonomi, elevvejleder=cast.vejleder, periode=cast.ophold.periode
            )
        else:
            stay = cast.ophold
        evaluering_steps.begun(cast, ophold=stay)
        yield


def three_erklaeringer(cast):
    for _ in range(3):
        ErklaeringFactory(elev=ElevFactory(hold=cast.aase.hold))
        yield


def three_skolehold(cast):
    class_at_school(cast)
    yield
    for nr in range(2):
        make_class(cast, navn=f"KOF 28-{nr}")
        yield


def three_udlaeg(cast):
    for elev in (cast.aase, cast.bo, ElevFactory(hold=cast.aase.hold)):
        sent(elev)
        yield


def three_refunds(cast):
    skolehold = class_at_school(cast)
    Tilknytning.objects.filter(elev=cast.bo).delete()
    Skoleophold.objects.filter(elev=cast.bo).delete()
    yield
    for _ in range(2):
        follow(cast, skolehold, ElevFactory(hold=cast.aase.hold))
        yield


# name: (statements, what makes a row each time it is asked)
WING_LISTS = {
    "evalueringer": (10, three_evalueringer),
    "erklaeringer": (7, three_erklaeringer),
    "skole": (6, three_skolehold),
    "udlaeg_liste": (12, three_udlaeg),
    "aub": (9, three_refunds),
}


@pytest.mark.parametrize("name", WING_LISTS)
def test_the_lists_of_the_wings_take_the_same_statements_for_one_row_and_for_three(name, cast, as_user):
    statements, rows = WING_LISTS[name]
    client, address = as_user(cast.elevansvarlig), reverse(name)
    found = [count_page(client, address) for _ in rows(cast)]
    assert [page["statements"] for page in found] == [statements] * 3
    assert found[0]["rows"] < found[1]["rows"] < found[2]["rows"]


def everything_at_once(cast) -> dict[str, tuple]:
    """Something in every part of the pages that ask most: (who, address)."""
    sealed = evaluering_steps.sealed(cast)
    planned = evaluering_steps.planned(cast, art="midtvejs")
    answered_round(cast)
    add_note(cast.vejleder, elev=cast.aase, tekst="Godt set")
    runde = make_round()
    ansoegning = interviewed(seat(cast.vejleder, runde), applied(runde))
    chief = seat(cast.elevansvarlig, runde)
    waits = applied(runde, "Bo")
    assess(chief, waits)
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    department, plan = reverse("afdeling", args=[cast.oekonomi.kode]), reverse("plan_udgiv", args=[cast.aase.hold_id])
    about = {name: reverse(name, args=[cast.aase.pk]) for name in ("udvikling", "udvikling_maal")}
    return {
        "forside, elev": (cast.aase.bruger, "/"),
        "forside, elevvejleder": (cast.vejleder, "/"),
        "forside, leder": (cast.leder, "/"),
        "elever, elevvejleder": (cast.vejleder, reverse("elever")),
        "elever, leder": (cast.leder, reverse("elever")),
        "skema, elevansvarlig": (cast.elevansvarlig, reverse("skema_vis", args=[sealed.skema_id])),
        "evaluering, elev": (cast.aase.bruger, reverse("evaluering", args=[planned.pk])),
        "tomt skema, elevvejleder": (cast.vejleder, reverse("evaluering_skema", args=[planned.pk])),
        "ansøger, elevansvarlig": (cast.elevansvarlig, reverse("ansoeger", args=[ansoegning.pk])),
        "afdeling, elevansvarlig": (cast.elevansvarlig, department),
        "afdeling, leder": (cast.leder, department),
        "udgiv planen": (cast.elevansvarlig, plan),
        "ansøger, medlem": (cast.vejleder, reverse("ansoeger", args=[waits.pk])),
    } | {f"{name}, {who.navn}": (who, url) for name, url in about.items() for who in (cast.vejleder, cast.aase.bruger)}


def test_the_pages_that_ask_most_take_at_most_twelve_statements(cast, as_user):
    pages = everything_at_once(cast)
    found = {name: count_page(as_user(who), url) for name, (who, url) in pages.items()}
    assert {name: page["statements"] for name, page in found.items() if page["statements"] > 12} == {}
    assert {name: page["repeated"] for name, page in found.items() if page["repeated"]} == {}
