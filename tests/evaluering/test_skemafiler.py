"""The shipped forms: what they must have, and how they come into the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from elevforloeb.core.filesync import Outcome
from evaluering.models import Art, Evalueringsskema, Skalatrin, Spoergsmaal
from evaluering.queries.skema import content_of, in_force, whole_forms
from evaluering.services.skema import load_skemaer
from evaluering.skemafiler import shipped
from tests.factories import TODAY, BrugerFactory

BY_ART = {each.art: each for each in shipped()}


def questions(art):
    return [each for afsnit in BY_ART[art].afsnit for each in afsnit.spoergsmaal]


def test_there_is_one_form_for_each_kind_of_talk():
    assert sorted(BY_ART) == sorted(Art.values)


def test_only_the_talk_of_the_proevetid_has_the_elevansvarlig_with_it():
    assert [art for art, skema in BY_ART.items() if skema.med_elevansvarlig] == [Art.PROEVETID]


@pytest.mark.parametrize("art", BY_ART)
def test_every_form_says_where_it_comes_from_and_fits_its_columns(art):
    skema = BY_ART[art]
    assert skema.kilde
    assert len(skema.indledning) <= 2000
    assert all(len(each.titel) <= 80 and len(each.vejledning) <= 1000 for each in skema.afsnit)
    assert all(len(each.tekst) <= 300 and len(each.hjaelp) <= 300 for each in questions(art))
    assert all(len(trin.navn) <= 40 and len(trin.forklaring) <= 200 for skala in skema.skalaer for trin in skala.trin)


@pytest.mark.parametrize("art", BY_ART)
def test_every_form_agrees_on_goals_for_the_next_talk(art):
    assert [each.hvem for each in questions(art) if each.bruges_til == "fokus"] == ["faelles"]


@pytest.mark.parametrize("art", BY_ART)
def test_every_step_is_a_word_with_an_anchor_and_none_is_a_number(art):
    for skala in BY_ART[art].skalaer:
        levels = [each for each in skala.trin if each.er_niveau]
        assert len(levels) == {"opgaver": 3, "personligt": 4, "afdeling": 4}[skala.kode]
        assert [each.er_niveau for each in skala.trin].count(False) == 1
        assert all(each.forklaring and not any(sign.isdigit() for sign in each.navn) for each in skala.trin)


def test_the_personal_scale_asks_for_a_comment_at_its_ends_and_a_critical_elev_is_not_made_to_explain():
    ends = {skala.kode: skala.kommentar_ved_enderne for skala in BY_ART["slut"].skalaer}
    assert ends == {"opgaver": False, "personligt": True, "afdeling": False}


def test_the_last_talk_is_mutual_and_hands_over():
    last = questions("slut")
    assert {each.gentages for each in last} == {"", "opgaver", "maal"}
    assert sum(each.bruges_til == "afdeling" for each in last) == 8
    assert [each.hvem for each in last if each.bruges_til == "overlevering"] == ["faelles"]


@pytest.mark.parametrize("art", BY_ART)
def test_nobody_writes_more_than_ten_minutes(art):
    """A choice takes a few seconds, a text a minute and a half; a department has twelve tasks, the elev five goals."""
    times = {"": 1, "opgaver": 12, "maal": 5}
    for part in ("elev", "elevvejleder"):
        asked = [each for each in questions(art) if each.hvem in ("begge", part)]
        seconds = sum((10 if each.skala else 90) * times[each.gentages] for each in asked)
        assert seconds <= 600


# --- Into the database ---


@pytest.mark.django_db
def test_the_first_load_publishes_every_form_with_all_its_words():
    sync = load_skemaer(None)
    assert set(sync.outcomes.values()) == {Outcome.CREATED}
    stored = {skema.art: content_of(skema) for skema in whole_forms()}
    assert stored == {art: skema.indhold for art, skema in BY_ART.items()}
    assert {in_force(art).version for art in Art.values} == {1}


@pytest.mark.django_db
def test_the_second_load_does_nothing_and_asks_the_same_however_often():
    load_skemaer(None)
    rows = Evalueringsskema.objects.count(), Spoergsmaal.objects.count(), Skalatrin.objects.count()
    assert set(load_skemaer(None).outcomes.values()) == {Outcome.UNCHANGED}
    assert (Evalueringsskema.objects.count(), Spoergsmaal.objects.count(), Skalatrin.objects.count()) == rows


def changed(art="kort"):
    return (replace(BY_ART[art], navn="Kort snak"),)


@pytest.mark.django_db
def test_a_changed_file_is_a_new_version_from_today_and_the_old_one_stays():
    load_skemaer(None)
    assert set(load_skemaer(None, skemaer=changed()).outcomes.values()) == {Outcome.UPDATED}
    assert (in_force("kort").navn, in_force("kort").version) == ("Kort snak", 2)
    assert in_force("kort", TODAY - timedelta(days=1)).navn == "Kort evaluering"
    assert set(load_skemaer(None, skemaer=changed()).outcomes.values()) == {Outcome.UNCHANGED}


@pytest.mark.django_db
def test_a_version_of_the_municipality_is_left_alone_until_the_files_are_to_count():
    load_skemaer(None)
    own = {"art": "kort", "version": 2, "navn": "Vores", "status": "udgivet", "gaelder_fra": TODAY}
    Evalueringsskema.objects.create(**own, oprettet_af=BrugerFactory())
    sync = load_skemaer(None, skemaer=changed())
    assert in_force("kort").navn == "Vores"
    assert sync.kept == ["evalueringsskema 'Vores, version 2': kommunen har sin egen version"]
    load_skemaer(None, skemaer=changed(), overwrite=True)
    assert (in_force("kort").navn, in_force("kort").version) == ("Kort snak", 3)


@pytest.mark.django_db
def test_a_changed_file_waits_for_a_draft_that_somebody_works_on():
    load_skemaer(None)
    Evalueringsskema.objects.create(art="kort", version=2, navn="Vores", oprettet_af=BrugerFactory())
    sync = load_skemaer(None, skemaer=changed())
    assert in_force("kort").version == 1
    assert "udgiv eller kassér kladden" in sync.kept[0]


@pytest.mark.django_db
def test_a_version_with_a_later_day_is_not_in_force_before_it():
    load_skemaer(None)
    Evalueringsskema.objects.create(
        art="slut", version=2, navn="Næste", status="udgivet", gaelder_fra=date(2028, 1, 1), oprettet_af=BrugerFactory()
    )
    assert in_force("slut").version == 1
    with time_machine.travel(date(2028, 1, 1)):
        assert in_force("slut").version == 2
