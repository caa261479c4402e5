"""What is signed cannot be changed: not by a service, not by hand with the application's role, not by the owner."""

import io

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from elevforloeb.models import Ophold
from elevforloeb.project.management.commands.databaseroller import APP
from evaluering.models import Besvarelse, Evaluering, Punkt, Svar, Underskrift
from evaluering.models.skema import Part
from evaluering.services.plan import sync_evalueringer
from tests.evaluering_steps import agreed, half_signed, sealed, write

TABLES = [Evaluering, Punkt, Besvarelse, Svar, Underskrift]
CHANGES = {
    Evaluering: "frist = frist + 1", Punkt: "tekst = 'x'", Besvarelse: "delt = now()", Svar: "tekst = tekst || '.'",
    Underskrift: "bemaerkning = 'x'",
}  # fmt: skip
SENTENCES = ["update {table} set {change}", "delete from {table}", "truncate {table} cascade"]


@pytest.fixture(scope="module")
def rights(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("databaseroller", stdout=io.StringIO(), stderr=io.StringIO())


def run(sentence: str, role: str | None = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if role:
            cursor.execute(f"set local role {role}")
        cursor.execute(sentence)
        cursor.execute("set constraints all immediate")


def refused(sentence: str, role: str | None = None) -> bool:
    try:
        run(sentence, role)
    except DatabaseError:
        return True
    return False


def sentences(model) -> list[str]:
    return [each.format(table=model._meta.db_table, change=CHANGES[model]) for each in SENTENCES]


@pytest.mark.parametrize("role", [APP, None], ids=["application", "owner"])
@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_rows_of_a_sealed_evaluation_refuse_update_delete_and_truncate(rights, scene, model, role):
    scene(sealed)
    before = list(model.objects.values())
    assert before
    assert [refused(each, role) for each in sentences(model)] == [True, True, True]
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", [Punkt, Besvarelse, Svar], ids=lambda model: model.__name__)
def test_from_the_first_signature_on_questions_and_answers_are_fixed_too(scene, model):
    scene(half_signed)
    assert [refused(each) for each in sentences(model)] == [True, True, True]


def test_the_refusal_comes_from_our_guard_and_says_why(scene):
    scene(sealed)
    with pytest.raises(DatabaseError, match="Der er kvitteret for evalueringen"):
        run("update evaluering_svar set tekst = 'x'")


@pytest.mark.parametrize(
    "change",
    ["status = 'samtale', laast_tekst = '', forseglet = null, dokument_id = null", "status = 'bortfaldet'"],
)
@pytest.mark.parametrize("state", [half_signed, sealed])
def test_no_state_goes_back(cast, state, change):
    state(cast)
    assert refused(f"update evaluering_evaluering set {change}")  # noqa: S608


@pytest.mark.parametrize("state", [half_signed, sealed])
def test_nothing_is_added_to_what_is_signed(cast, state):
    evaluering = state(cast)
    svar = Svar.objects.first()
    svar.pk = None
    svar.besvarelse = evaluering.besvarelser.get(part=Part.FAELLES)
    svar.punkt = evaluering.punkter.get(tekst="Initiativ")
    with pytest.raises(DatabaseError, match="Der er kvitteret"), transaction.atomic():
        svar.save(force_insert=True)


def test_an_answer_cannot_be_moved_into_what_is_signed(cast):
    other = agreed(cast, art="midtvejs")
    write(cast.vejleder, other, "Udefra", part=Part.FAELLES)
    evaluering = sealed(cast)
    target = evaluering.besvarelser.get(part=Part.FAELLES).pk
    assert refused(f"update evaluering_svar set besvarelse_id = {target} where tekst = 'Udefra'")  # noqa: S608


def test_before_the_first_signature_the_same_changes_pass(scene):
    """The guard is about signatures: without them the sentences above are no errors in themselves."""
    scene(agreed)
    for model in (Evaluering, Punkt, Svar):
        assert not refused(sentences(model)[0])
    assert not refused("delete from evaluering_svar")
    assert refused("truncate evaluering_svar")


def test_a_sealed_one_survives_its_stay(scene):
    evaluering = scene(sealed)
    Ophold.objects.filter(pk=evaluering.ophold_id).delete()
    evaluering.refresh_from_db()
    assert evaluering.ophold is None
    sync_evalueringer()
    assert Evaluering.objects.filter(pk=evaluering.pk, status="forseglet").exists()


def test_a_stay_cannot_be_given_back_or_another_put_in_its_place(cast, scene):
    evaluering = scene(sealed)
    other = Ophold.objects.filter(elev=cast.aase).exclude(pk=evaluering.ophold_id).get()
    assert refused(f"update evaluering_evaluering set ophold_id = {other.pk}")  # noqa: S608
