import pytest

from afdelinger import permissions
from afdelinger.models import Afdeling, Bruger
from tests.factories import AfdelingFactory

PEOPLE = ["elevansvarlig", "administrator", "leder", "vejleder", "anden_vejleder", "fremmed"]


@pytest.fixture(params=[*PEOPLE, "elev"])
def user(request, cast):
    AfdelingFactory()
    person = cast.aase.bruger if request.param == "elev" else getattr(cast, request.param)
    return Bruger.objects.get(pk=person.pk)


def test_what_one_may_edit_is_what_is_found_for_editing(user):
    editable = set(permissions.editable_afdelinger(user))
    assert editable == {row for row in Afdeling.objects.all() if permissions.can_edit_afdeling(user, row)}


def test_what_one_may_see_is_what_is_found(user):
    visible = set(permissions.visible_afdelinger(user))
    assert visible == {row for row in Afdeling.objects.all() if permissions.can_view_afdeling(user, row)}
    people = set(permissions.visible_brugere(user))
    assert people == {row for row in Bruger.objects.all() if permissions.can_edit_bruger(user, row)}


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("elevansvarlig", {"oekonomi", "personale"}),
        ("leder", {"oekonomi"}),
        ("vejleder", {"oekonomi"}),
        ("anden_vejleder", {"personale"}),
        ("administrator", set()),
        ("fremmed", set()),
    ],
)
def test_who_edits_which_department(cast, who, where):
    found = permissions.editable_afdelinger(getattr(cast, who)).values_list("kode", flat=True)
    assert set(found) == where


@pytest.mark.parametrize("who", ["leder", "vejleder", "administrator", "fremmed"])
def test_only_the_elevansvarlig_governs_places_and_closing(cast, who):
    assert permissions.can_govern_afdeling(cast.elevansvarlig)
    assert not permissions.can_govern_afdeling(getattr(cast, who))
