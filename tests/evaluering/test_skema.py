"""A draft: begun, changed in every way, published, thrown away. What two windows do to each other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError
from evaluering.models import Afsnit, Evalueringsskema, Skala, Spoergsmaal
from evaluering.queries.skema import changes_of, content_of, in_force, skema_lines, whole_forms
from evaluering.services.skema import (
    begin_draft,
    discard_draft,
    head_version,
    move_part,
    part_version,
    publish_skema,
    remove_part,
    save_part,
    save_skala,
    skema_version,
    update_head,
)
from tests.factories import TODAY, evalueringsskemaer

HEAD = {"navn": "Slutsamtale", "indledning": "Kort.", "med_elevansvarlig": False, "kilde": "Egen"}
QUESTION = {"tekst": "Hvad gik bedst?", "hjaelp": "", "hvem": "begge", "svarform": "tekst", "skala": None}
QUESTION |= {"kraevet": False, "gentages": "", "bruges_til": ""}


@pytest.fixture
def published(db):
    return evalueringsskemaer()


@pytest.fixture
def draft(published, cast):
    return begin_draft(cast.elevansvarlig, art="slut")


@pytest.fixture
def actor(cast):
    return cast.elevansvarlig


def fresh(skema):
    return whole_forms().get(pk=skema.pk)


def publish(actor, draft, day=TODAY):
    return publish_skema(actor, skema=draft, gaelder_fra=day, version=skema_version(draft))


def add_question(actor, draft, **changes):
    part = Spoergsmaal(afsnit=draft.afsnit.first())
    return save_part(actor, part=part, version="ny", **QUESTION | changes)


# --- Begin, discard, publish ---


def test_a_draft_is_a_copy_of_the_last_version_word_for_word(published, draft):
    assert content_of(draft) == content_of(published["slut"])
    assert changes_of(draft) == []
    assert draft.version == 2


def test_there_is_one_draft_at_a_time(draft, actor):
    with pytest.raises(ValidationError, match="allerede en kladde"):
        begin_draft(actor, art="slut")


def test_a_thrown_away_draft_leaves_the_published_form_and_a_line_in_the_history(published, draft, actor):
    number = draft.pk
    discard_draft(actor, skema=draft)
    assert in_force("slut") == published["slut"]
    draft.pk = number
    assert "skema.kasseret" in audit.history(draft).values_list("handling", flat=True)


def test_a_published_draft_is_in_force_from_its_day_and_the_old_one_before_it(draft, actor):
    publish(actor, draft, TODAY + timedelta(days=3))
    assert in_force("slut").version == 1
    assert in_force("slut", TODAY + timedelta(days=3)) == draft
    line = next(each for each in skema_lines() if each.art == "slut")
    assert (line.nu.version, [each.version for each in line.kommende], line.kladde) == (1, [2], None)


def test_a_form_cannot_be_published_into_the_past(draft, actor):
    with pytest.raises(ValidationError, match="en senere dag"):
        publish(actor, draft, TODAY - timedelta(days=1))


def test_a_form_cannot_be_in_force_before_the_version_that_it_follows(draft, actor):
    publish(actor, draft, TODAY + timedelta(days=30))
    third = begin_draft(actor, art="slut")
    with pytest.raises(ValidationError, match="Version 2 gælder først fra 14. november 2027"):
        publish(actor, third, TODAY + timedelta(days=29))


def test_a_form_with_an_empty_section_cannot_be_published(draft, actor):
    save_part(actor, part=Afsnit(skema=draft), version="ny", titel="Tomt", vejledning="")
    with pytest.raises(ValidationError, match="“Tomt” har ingen spørgsmål"):
        publish(actor, fresh(draft))


def test_what_is_published_is_what_was_seen(draft, actor):
    seen = skema_version(draft)
    add_question(actor, draft)
    with pytest.raises(StaleError, match="rettet, siden du så den"):
        publish_skema(actor, skema=draft, gaelder_fra=TODAY, version=seen)
    assert in_force("slut").version == 1


def test_a_published_form_can_neither_be_changed_nor_published_again(draft, actor):
    publish(actor, draft)
    part = Spoergsmaal.objects.filter(afsnit__skema=draft).first()
    for act in (
        lambda: publish(actor, draft),
        lambda: discard_draft(actor, skema=draft),
        lambda: update_head(actor, skema=draft, version=head_version(draft), **HEAD),
        lambda: save_part(actor, part=part, version=part_version(part), tekst="Nyt"),
        lambda: move_part(actor, part=part, op=False),
        lambda: remove_part(actor, part=part),
    ):
        with pytest.raises(StaleError, match="udgivet eller kasseret"):
            act()


# --- The parts ---


def test_a_new_question_comes_last_in_its_section(draft, actor):
    add_question(actor, draft)
    assert [str(each) for each in draft.afsnit.first().spoergsmaal.all()] == ["Afdelingens opgaver", "Hvad gik bedst?"]
    assert changes_of(fresh(draft)) == ["Nyt spørgsmål i “Afdelingens opgaver”: Hvad gik bedst?"]


def test_a_question_can_move_to_another_section_and_within_it(draft, actor):
    first, second = draft.afsnit.all()[:2]
    part = first.spoergsmaal.get()
    part = save_part(actor, part=part, version=part_version(part), afsnit=second)
    assert move_part(actor, part=part, op=True)
    assert not move_part(actor, part=part, op=True)
    assert [each.tekst for each in second.spoergsmaal.all()] == ["Afdelingens opgaver", "Uddannelsens mål"]


def test_sections_change_places(draft, actor):
    before = [each.titel for each in draft.afsnit.all()]
    assert move_part(actor, part=draft.afsnit.all()[1], op=True)
    assert [each.titel for each in draft.afsnit.all()] == [before[1], before[0], *before[2:]]
    assert "Afsnittene står i en anden rækkefølge" in changes_of(fresh(draft))


def test_nothing_goes_unseen_a_section_in_use_stays(draft, actor):
    afsnit = draft.afsnit.first()
    with pytest.raises(ValidationError, match="Flyt eller fjern dem først"):
        remove_part(actor, part=afsnit)
    remove_part(actor, part=afsnit.spoergsmaal.get())
    remove_part(actor, part=afsnit)
    assert "Afsnit fjernet: Afdelingens opgaver" in changes_of(fresh(draft))


def test_a_scale_in_use_stays(draft, actor):
    with pytest.raises(ValidationError, match="bruges af spørgsmål"):
        remove_part(actor, part=draft.skalaer.first())


@pytest.mark.parametrize("wrong", [{"hvem": "begge"}, {"hvem": "elev"}, {"hvem": "faelles", "gentages": "maal"}])
def test_what_is_carried_on_is_written_together_once_and_as_text(draft, actor, wrong):
    with pytest.raises(ValidationError, match="skrives sammen ved samtalen"):
        add_question(actor, draft, bruges_til="fokus", **wrong)


def test_only_the_elev_speaks_of_the_department(draft, actor):
    with pytest.raises(ValidationError, match="Kun elevens svar"):
        add_question(actor, draft, bruges_til="afdeling")


def test_a_question_cannot_borrow_the_scale_of_another_version(published, draft, actor):
    theirs = published["slut"].skalaer.first()
    with pytest.raises(ValidationError, match="en af skemaets skalaer"):
        add_question(actor, draft, svarform="skala", skala=theirs)


STEPS = [{"navn": navn, "forklaring": "", "er_niveau": navn != "Ved ikke"} for navn in ("Ved ikke", "Nej", "Ja")]


def test_a_scale_is_saved_as_a_whole(draft, actor):
    skala = Skala(skema=draft)
    saved = save_skala(actor, skala=skala, navn="Ja eller nej", kommentar_ved_enderne=False, trin=STEPS, version="ny")
    assert [(each.nr, each.navn, each.er_niveau) for each in saved.trin.all()] == [
        (1, "Ved ikke", False),
        (2, "Nej", True),
        (3, "Ja", True),
    ]


def test_a_scale_has_two_levels_at_least(draft, actor):
    with pytest.raises(ValidationError, match="mindst to trin"):
        save_skala(
            actor, skala=Skala(skema=draft), navn="Ja", kommentar_ved_enderne=False, trin=STEPS[:2], version="ny"
        )


# --- Two windows ---


def test_of_two_windows_with_the_same_question_the_second_sees_what_the_first_wrote(draft, actor):
    part = draft.afsnit.first().spoergsmaal.get()
    seen = part_version(part)
    save_part(actor, part=part, version=seen, tekst="Opgaver i afdelingen")
    with pytest.raises(StaleError, match="Opgaver i afdelingen"):
        save_part(actor, part=Spoergsmaal.objects.get(pk=part.pk), version=seen, tekst="Afdelingens arbejde")


def test_of_two_windows_with_the_same_scale_the_second_sees_what_the_first_wrote(draft, actor):
    skala = draft.skalaer.first()
    words = {"navn": skala.navn, "kommentar_ved_enderne": False, "version": part_version(skala)}
    save_skala(actor, skala=skala, trin=STEPS, **words)
    with pytest.raises(StaleError, match="Ved ikke"):
        save_skala(actor, skala=Skala.objects.get(pk=skala.pk), trin=STEPS[1:], **words)


def test_a_question_that_was_removed_in_another_window_is_told(draft, actor):
    part = draft.afsnit.first().spoergsmaal.get()
    remove_part(actor, part=Spoergsmaal.objects.get(pk=part.pk))
    with pytest.raises(StaleError, match="fjernet i mellemtiden"):
        save_part(actor, part=part, version=part_version(part), tekst="Nyt")


# --- What has changed ---


def test_the_changes_are_told_in_sentences(draft, actor):
    update_head(actor, skema=draft, version=head_version(draft), **HEAD | {"med_elevansvarlig": True})
    part = Spoergsmaal.objects.get(afsnit__skema=draft, tekst="Fælles konklusion")
    save_part(actor, part=part, version=part_version(part), tekst="Vores fælles konklusion", hjaelp="")
    assert changes_of(fresh(draft)) == [
        "Skemaet hedder nu “Slutsamtale”",
        "Indledningen er ændret",
        "Den elevansvarlige deltager nu",
        "Omformuleret: “Fælles konklusion” er nu “Vores fælles konklusion”",
        "“Vores fælles konklusion”: hjælpetekst er ændret",
    ]


def test_the_list_of_forms_takes_one_statement(published, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [each.nu.version for each in skema_lines()] == [1] * 5


def test_a_form_with_everything_in_it_takes_a_fixed_number_of_statements(draft, django_assert_num_queries):
    with django_assert_num_queries(5):
        content_of(fresh(draft))
    assert Evalueringsskema.objects.count() == 6
