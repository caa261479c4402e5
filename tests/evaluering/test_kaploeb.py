"""Two who click at the same moment, in real threads: one document, one joint part, and no signature of another text."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from elevforloeb.core.models import Dokument, Haendelse
from evaluering.models import Besvarelse, Evaluering, Punkt, Svar, Underskrift
from evaluering.models.skema import Part
from evaluering.queries.tekst import fingerprint
from evaluering.services import underskrift
from evaluering.services.svar import Answer, save_answers
from evaluering.services.underskrift import correct, sign
from evaluering.services.vejen import begin, share, take_over
from tests.cast import make_cast, person
from tests.evaluering_steps import agreed, begun, fill_in, planned, sealed

pytestmark = pytest.mark.django_db(transaction=True)
S = Evaluering.Status
ROUNDS = 5


def race(*acts) -> list[str]:
    """Each in a thread of its own, at once. Answers what was refused."""
    barrier, refused = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=20)
            act()
        except ValidationError as error:
            refused.append(" ".join(error.messages))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.fixture
def cast():
    return make_cast()


def both_sign(cast) -> list[str]:
    evaluering = agreed(cast)
    sha256 = fingerprint(evaluering)
    people = (cast.aase.bruger, cast.vejleder)
    return race(*[lambda who=who: sign(who, evaluering=evaluering, sha256=sha256) for who in people * 2])


def test_both_sign_and_click_twice_at_once(cast):
    assert both_sign(cast) == []
    evaluering = Evaluering.objects.get()
    assert (evaluering.status, Dokument.objects.count()) == (S.FORSEGLET, 1)
    assert evaluering.dokument == Dokument.objects.get()
    assert Underskrift.objects.count() == 2
    assert Haendelse.objects.filter(handling="evaluering.forseglet").count() == 1


def test_without_the_lock_the_same_race_goes_wrong(cast, monkeypatch):
    """The sabotage twin: everybody reads the row before anybody has written."""
    everybody = threading.Barrier(4)

    def unlocked(evaluering):
        row = Evaluering.objects.select_related("elev__bruger", "afdeling", "skema", "elevvejleder").get(
            pk=evaluering.pk
        )
        everybody.wait(timeout=20)
        return row

    evaluering = agreed(cast)
    sha256 = fingerprint(evaluering)
    monkeypatch.setattr(underskrift, "lock", unlocked)
    people = (cast.aase.bruger, cast.vejleder)
    refused = race(*[lambda who=who: sign(who, evaluering=evaluering, sha256=sha256) for who in people * 2])
    assert refused, "without the lock somebody is turned away who did nothing wrong"
    assert Dokument.objects.count() <= 1, "and even then there are never two documents"


def test_both_share_at_once(cast):
    evaluering = begun(cast)
    people = (cast.aase.bruger, cast.vejleder)
    for who in people:
        fill_in(who, evaluering)
    assert race(*[lambda who=who: share(who, evaluering=evaluering) for who in people * 2]) == []
    evaluering.refresh_from_db()
    assert evaluering.status == S.SAMTALE
    assert Besvarelse.objects.filter(part=Part.FAELLES).count() == 1
    assert Besvarelse.objects.filter(delt__isnull=False).count() == 2


def test_both_begin_at_once(cast):
    evaluering = planned(cast)
    people = (cast.aase.bruger, cast.vejleder)
    assert race(*[lambda who=who: begin(who, evaluering=evaluering) for who in people * 2]) == []
    assert Punkt.objects.count() == 5


def test_one_writes_while_the_other_signs(cast):
    """Either the text came first, and the signature of the old one is refused, or the other way round."""
    evaluering = agreed(cast)
    sha256 = fingerprint(evaluering)
    row = Svar.objects.get(besvarelse__part=Part.FAELLES)
    answers = [Answer(row.punkt_id, None, "Rettet i sidste øjeblik", row.version)]
    refused = race(
        lambda: save_answers(cast.aase.bruger, evaluering=evaluering, part=Part.FAELLES, answers=answers),
        lambda: sign(cast.vejleder, evaluering=evaluering, sha256=sha256),
    )
    assert len(refused) == 1
    evaluering.refresh_from_db()
    row.refresh_from_db()
    signed = Underskrift.objects.first()
    if signed:
        assert (evaluering.status, row.version) == (S.LAAST, 1)
        assert signed.sha256 == sha256 == fingerprint(evaluering)
    else:
        assert (evaluering.status, row.tekst) == (S.SAMTALE, "Rettet i sidste øjeblik")


@pytest.mark.parametrize("window", range(ROUNDS))
def test_two_windows_write_the_same_answer_for_the_first_time(cast, window):
    evaluering = agreed(cast)
    punkt = evaluering.punkter.get(tekst="Initiativ").pk
    saved = []

    def write(who, text):
        answers = [Answer(punkt, None, text, 0)]
        saved.append((text, save_answers(who, evaluering=evaluering, part=Part.FAELLES, answers=answers)))

    assert race(lambda: write(cast.aase.bruger, "Hendes"), lambda: write(cast.vejleder, "Hans")) == []
    (stands,) = Svar.objects.filter(besvarelse__part=Part.FAELLES, punkt=punkt).values_list("tekst", flat=True)
    assert [text for text, each in saved if not each.conflicts] == [stands]
    assert [each.conflicts[0].theirs.tekst for _, each in saved if each.conflicts] == [stands]


def test_a_correction_is_made_once(cast):
    old = sealed(cast)
    race(*[lambda: correct(cast.elevansvarlig, evaluering=old, grund="Fejl") for _ in range(3)])
    assert Evaluering.objects.filter(retter=old).count() == 1


def test_one_takes_over_while_the_author_shares(cast):
    vikar = person("Viggo Vikar", "elevvejleder", cast.oekonomi)
    evaluering = begun(cast)
    fill_in(cast.vejleder, evaluering)
    refused = race(lambda: share(cast.vejleder, evaluering=evaluering), lambda: take_over(vikar, evaluering=evaluering))
    mine = Besvarelse.objects.get(evaluering=evaluering, forfatter=cast.vejleder)
    assert (mine.part, mine.delt is not None, len(refused)) in [
        ("elevvejleder", True, 1),
        ("afloest", False, 0),
        ("afloest", False, 1),
    ]
