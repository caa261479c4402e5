"""The way of an evaluation: begun, written apart, shared, opened, and each click as good twice as once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from elevforloeb.core.models import Haendelse
from elevforloeb.project.persondata import export
from evaluering.models import Besvarelse, Evaluering, Punkt
from evaluering.models.skema import Part
from evaluering.services.tilstand import MOVES, lock, move
from evaluering.services.vejen import begin, open_talk, share
from tests.cast import person
from tests.evaluering_steps import begun, fill_in, make_skema, opened, planned, sealed, shared, write
from tests.factories import OpgaveFactory

S = Evaluering.Status


def test_who_begins_fixes_the_form_in_force_and_its_questions(cast):
    evaluering = planned(cast)
    OpgaveFactory(afdeling=cast.oekonomi, navn="Føre kassebog")
    begin(cast.vejleder, evaluering=evaluering)
    make_skema("slut")
    evaluering.refresh_from_db()
    assert (evaluering.status, evaluering.skema.version) == (S.IGANG, 1)
    OpgaveFactory(afdeling=cast.oekonomi, navn="Senere opgave")
    begin(cast.aase.bruger, evaluering=evaluering)
    asked = list(evaluering.punkter.values_list("nr", "tekst"))
    assert asked[:3] == [(1, "Afstemme konti"), (2, "Føre kassebog"), (3, "Initiativ")]
    assert len(asked) == 6


def test_a_second_click_on_begin_finds_the_work_done(cast, scene):
    evaluering = scene(begun)
    again = begin(cast.vejleder, evaluering=evaluering)
    assert (again.pk, again.status) == (evaluering.pk, S.IGANG)
    assert Haendelse.objects.filter(handling="evaluering.begyndt").count() == 1


@pytest.mark.parametrize("name", ["anden_vejleder", "elevansvarlig", "leder", "fremmed"])
def test_only_the_elev_and_the_departments_elevvejledere_begin(cast, name):
    with pytest.raises(ValidationError, match="Kun eleven og afdelingens elevvejledere"):
        begin(getattr(cast, name), evaluering=planned(cast))


def test_without_a_published_form_it_cannot_begin_and_says_whom_to_ask(cast):
    evaluering = planned(cast)
    evaluering.art = "kort"
    evaluering.save()
    with pytest.raises(ValidationError, match="ikke udgivet et skema"):
        begin(cast.vejleder, evaluering=evaluering)
    evaluering.refresh_from_db()
    assert evaluering.status == S.PLANLAGT


def test_compulsory_answers_come_before_sharing_and_ends_need_a_comment(cast, scene):
    evaluering = scene(begun)
    with pytest.raises(ValidationError) as refused:
        share(cast.aase.bruger, evaluering=evaluering)
    assert refused.value.messages == ["Svar på “Afstemme konti”."]
    fill_in(cast.aase.bruger, evaluering)
    svar = evaluering.besvarelser.get(part="elev").svar.get(punkt__tekst="Initiativ")
    svar.trin = svar.trin.skala.trin.get(navn="Begynder")
    svar.save()
    with pytest.raises(ValidationError, match="Giv et eksempel til dit svar på “Initiativ”"):
        share(cast.aase.bruger, evaluering=evaluering)


def test_the_second_to_share_opens_the_talk(cast, scene):
    evaluering = scene(begun)
    fill_in(cast.aase.bruger, evaluering)
    assert share(cast.aase.bruger, evaluering=evaluering).status == S.IGANG
    assert share(cast.aase.bruger, evaluering=evaluering).status == S.IGANG
    fill_in(cast.vejleder, evaluering)
    after = share(cast.vejleder, evaluering=evaluering)
    assert after.status == S.SAMTALE and after.samtale_aabnet
    assert share(cast.vejleder, evaluering=evaluering).status == S.SAMTALE
    assert Haendelse.objects.filter(handling="evaluering.delt").count() == 2


def test_what_is_shared_is_locked(cast, scene):
    evaluering = scene(begun)
    fill_in(cast.aase.bruger, evaluering)
    share(cast.aase.bruger, evaluering=evaluering)
    with pytest.raises(ValidationError, match="de er låst"):
        write(cast.aase.bruger, evaluering, "Nyt", version=1)


def test_the_talk_opens_without_who_has_not_shared_and_she_may_share_later(cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Kun mit")
    evaluering = open_talk(cast.vejleder, evaluering=evaluering)
    assert evaluering.status == S.SAMTALE
    assert open_talk(cast.aase.bruger, evaluering=evaluering).status == S.SAMTALE
    assert evaluering.besvarelser.get(part="elev").delt is None
    told = Haendelse.objects.get(handling="evaluering.samtale")
    assert told.data == {"har_ikke_delt": ["elev", "elevvejleder"]}
    share(cast.aase.bruger, evaluering=evaluering)  # as it stands, also without the compulsory ones
    assert evaluering.besvarelser.get(part="elev").delt


def test_the_talk_cannot_open_before_somebody_has_begun(cast):
    with pytest.raises(ValidationError, match="ikke begyndt"):
        open_talk(cast.vejleder, evaluering=planned(cast))


def test_a_draft_is_its_authors_alone_also_towards_a_colleague(cast):
    colleague = person("Kim Kollega", "elevvejleder", cast.oekonomi)
    evaluering = begun(cast)
    write(cast.vejleder, evaluering, "Mit")
    with pytest.raises(ValidationError, match="Vera Vejleder er i gang"):
        write(colleague, evaluering, "Dit")
    with pytest.raises(ValidationError, match="Vera Vejleder er i gang"):
        share(colleague, evaluering=evaluering)


def test_every_move_that_the_table_does_not_name_is_refused(cast):
    for old in S:
        for new in set(S) - MOVES[old]:
            with pytest.raises(ValidationError):
                move(Evaluering(pk=1, status=old), new)


def test_of_two_moves_at_once_the_later_one_is_refused(cast):
    one, two = begun(cast), Evaluering.objects.get()
    move(lock(one), S.BORTFALDET)
    with pytest.raises(ValidationError, match="En anden har ændret"):
        move(two, S.BORTFALDET)


def test_no_text_of_an_evaluation_is_in_the_history(scene):
    scene(sealed)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_haendelse h where h::text ~ 'Ord fra|Rutineret'")
        assert cursor.fetchone()[0] == 0
    assert Haendelse.objects.filter(objekttype="evaluering.Evaluering").count() >= 7


def test_the_talk_begins_with_one_joint_part(cast):
    for evaluering in (shared(cast), opened(cast, art="midtvejs")):
        assert Besvarelse.objects.filter(evaluering=evaluering, part=Part.FAELLES).count() == 1
    assert Punkt.objects.count() == 10


def test_what_the_elev_has_her_data_handed_out_holds_no_draft_of_the_elevvejleder(cast, scene):
    evaluering = scene(begun)
    write(cast.vejleder, evaluering, "Ikke delt")
    write(cast.aase.bruger, evaluering, "Mit eget")
    open_talk(cast.aase.bruger, evaluering=evaluering)
    write(cast.vejleder, evaluering, "Aftalt", part=Part.FAELLES)
    handed_out = str(export(cast.aase.bruger))
    assert "Mit eget" in handed_out and "Aftalt" in handed_out
    assert "Ikke delt" not in handed_out
