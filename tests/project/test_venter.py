"""What waits for somebody on the front page besides evaluations. Today is 2027-10-15."""

from datetime import date, timedelta

import pytest

from elevforloeb.core.dates import today
from elevforloeb.project.venter import waiting_for
from skoleophold.models import Udlaeg
from skoleophold.services.studietur import set_kryds
from skoleophold.services.udlaeg import return_udlaeg
from tests.fagproeve_steps import make_runde, say, write
from tests.skole_steps import class_at_school, make_trip, noedkontakt
from tests.udlaeg_steps import sent

SOON = {"skriver": (date(2027, 11, 22), date(2027, 12, 3)), "godkendt_senest": date(2027, 11, 12)}


def lines(person) -> list[str]:
    fresh = type(person).objects.get(pk=person.pk)
    return [f"{each.frist} {each.navn}: {each.opgave}" for each in waiting_for(fresh)]


@pytest.fixture
def skolehold(cast):
    return class_at_school(cast)


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


def test_an_elev_sees_her_next_step_of_the_fagproeve_when_it_is_near(cast, skolehold):
    runde = make_runde(cast, skolehold, skriver=(date(2028, 4, 3), date(2028, 4, 14)))
    for days, told in ((29, []), (28, ["2027-11-12 Fagprøven: Vælg emne"])):
        type(runde).objects.update(emne_senest=today() + timedelta(days=days))
        assert lines(cast.aase.bruger) == told
    write(cast.aase)
    assert lines(cast.aase.bruger) == []  # now somebody else is to answer


def test_an_expense_that_was_returned_waits_for_the_elev_without_a_deadline(cast):
    row = sent(cast.aase)
    return_udlaeg(cast.elevansvarlig, udlaeg=row, version=row.version, grund="Kvitteringen kan ikke læses.")
    (line,) = waiting_for(cast.aase.bruger)
    assert (line.opgave, line.er_forsinket) == ("Sendt retur. Ret det, og send det igen", False)
    Udlaeg.objects.update(status="sendt")
    assert waiting_for(cast.aase.bruger) == []


def test_what_an_elev_lacks_for_the_next_trip_is_counted_down(cast, skolehold):
    tur = make_trip(cast, skolehold.skoleperioder.get(nr=2))
    assert lines(cast.aase.bruger) == ["2027-11-12 Studietur til Bruxelles: 2 punkter på tjeklisten mangler"]
    set_kryds(cast.aase.bruger, tur=tur, elev=cast.aase, punkter=tur.punkter.filter(art="kryds"))
    assert lines(cast.aase.bruger) == ["2027-12-28 Studietur til Bruxelles: 1 punkt på tjeklisten mangler"]
    noedkontakt(cast, cast.aase)
    assert lines(cast.aase.bruger) == []
    assert len(lines(cast.bo.bruger)) == 1


def test_who_leads_a_trip_finds_it_on_her_front_page_until_it_is_over(cast, skolehold, as_user):
    make_trip(cast, skolehold.skoleperioder.get(nr=2))
    page = as_user(cast.vejleder).get("/")
    assert "Du er rejseleder" in page.content.decode()
    assert [str(tur) for tur in page.context["ture"]] == ["Studietur til Bruxelles"]
    assert "Du er rejseleder" not in as_user(cast.anden_vejleder).get("/").content.decode()
