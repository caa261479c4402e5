"""Answers saved while somebody types: what conflicts is told and never overwritten."""

import pytest
from django.core.exceptions import ValidationError

from evaluering.models import Punkt, Svar
from evaluering.models.skema import Part
from evaluering.services.svar import LONGEST, Answer, save_answers
from tests.evaluering_steps import begun, half_signed, sealed, shared, words, write


def test_each_change_counts_and_the_window_is_told_the_new_version(cast, scene):
    evaluering = scene(begun)
    punkt = Punkt.objects.get(tekst="Hvad er gået godt?")
    assert write(cast.vejleder, evaluering, "En").versions == {punkt.pk: 1}
    assert write(cast.vejleder, evaluering, "To", version=1).versions == {punkt.pk: 2}
    assert words(evaluering, "elevvejleder") == "To"


def test_a_stale_save_changes_nothing_and_shows_what_stands_there(cast, scene):
    evaluering = scene(begun)
    write(cast.vejleder, evaluering, "En")
    write(cast.vejleder, evaluering, "To", version=1)
    for stale in (0, 1, 3):
        saved = write(cast.vejleder, evaluering, "Forældet", version=stale)
        assert saved.versions == {}
        assert [(each.theirs.tekst, each.theirs.version) for each in saved.conflicts] == [("To", 2)]
    assert words(evaluering, "elevvejleder") == "To"


def test_the_same_text_once_more_is_no_conflict(cast, scene):
    evaluering = scene(begun)
    for _ in range(2):
        assert list(write(cast.aase.bruger, evaluering, "Det samme").versions.values()) == [1]


def test_what_does_not_conflict_is_saved_beside_what_does(cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Først")
    godt, initiativ = Punkt.objects.get(tekst="Hvad er gået godt?"), Punkt.objects.get(tekst="Initiativ")
    step = initiativ.skala.trin.get(navn="Rutineret")
    answers = [Answer(godt.pk, None, "Senere", 0), Answer(initiativ.pk, step.pk, "Fordi", 0)]
    saved = save_answers(cast.aase.bruger, evaluering=evaluering, part="elev", answers=answers)
    assert saved.versions == {initiativ.pk: 1}
    assert [each.punkt for each in saved.conflicts] == [godt.pk]
    assert Svar.objects.get(punkt=initiativ).trin == step


def test_both_parties_write_the_joint_part_and_a_remark_on_any_question(cast, scene):
    evaluering = scene(shared)
    write(cast.aase.bruger, evaluering, "Vi er enige", part=Part.FAELLES)
    assert write(cast.vejleder, evaluering, "Nej", part=Part.FAELLES).conflicts
    write(cast.vejleder, evaluering, "Ja, næsten", part=Part.FAELLES, version=1)
    assert words(evaluering, "faelles") == "Ja, næsten"
    assert words(evaluering, "elev") == "Ord fra elev om Hvad er gået godt?"


@pytest.mark.parametrize("text", ["é" * LONGEST, "To\r\nlinjer", "a\x00b"])
def test_odd_text_is_kept_as_far_as_it_can_be(cast, scene, text):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, text)
    assert words(evaluering, "elev") == text.replace("\r\n", "\n").replace("\x00", "")


def test_a_text_that_is_too_long_is_refused_with_words(cast):
    with pytest.raises(ValidationError, match="højst være på 5000 tegn"):
        write(cast.aase.bruger, begun(cast), "x" * (LONGEST + 1))


def test_nobody_answers_for_another_or_what_is_not_asked(cast, scene):
    evaluering = scene(begun)
    with pytest.raises(ValidationError, match="kun skrive dine egne"):
        write(cast.vejleder, evaluering, "Som hende", part=Part.ELEV)
    with pytest.raises(ValidationError, match="stilles ikke til dig"):
        write(cast.vejleder, evaluering, "Godt", spoergsmaal="Jeg blev taget godt imod")
    with pytest.raises(ValidationError, match="stilles ikke til dig"):
        write(cast.vejleder, evaluering, "Godt", spoergsmaal="Fælles konklusion")
    with pytest.raises(ValidationError, match="ikke åbnet endnu"):
        write(cast.vejleder, evaluering, "Godt", spoergsmaal="Fælles konklusion", part=Part.FAELLES)


def test_a_step_of_another_scale_or_to_a_question_in_words_is_refused(cast, scene):
    evaluering = scene(begun)
    godt = Punkt.objects.get(tekst="Hvad er gået godt?")
    step = Punkt.objects.get(tekst="Initiativ").skala.trin.first()
    with pytest.raises(ValidationError, match="Vælg et af de trin"):
        save_answers(cast.aase.bruger, evaluering=evaluering, part="elev", answers=[Answer(godt.pk, step.pk, "", 0)])


@pytest.mark.parametrize("state", [half_signed, sealed])
def test_after_the_first_signature_nothing_is_written(cast, state):
    evaluering = state(cast)
    with pytest.raises(ValidationError, match="låst|kan ikke ændres"):
        write(cast.vejleder, evaluering, "Mere", part=Part.FAELLES)


@pytest.mark.parametrize("name", ["leder", "elevansvarlig", "anden_vejleder", "fremmed"])
def test_outsiders_write_nothing_at_the_talk(cast, name):
    with pytest.raises(ValidationError, match="Kun dem, der holder samtalen"):
        write(getattr(cast, name), shared(cast), "Hej", part=Part.FAELLES)
