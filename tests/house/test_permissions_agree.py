"""can_…(user, object) and visible_…(user) are two ways of asking the same: for every role and object they agree."""

import pytest

from afdelinger import permissions as ground
from afdelinger.models import Afdeling, Bruger
from elevforloeb import permissions as trainees
from elevforloeb.models import Elev
from elevforloeb.project.sletning import erase_person
from tests.factories import BrugerFactory, OpholdFactory, RolletildelingFactory

from .test_access import IDENTITIES

PAIRS = [
    (trainees.can_view_elev, trainees.visible_elever, Elev),
    (ground.can_view_afdeling, ground.visible_afdelinger, Afdeling),
    (ground.can_edit_afdeling, ground.editable_afdelinger, Afdeling),
    (ground.can_edit_bruger, ground.visible_brugere, Bruger),
    (ground.can_erase_bruger, ground.erasable_brugere, Bruger),
]


@pytest.fixture
def world(cast):
    """The cast, a stranger in a department of his own, somebody who is erased, and an elev who is also elevvejleder."""
    OpholdFactory()  # an elev and a department that nobody of the cast has to do with
    erase_person(None, person=BrugerFactory(), grund="fejl")
    RolletildelingFactory(bruger=cast.bo.bruger, rolle="elevvejleder", afdeling=cast.oekonomi)
    return cast


@pytest.mark.parametrize(("can", "visible", "model"), PAIRS, ids=lambda x: getattr(x, "__name__", ""))
def test_can_and_visible_agree(can, visible, model, world):
    people = {name: find(world) for name, find in IDENTITIES.items()} | {"elev and elevvejleder": world.bo.bruger}
    for name, user in people.items():
        seen = set(visible(user))
        for obj in model.objects.all():
            assert can(user, obj) == (obj in seen), f"{name}: {obj}"


def test_there_is_something_to_disagree_about(world):
    """Each question has both answers somewhere in the world; otherwise agreeing is easy."""
    people = [find(world) for find in IDENTITIES.values()]
    for can, _, model in PAIRS:
        answers = {can(user, obj) for user in people for obj in model.objects.all()}
        assert answers == {True, False}, can.__name__
