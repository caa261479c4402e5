from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from elevforloeb.core.rules import rules
from elevforloeb.permissions import announced_ophold, can_view_elev, opens, visible_elever


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def fresh(user):
    """The same person at the next request: the roles are asked for anew."""
    return type(user).objects.get(pk=user.pk)


def test_elevansvarlig_sees_every_elev(cast):
    assert set(visible_elever(cast.elevansvarlig)) == {cast.aase, cast.bo}


def test_elev_sees_only_herself(cast):
    assert list(visible_elever(cast.aase.bruger)) == [cast.aase]


def test_elevvejleder_sees_the_elev_of_the_own_department_only(cast):
    assert list(visible_elever(cast.vejleder)) == [cast.aase]


def test_administrator_and_stranger_see_nobody(cast):
    assert not visible_elever(cast.administrator).exists()
    assert not visible_elever(cast.fremmed).exists()


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        (date(2027, 12, 3), False),  # Bo comes on 1 January: 29 days before
        (date(2027, 12, 4), True),  # 28 days before
        (date(2028, 4, 30), True),  # his last day
        (date(2028, 6, 11), True),  # 42 days after it
        (date(2028, 6, 12), False),
    ],
)
def test_department_sees_an_elev_from_28_days_before_until_42_days_after(cast, day, seen):
    with on(day):
        user = fresh(cast.vejleder)
        assert can_view_elev(user, cast.bo) is seen
        assert (cast.bo in visible_elever(user)) is seen


def test_a_department_knows_the_coming_stays_of_its_own_and_no_others(cast):
    coming = {(stay.elev, stay.afdeling) for stay in announced_ophold(cast.vejleder)}
    assert coming == {(cast.aase, cast.oekonomi), (cast.bo, cast.oekonomi)}
    for nobody in (cast.fremmed, cast.administrator, cast.aase.bruger):
        assert not announced_ophold(nobody).exists()


def test_what_is_over_is_no_longer_announced(cast):
    with on(date(2028, 1, 1)):
        assert {stay.elev for stay in announced_ophold(fresh(cast.vejleder))} == {cast.bo}


def test_the_day_on_which_the_page_opens_is_the_day_it_says(cast):
    stay = cast.bo.ophold.get(afdeling=cast.oekonomi)
    for day, seen in [(opens(stay, rules()), True), (opens(stay, rules()) - date.resolution, False)]:
        with on(day):
            assert can_view_elev(fresh(cast.vejleder), cast.bo) is seen


def test_access_ends_the_same_day_as_the_role(cast):
    role = cast.vejleder.rolletildelinger.get()
    role.periode = (role.startdato, date(2027, 10, 15))  # half-open: today is the first day without
    role.save()
    assert not can_view_elev(fresh(cast.vejleder), cast.aase)


def test_substitute_sees_what_the_substituted_sees(cast):
    from tests.factories import RolletildelingFactory

    RolletildelingFactory(bruger=cast.fremmed, rolle="elevvejleder", afdeling=cast.oekonomi, vikar_for=cast.vejleder)
    assert list(visible_elever(fresh(cast.fremmed))) == [cast.aase]
