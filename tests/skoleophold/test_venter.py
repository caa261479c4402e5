"""What of school stands on the front page of an elevvejleder. Today is 2027-10-15."""

from datetime import date

import pytest

from skoleophold.queries.venter import get_skoleforside
from skoleophold.services.fagvalg import choose
from tests.fagproeve_steps import make_runde, say, write
from tests.skole_steps import class_at_school, make_fag, make_trip

SOON = {"skriver": (date(2027, 11, 22), date(2027, 12, 3)), "godkendt_senest": date(2027, 11, 12)}


def lines(person) -> list[str]:
    fresh = type(person).objects.get(pk=person.pk)
    return [f"{each.frist} {each.navn}: {each.opgave}" for each in get_skoleforside(fresh).venter]


@pytest.fixture
def skolehold(scene):
    return scene(class_at_school)


def test_a_problemformulering_waits_for_the_elevvejleder_of_the_day_until_the_workplace_has_answered(cast, skolehold):
    make_runde(cast, skolehold, **SOON)
    write(cast.aase, send=False)
    assert lines(cast.vejleder) == []
    write(cast.aase)
    asked = "2027-11-12 Problemformulering til fagprøven: Læs den, og svar for arbejdspladsen"
    assert lines(cast.vejleder) == [asked]
    assert (lines(cast.anden_vejleder), lines(cast.leder)) == ([], [])
    say(cast.vejleder, cast.aase, "arbejdsplads")
    assert lines(cast.vejleder) == []


def test_it_leads_to_the_page_on_which_it_is_answered(cast, skolehold, as_user):
    make_runde(cast, skolehold, **SOON)
    write(cast.aase)
    client = as_user(cast.vejleder)
    page = client.get("/")
    (line,) = page.context["skylder"]
    assert "Åse Ærlig" in page.content.decode()
    assert client.get(line.url).status_code == 200


def test_subjects_that_an_elev_has_chosen_wait_for_her_elevvejleder_until_they_agree_on_one(cast, skolehold, as_user):
    skolehold.fagvalg_senest = date(2027, 10, 15)
    skolehold.save()
    fag = [make_fag(kode, bundet=False) for kode in ("EU", "PRO")]
    assert lines(cast.vejleder) == []
    choose(cast.aase.bruger, elev=cast.aase, fag=fag, som_elev=True)
    asked = "2027-10-15 Valgfri specialefag: Eleven har valgt. Sig ja, eller tal om det"
    assert lines(cast.vejleder) == [asked] and lines(cast.anden_vejleder) == []
    (line,) = as_user(cast.vejleder).get("/").context["skylder"]
    assert line.elev == "Åse Ærlig" and as_user(cast.vejleder).get(line.url).status_code == 200
    choose(cast.vejleder, elev=cast.aase, fag=fag[:1], som_elev=False)
    assert lines(cast.vejleder) == []


def test_when_the_deadline_is_over_nothing_waits(cast, skolehold):
    skolehold.fagvalg_senest = date(2027, 10, 14)
    skolehold.save()
    choose(cast.aase.bruger, elev=cast.aase, fag=[make_fag(bundet=False)], som_elev=True, altid=True)
    assert lines(cast.vejleder) == []


def test_who_leads_a_trip_finds_it_on_her_front_page_until_it_is_over(cast, skolehold, as_user):
    make_trip(cast, skolehold.skoleperioder.get(nr=2))
    page = as_user(cast.vejleder).get("/")
    assert "Du er rejseleder" in page.content.decode()
    assert [str(tur) for tur in page.context["ture"]] == ["Studietur til Bruxelles"]
    assert "Du er rejseleder" not in as_user(cast.anden_vejleder).get("/").content.decode()
