"""The search: what it finds, and for whom."""

import pytest

from elevforloeb.project.queries import search


def keys(rows):
    return [row.pk for row in rows]


@pytest.mark.parametrize("text", ["Åse", "aase", "AASE", "ærl", "aerlig", "Åse Æ"])
def test_danish_letters_are_found_however_they_are_written(cast, text):
    assert keys(search(cast.elevansvarlig, text).elever) == [cast.aase.pk]


def test_an_elev_is_shown_once_to_those_who_may_see_her_as_an_elev(cast):
    hits = search(cast.elevansvarlig, "åse ærlig")
    assert (keys(hits.elever), hits.brugere) == ([cast.aase.pk], [])


def test_the_administrator_finds_the_account_of_an_elev_and_not_the_elev(cast):
    hits = search(cast.administrator, "åse ærlig")
    assert (hits.elever, keys(hits.brugere)) == ([], [cast.aase.bruger_id])


def test_an_elevvejleder_finds_the_own_elever_alone(cast):
    assert keys(search(cast.vejleder, "åse").elever) == [cast.aase.pk]
    assert search(cast.vejleder, "bo berg").elever == []


@pytest.mark.parametrize("text", ["", "å", " å ", "x" * 5000, "%", "_%", "\\"])
def test_a_senseless_text_finds_nothing(cast, text):
    assert search(cast.elevansvarlig, text).antal == 0
