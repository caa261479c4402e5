"""The guard of the published plan, in the database itself: whoever writes, by whatever way."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from elevforloeb.core.periods import period
from elevforloeb.models import Ophold
from tests.factories import AfdelingFactory, ElevFactory, HoldFactory, OpholdFactory

pytestmark = pytest.mark.django_db
AUTUMN = period(date(2027, 9, 1), date(2027, 12, 31))


def speak_now(when="immediate"):
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints all {when}")


@contextmanager
def refused_by(constraint: str):
    """What is written inside is refused by that constraint when the deferred checks run."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        speak_now("deferred")
        yield
        speak_now()
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_more_elever_than_places_is_refused():
    afdeling, hold = AfdelingFactory(pladser=2), HoldFactory()
    with refused_by("ophold_pladser"):
        for _ in range(3):
            OpholdFactory(afdeling=afdeling, elev=ElevFactory(hold=hold), periode=AUTUMN)


def test_as_many_elever_as_places_pass_also_when_one_follows_another():
    afdeling, hold = AfdelingFactory(pladser=1), HoldFactory()
    OpholdFactory(afdeling=afdeling, elev=ElevFactory(hold=hold), periode=AUTUMN)
    OpholdFactory(afdeling=afdeling, elev=ElevFactory(hold=hold), periode=period(date(2028, 1, 1), date(2028, 4, 30)))
    speak_now()


def test_fewer_places_than_elever_is_refused():
    afdeling, hold = AfdelingFactory(pladser=2), HoldFactory()
    for _ in range(2):
        OpholdFactory(afdeling=afdeling, elev=ElevFactory(hold=hold), periode=AUTUMN)
    with refused_by("ophold_pladser"):
        afdeling.pladser.update(antal=1)


def test_a_swap_passes_because_the_check_waits_for_the_end():
    one, other, hold = AfdelingFactory(pladser=1), AfdelingFactory(pladser=1), HoldFactory()
    first = OpholdFactory(afdeling=one, elev=ElevFactory(hold=hold), periode=AUTUMN)
    second = OpholdFactory(afdeling=other, elev=ElevFactory(hold=hold), periode=AUTUMN)
    speak_now()
    with transaction.atomic():
        speak_now("deferred")
        Ophold.objects.filter(pk=first.pk).update(afdeling=other)
        Ophold.objects.filter(pk=second.pk).update(afdeling=one)
        speak_now()


def test_a_stay_in_a_closed_department_is_refused():
    afdeling = AfdelingFactory(periode=period(date(2020, 1, 1), date(2027, 10, 1)))
    with refused_by("ophold_afdeling_aaben"):
        OpholdFactory(afdeling=afdeling, periode=AUTUMN)


def test_a_stay_outside_the_agreement_is_refused():
    with refused_by("ophold_i_aftalen"):
        OpholdFactory(periode=period(date(2027, 8, 31), date(2027, 12, 31)))


def test_an_elev_is_in_one_department_at_a_time():
    stay = OpholdFactory(periode=AUTUMN)
    with refused_by("ophold_ingen_overlap"):
        OpholdFactory(elev=stay.elev, periode=period(date(2027, 12, 31), date(2028, 1, 31)))
