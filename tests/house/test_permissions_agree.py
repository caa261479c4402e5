"""can_…(user, object) and visible_…(user) are two ways of asking the same: for every role and object they agree."""

import pytest
from django.utils import timezone

from afdelinger import permissions as ground
from afdelinger.models import Afdeling, Bruger
from elevforloeb import permissions as trainees
from elevforloeb.models import Binding, Elev, Fordeling, Oenskerunde, Oenskeseddel, Ophold, Tildeling, Udbudssvar
from elevforloeb.project import permissions as roof
from elevforloeb.project.models import Uddannelsesbog
from elevforloeb.project.sletning import erase_person
from elevforloeb.services.oensker import add_binding
from evaluering import permissions as evaluations
from evaluering.models import Deling, Dialognote, Evaluering, Oplaeringserklaering
from evaluering.services.dialognoter import add_note
from skoleophold import permissions as school
from skoleophold.models import Karakter, Skoleophold, Studietur, Udlaeg
from skoleophold.services.karakterer import share
from tests.evaluering_steps import begun, sealed
from tests.factories import BrugerFactory, ErklaeringFactory, OpholdFactory, RolletildelingFactory
from tests.fordeling_steps import run
from tests.oenske_steps import answered_round, wish
from tests.skole_steps import class_at_school, first_period, give, make_trip
from tests.udlaeg_steps import draft, sent

from .stage import IDENTITIES

PAIRS = [
    (trainees.can_view_elev, trainees.visible_elever, Elev),
    (trainees.can_view_runde, trainees.visible_runder, Oenskerunde),
    (trainees.can_view_udbudssvar, trainees.visible_udbudssvar, Udbudssvar),
    (trainees.can_view_seddel, trainees.visible_sedler, Oenskeseddel),
    (trainees.can_view_binding, trainees.visible_bindinger, Binding),
    (trainees.can_view_fordeling, trainees.visible_fordelinger, Fordeling),
    (trainees.can_view_tildeling, trainees.visible_tildelinger, Tildeling),
    (school.can_view_karakter, school.visible_karakterer, Karakter),
    (school.can_view_udlaeg, school.visible_udlaeg, Udlaeg),
    (school.can_view_studietur, school.visible_studieture, Studietur),
    (school.can_see_skolevejledning, school.visible_skolevejledninger, Skoleophold),
    (evaluations.can_view_evaluering, evaluations.visible_evalueringer, Evaluering),
    (evaluations.can_view_erklaering, evaluations.visible_erklaeringer, Oplaeringserklaering),
    (evaluations.can_view_dialognote, evaluations.visible_dialognoter, Dialognote),
    (evaluations.can_view_billede, evaluations.afdelinger_with_billede, Afdeling),
    (roof.can_view_bog, roof.visible_boeger, Uddannelsesbog),
    (ground.can_view_afdeling, ground.visible_afdelinger, Afdeling),
    (ground.can_edit_afdeling, ground.editable_afdelinger, Afdeling),
    (ground.can_edit_bruger, ground.visible_brugere, Bruger),
    (ground.can_erase_bruger, ground.erasable_brugere, Bruger),
]


@pytest.fixture
def world(scene):
    return scene(make_world)


def make_world(cast):
    """The cast, a stranger in a department of his own, somebody erased, an elev who is elevvejleder too, and wishes."""
    OpholdFactory()  # an elev and a department that nobody of the cast has to do with
    erase_person(None, person=BrugerFactory(), grund="fejl")
    RolletildelingFactory(bruger=cast.bo.bruger, rolle="elevvejleder", afdeling=cast.oekonomi)
    ErklaeringFactory(elev=cast.aase)
    ErklaeringFactory(elev=cast.bo, status="til_elev")
    add_note(cast.aase.bruger, elev=cast.aase, tekst="Godt i gang")
    runde = answered_round(cast)
    wish(runde, cast.aase, cast.personale)
    wish(runde, cast.bo, cast.personale, indsend=False)
    pin = {"afdeling": cast.personale, "art": "fast", "trin": 2, "grund": "Aftalt"}
    add_binding(cast.elevansvarlig, runde=runde, elev=cast.aase, **pin)
    published = run(cast, runde)
    Fordeling.objects.filter(pk=published.pk).update(udgivet=timezone.now())
    run(cast, runde, "Ikke udgivet")
    skoleperiode = first_period(class_at_school(cast))
    for elev in (cast.aase, cast.bo):
        give(cast, elev, skoleperiode=skoleperiode)
    share(cast.aase.bruger, elev=cast.aase)
    draft(cast.aase)
    sent(cast.bo)
    make_trip(cast, ledsager=cast.anden_vejleder)
    add_evalueringer(cast)
    Uddannelsesbog.objects.create(elev=cast.aase, bestilt_af=cast.elevansvarlig)
    Uddannelsesbog.objects.create(elev=cast.bo, bestilt_af=cast.bo.bruger)
    return cast


def add_evalueringer(cast) -> None:
    """One that is only begun, one of a stranger, and a sealed one that is shared with the next department."""
    begun(cast, art="midtvejs")
    sealed(cast)
    Deling.objects.create(evaluering=Evaluering.objects.get(status="forseglet"), afdeling=cast.personale)
    stay = Ophold.objects.exclude(elev__in=[cast.aase, cast.bo]).first()
    Evaluering.objects.create(elev=stay.elev, ophold=stay, afdeling=stay.afdeling, art="slut", frist=stay.sidste_dag)


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
