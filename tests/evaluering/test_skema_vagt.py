"""What is published cannot be changed, whoever asks; what is a draft can."""

import pytest
from django.db import IntegrityError, connection, transaction

from evaluering.models import Afsnit, Evalueringsskema, Skala, Skalatrin, Spoergsmaal
from evaluering.queries.skema import content_of, in_force
from evaluering.services.skema.indhold import fill
from tests.factories import evalueringsskemaer

pytestmark = pytest.mark.django_db
PARTS = [Skala, Skalatrin, Afsnit, Spoergsmaal]


@pytest.fixture
def draft():
    words = content_of(evalueringsskemaer()["slut"])
    skema = Evalueringsskema.objects.create(art="slut", version=2, navn="Kladde")
    fill(skema, words)
    return skema


@pytest.mark.parametrize("model", [Evalueringsskema, *PARTS], ids=lambda model: model.__name__)
@pytest.mark.parametrize("act", ["update {} set id = id", "delete from {}"])
def test_nothing_of_a_published_form_can_be_changed_or_removed(model, act):
    evalueringsskemaer()
    sentence = act.format(model._meta.db_table)
    with pytest.raises(IntegrityError, match="Skemaet er udgivet"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


def test_nothing_can_be_added_to_a_published_form():
    afsnit = evalueringsskemaer()["slut"].afsnit.first()
    with pytest.raises(IntegrityError, match="Skemaet er udgivet"), transaction.atomic():
        Spoergsmaal.objects.create(afsnit=afsnit, nr=99, tekst="Nyt?")


def test_a_question_cannot_be_moved_from_a_draft_into_a_published_form(draft):
    theirs = in_force("slut").afsnit.first()
    with pytest.raises(IntegrityError, match="Skemaet er udgivet"), transaction.atomic():
        Spoergsmaal.objects.filter(afsnit__skema=draft).update(afsnit=theirs)


def test_a_draft_can_be_changed_and_thrown_away_with_all_its_parts(draft):
    Spoergsmaal.objects.filter(afsnit__skema=draft).update(tekst="Hvordan?")
    Skalatrin.objects.filter(skala__skema=draft).update(forklaring="")
    draft.delete()
    assert set(Afsnit.objects.values_list("skema__version", flat=True)) == {1}
