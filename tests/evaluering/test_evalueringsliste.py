"""The list of evaluations: what it shows first, its filters in the address, and what is taken along as a file."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.bench.inside import count_page
from tests.evaluering_steps import half_signed, planned, sealed, shared
from tests.factories import TODAY


def test_the_list_shows_what_is_late_first_and_who_is_missing(as_user, cast):
    late = planned(cast, frist=TODAY - timedelta(days=3))
    planned(cast, art="midtvejs", frist=TODAY + timedelta(days=3))
    page = as_user(cast.vejleder).get(reverse("evalueringer")).text
    assert page.index("Slutevaluering") < page.index("Midtvejssamtale") and "Forsinket" in page
    assert "Åse Ærlig og dig" in page and reverse("evaluering", args=[late.pk]) in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"slut"}),
        ("status=alle", {"slut", "midtvejs", "kort"}),
        ("status=forseglet", {"midtvejs"}),
        ("frist=forsinket", {"slut"}),
        ("frist=snart", set()),
        ("status=alle&hold={hold}&afdeling={afdeling}&q=åse", {"slut", "midtvejs", "kort"}),
        ("status=alle&q=bo", set()),
        ("status=ukendt&hold=x", {"slut"}),
    ],
)
def test_filters_stand_in_the_address(query, shown, as_user, cast):
    planned(cast, frist=TODAY - timedelta(days=1))
    sealed(cast, art="midtvejs")
    planned(cast, art="kort", frist=TODAY + timedelta(days=60))
    query = query.format(hold=cast.aase.hold_id, afdeling=cast.oekonomi.pk)
    answer = as_user(cast.elevansvarlig).get(f"{reverse('evalueringer')}?{query}")
    assert {row.fund.art for row in answer.context["raekker"]} == shown


def test_the_elevansvarlig_takes_the_list_along_and_no_answer_with_it(as_user, cast, scene):
    scene(shared)
    answer = as_user(cast.elevansvarlig).get(reverse("evalueringer_excel"))
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][:4] == ("Åse Ærlig", "Hold 2027", "Slutevaluering", "Økonomi og Analyse")
    assert "Ord fra" not in str(rows)


@pytest.mark.parametrize("who", ["aase.bruger", "vejleder", "leder", "elevansvarlig"])
def test_an_empty_list_says_what_comes(who, as_user, cast):
    user = cast.aase.bruger if who == "aase.bruger" else getattr(cast, who)
    assert "kommer af sig selv" in as_user(user).get(reverse("evalueringer")).text


def test_the_list_takes_the_same_statements_for_one_and_for_many(as_user, cast):
    client = as_user(cast.elevansvarlig)
    shared(cast)
    client.get(reverse("evalueringer"))  # what is asked once in a session is asked
    few = count_page(client, reverse("evalueringer"))["statements"]
    for art in ("midtvejs", "kort", "forventning"):
        half_signed(cast, art=art)
    assert count_page(client, reverse("evalueringer"))["statements"] == few <= 12
