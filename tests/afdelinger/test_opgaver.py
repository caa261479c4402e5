import pytest
from django.core.exceptions import ValidationError

from afdelinger.models import ItSystem, Opgave, Underomraade
from afdelinger.services import delete_del, move_del, move_opgave, retire_opgave, save_del, save_opgave
from afdelinger.services.opgaver import TEKSTER
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, fingerprint
from tests.factories import AfdelingFactory, MaalFactory, OpgaveFactory


def names(afdeling):
    return list(afdeling.opgaver.filter(udgaaet=False).order_by("nr", "id").values_list("navn", flat=True))


@pytest.fixture
def afdeling(cast):
    afdeling = AfdelingFactory()
    for navn in "ABC":
        OpgaveFactory(afdeling=afdeling, navn=navn)  # all with number 0, as a file may have them
    return afdeling


def test_a_new_task_comes_last_with_its_goals(cast):
    goal = MaalFactory()
    opgave = save_opgave(cast.vejleder, opgave=Opgave(afdeling=cast.oekonomi), navn="Bogføre bilag", maal=[goal])
    assert names(cast.oekonomi) == ["Afstemme konti", "Bogføre bilag"]
    assert list(opgave.maal.all()) == [goal]
    assert audit.history(cast.oekonomi).first().tekst == "Ny opgave: Bogføre bilag"


def test_tasks_with_the_same_name_get_different_codes(cast):
    one = save_opgave(cast.vejleder, opgave=Opgave(afdeling=cast.oekonomi), navn="Svare på mails")
    two = save_opgave(cast.leder, opgave=Opgave(afdeling=cast.personale), navn="Svare på mails")
    assert (one.kode, two.kode) == ("svare-paa-mails", "svare-paa-mails-2")


def test_a_stale_form_does_not_overwrite(cast):
    seen = fingerprint(cast.opgave, TEKSTER)
    save_opgave(cast.vejleder, opgave=Opgave.objects.get(pk=cast.opgave.pk), version=seen, navn="Afstemme alt")
    with pytest.raises(StaleError):
        save_opgave(cast.leder, opgave=cast.opgave, version=seen, navn="Noget andet")
    assert names(cast.oekonomi) == ["Afstemme alt"]


@pytest.mark.parametrize(
    ("navn", "op", "after"),
    [("B", True, "BAC"), ("B", False, "ACB"), ("A", True, "ABC"), ("C", False, "ABC"), ("C", True, "ACB")],
)
def test_moving_swaps_with_the_neighbour(cast, afdeling, navn, op, after):
    move_opgave(cast.elevansvarlig, opgave=afdeling.opgaver.get(navn=navn), op=op)
    assert names(afdeling) == list(after)


def test_moving_all_the_way_down_and_up_again(cast, afdeling):
    for _ in range(3):
        move_opgave(cast.elevansvarlig, opgave=afdeling.opgaver.get(navn="A"), op=False)
    assert names(afdeling) == list("BCA")
    for _ in range(3):
        move_opgave(cast.elevansvarlig, opgave=afdeling.opgaver.get(navn="A"), op=True)
    assert names(afdeling) == list("ABC")


def test_a_retired_task_is_hidden_and_can_come_back(cast, afdeling):
    opgave = afdeling.opgaver.get(navn="B")
    retire_opgave(cast.elevansvarlig, opgave=opgave)
    assert names(afdeling) == ["A", "C"]
    retire_opgave(cast.elevansvarlig, opgave=opgave, udgaaet=False)
    assert names(afdeling) == ["A", "B", "C"]


def test_retiring_twice_is_one_event(cast, afdeling):
    opgave = afdeling.opgaver.get(navn="B")
    retire_opgave(cast.elevansvarlig, opgave=opgave)
    retire_opgave(cast.elevansvarlig, opgave=opgave)
    assert audit.history(afdeling).count() == 1


def test_the_tasks_of_a_removed_sub_area_stay(cast, afdeling):
    area = Underomraade.objects.create(afdeling=afdeling, navn="Regnskab")
    afdeling.opgaver.update(underomraade=area)
    delete_del(cast.elevansvarlig, part=area)
    assert names(afdeling) == ["A", "B", "C"]


def test_two_parts_with_the_same_name_are_refused(cast, afdeling):
    save_del(cast.elevansvarlig, part=ItSystem(afdeling=afdeling), navn="OPUS", bestillingstid=14)
    with pytest.raises(ValidationError):
        save_del(cast.elevansvarlig, part=ItSystem(afdeling=afdeling), navn="OPUS")


def test_sub_areas_can_be_moved(cast, afdeling):
    for navn in ("Ét", "To"):
        save_del(cast.elevansvarlig, part=Underomraade(afdeling=afdeling), navn=navn)
    move_del(cast.elevansvarlig, part=afdeling.underomraader.get(navn="To"), op=True)
    assert [str(area) for area in afdeling.underomraader.all()] == ["To", "Ét"]
