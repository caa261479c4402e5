from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from afdelinger.models import Bruger, Rolle, Rolletildeling
from afdelinger.services import change_role, deactivate_bruger, end_role, give_role
from afdelinger.services.afdelinger import close_afdeling
from afdelinger.services.roller import covers_from
from elevforloeb.core import audit
from elevforloeb.core.periods import period
from tests.factories import TODAY, AfdelingFactory, BrugerFactory, RolletildelingFactory

TOMORROW = date(2027, 10, 16)


def elevansvarlig(**kwargs):
    return RolletildelingFactory(rolle=Rolle.ELEVANSVARLIG, **kwargs)


def test_a_role_begins_today_and_is_in_the_history(cast):
    give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.LEDER, afdeling=cast.oekonomi)
    assert cast.fremmed.har_rolle(Rolle.LEDER)
    event = audit.history(cast.fremmed).first()
    assert event.bruger == cast.elevansvarlig
    assert event.tekst == "Frida Fremmed er leder i Økonomi og Analyse fra 15. okt. 2027"


def test_a_role_that_begins_tomorrow_gives_nothing_today(cast):
    give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.ADMINISTRATOR, fra=TOMORROW)
    assert not cast.fremmed.har_rolle(Rolle.ADMINISTRATOR)


def test_ending_a_role_takes_it_away_at_once(cast):
    end_role(cast.elevansvarlig, tildeling=cast.vejleder.rolletildelinger.get())
    assert not Bruger.objects.get(pk=cast.vejleder.pk).roller


def test_a_role_that_began_today_disappears_when_it_is_ended(cast):
    tildeling = give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.ADMINISTRATOR)
    end_role(cast.elevansvarlig, tildeling=tildeling)
    assert not cast.fremmed.rolletildelinger.exists()
    assert audit.history(cast.fremmed).first().handling == "rolle.slut"


def test_a_role_cannot_be_ended_twice(cast):
    tildeling = cast.vejleder.rolletildelinger.get()
    end_role(cast.elevansvarlig, tildeling=tildeling)
    with pytest.raises(ValidationError, match="allerede slut"):
        end_role(cast.elevansvarlig, tildeling=tildeling)


def test_the_same_role_twice_at_a_time_is_refused_in_words(cast):
    with pytest.raises(ValidationError, match="Personen har allerede den rolle i perioden"):
        give_role(cast.elevansvarlig, bruger=cast.vejleder, rolle=Rolle.ELEVVEJLEDER, afdeling=cast.oekonomi)


def test_a_vejleder_without_a_department_is_refused_in_words(cast):
    with pytest.raises(ValidationError, match="skal have en afdeling"):
        give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.ELEVVEJLEDER)


def test_nobody_is_a_substitute_for_herself(cast):
    with pytest.raises(ValidationError) as error:
        give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.ADMINISTRATOR, vikar_for=cast.fremmed)
    assert "vikar_for" in error.value.error_dict


def test_the_last_day_may_not_lie_before_the_first(cast):
    with pytest.raises(ValidationError) as error:
        give_role(
            cast.elevansvarlig,
            bruger=cast.fremmed,
            rolle=Rolle.ADMINISTRATOR,
            fra=TOMORROW,
            sidste_dag=TODAY,
        )
    assert "sidste_dag" in error.value.error_dict


def test_a_role_does_not_outlive_its_department(cast):
    afdeling = AfdelingFactory(periode=period(date(2020, 1, 1), date(2027, 12, 31)))
    with pytest.raises(ValidationError, match="lukker 31. dec. 2027"):
        give_role(cast.elevansvarlig, bruger=cast.fremmed, rolle=Rolle.LEDER, afdeling=afdeling)


def test_closing_a_department_ends_the_roles_in_it(cast):
    afdeling = AfdelingFactory()
    tildeling = RolletildelingFactory(rolle=Rolle.LEDER, afdeling=afdeling)
    close_afdeling(cast.elevansvarlig, afdeling=afdeling, sidste_dag=date(2027, 12, 31))
    tildeling.refresh_from_db()
    assert tildeling.sidste_dag == date(2027, 12, 31)


def test_the_last_elevansvarlig_can_neither_end_her_role_nor_close_her_account(cast):
    tildeling = cast.elevansvarlig.rolletildelinger.get()
    with pytest.raises(ValidationError, match="altid være mindst én elevansvarlig"):
        end_role(cast.elevansvarlig, tildeling=tildeling)
    with pytest.raises(ValidationError, match="altid være mindst én elevansvarlig"):
        deactivate_bruger(cast.elevansvarlig, bruger=cast.elevansvarlig)
    with pytest.raises(ValidationError, match="altid være mindst én elevansvarlig"):
        change_role(cast.elevansvarlig, tildeling=tildeling, sidste_dag=date(2030, 1, 1))
    assert Bruger.objects.get(pk=cast.elevansvarlig.pk).har_rolle(Rolle.ELEVANSVARLIG)


def test_a_closed_account_does_not_count_as_elevansvarlig(cast):
    elevansvarlig(bruger=BrugerFactory(is_active=False))
    with pytest.raises(ValidationError):
        end_role(cast.elevansvarlig, tildeling=cast.elevansvarlig.rolletildelinger.get())


def test_with_another_one_she_may_go(cast):
    elevansvarlig()
    end_role(cast.elevansvarlig, tildeling=cast.elevansvarlig.rolletildelinger.get())
    assert Rolletildeling.objects.on(TODAY).filter(rolle=Rolle.ELEVANSVARLIG).count() == 1


@pytest.mark.parametrize(
    ("periods", "covered"),
    [
        ([], False),
        ([(None, date(2027, 12, 31))], False),
        ([(None, None)], True),
        ([(TOMORROW, None)], False),
        ([(None, date(2027, 12, 31)), (date(2028, 1, 1), None)], True),
        ([(None, date(2027, 12, 31)), (date(2028, 1, 2), None)], False),
        ([(date(2028, 1, 1), None), (None, date(2028, 6, 30))], True),
    ],
)
def test_covers_from_sees_every_gap(periods, covered):
    rows = [period(first or date(2020, 1, 1), last) for first, last in periods]
    assert covers_from(TODAY, rows) is covered


@pytest.mark.django_db(transaction=True)
def test_two_elevansvarlige_who_end_each_other_at_once_do_not_both_win():
    one, other = elevansvarlig(), elevansvarlig()

    def end(tildeling):
        try:
            end_role(one.bruger, tildeling=Rolletildeling.objects.get(pk=tildeling.pk))
            return True
        except ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(end, [one, other]))
    assert sorted(results) == [False, True]
    assert Rolletildeling.objects.on(TODAY).filter(rolle=Rolle.ELEVANSVARLIG).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_ends_her_role_while_the_other_is_closed_and_one_stays():
    one, other = elevansvarlig(), elevansvarlig()

    def run(act):
        try:
            act()
            return True
        except ValidationError:
            return False
        finally:
            connection.close()

    acts = [
        lambda: end_role(one.bruger, tildeling=Rolletildeling.objects.get(pk=one.pk)),
        lambda: deactivate_bruger(one.bruger, bruger=Bruger.objects.get(pk=other.bruger_id)),
    ]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, acts)) == [False, True]
