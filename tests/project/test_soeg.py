"""The search: what it finds, and for whom."""

import pytest

from elevforloeb.project.queries import search


@pytest.mark.parametrize("text", ["Åse", "aase", "AASE", "ærl", "aerlig", "Åse Æ"])
def test_danish_letters_are_found_however_they_are_written(cast, text):
    assert search(cast.elevansvarlig, text).elever == [cast.aase]


def test_an_elev_is_shown_once_to_those_who_may_see_her_as_an_elev(cast):
    hits = search(cast.elevansvarlig, "åse ærlig")
    assert (hits.elever, hits.brugere) == ([cast.aase], [])


def test_the_administrator_finds_the_account_of_an_elev_and_not_the_elev(cast):
    hits = search(cast.administrator, "åse ærlig")
    assert (hits.elever, hits.brugere) == ([], [cast.aase.bruger])


def test_an_elevvejleder_finds_the_own_elever_alone(cast):
    assert search(cast.vejleder, "åse").elever == [cast.aase]
    assert search(cast.vejleder, "bo berg").elever == []


@pytest.mark.parametrize("text", ["", "å", " å ", "x" * 5000, "%", "_%", "\\"])
def test_a_senseless_text_finds_nothing(cast, text):
    assert search(cast.elevansvarlig, text).antal == 0
