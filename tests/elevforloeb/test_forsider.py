"""What the elevvejleder, the leder and the elevansvarlig see first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Bruger, Pladser
from afdelinger.services.regler import set_regel
from elevforloeb.core.dates import ONE_DAY, Periode
from elevforloeb.core.periods import period
from elevforloeb.models import Hold, Ophold, Udkast, Udkastophold
from elevforloeb.project.views.elevansvarlig.overblik import overblik
from elevforloeb.queries.handling import Asked, line
from elevforloeb.queries.leder import get_lederside
from elevforloeb.queries.overblik import get_overblik
from elevforloeb.queries.vejleder import get_vejlederside
from elevforloeb.services.elev import aftale_version, stop_elev
from elevforloeb.services.plan import add_stay
from tests.factories import AfdelingFactory, ElevFactory, HoldFactory, KalenderperiodeFactory, OpholdFactory


def on(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def fresh(user):
    return Bruger.objects.get(pk=user.pk)


def names(cards):
    return [card.elev.bruger.navn for card in cards]


# --- elevvejleder -------------------------------------------------------------------------------------------------


def test_the_elevvejleder_sees_her_elev_with_days_left_net_weeks_and_school(cast):
    side = get_vejlederside(cast.vejleder)
    (card,) = side.nu
    assert (card.elev, card.er_min, card.dage_tilbage, card.netto.uger) == (cast.aase, True, 78, 12.8)
    assert [row.titel for row in card.skole] == ["Skoleophold 1"]


def test_the_next_elev_has_a_name_and_a_period_before_the_page_opens_and_nothing_more(cast):
    cast.bo.bruger.telefon = "12 34 56 78"
    cast.bo.bruger.save()
    KalenderperiodeFactory(elev=cast.bo, titel="Skoleophold 9", periode=period(date(2028, 2, 1), date(2028, 2, 25)))
    for side, template in [
        (get_vejlederside(cast.vejleder), "elevforloeb/_mine_elever.html"),
        (get_lederside(cast.leder), "elevforloeb/_elever_hos_os.html"),
    ]:
        page = render_to_string(template, {"side": side})
        assert "Bo Berg" in page and "1. jan. – 30. apr. 2028" in page
        assert "Siden åbner 4. december 2027" in page
        for secret in (cast.bo.bruger.telefon, cast.bo.bruger.email, f"/elever/{cast.bo.pk}/", "Skoleophold 9", "feb."):
            assert secret not in page


def test_a_department_is_told_of_its_own_coming_elever_only(cast):
    stays = get_vejlederside(cast.vejleder).senere
    assert [(each.ophold.elev, each.ophold.afdeling) for each in stays] == [(cast.bo, cast.oekonomi)]
    assert [each.ophold.elev for each in get_vejlederside(cast.anden_vejleder).senere] == [cast.aase]


def test_a_draft_tells_nobody_who_comes(cast):
    hold = HoldFactory(startdato=date(2028, 9, 1))
    draft = Udkast.objects.create(hold=hold, oprettet_af=cast.elevansvarlig)
    elev = ElevFactory(hold=hold)
    autumn = period(date(2028, 9, 1), date(2028, 12, 31))
    stay = Udkastophold.objects.create(udkast=draft, elev=elev, afdeling=cast.oekonomi, periode=autumn)
    assert [each.ophold.elev for each in get_vejlederside(cast.vejleder).senere] == [cast.bo]
    OpholdFactory(elev=elev, afdeling=cast.oekonomi, periode=stay.periode)  # published
    assert [each.ophold.elev for each in get_vejlederside(cast.vejleder).senere] == [cast.bo, elev]


def test_who_has_left_the_department_is_not_told_who_comes(cast):
    cast.vejleder.rolletildelinger.update(periode=period(date(2020, 1, 1), date(2027, 10, 14)))
    assert get_vejlederside(fresh(cast.vejleder)).senere == ()


def test_the_next_elev_is_shown_when_the_window_opens(cast):
    with on(date(2027, 12, 4)):
        side = get_vejlederside(fresh(cast.vejleder))
    assert names(side.kommer) == ["Bo Berg"] and side.senere == ()


def test_what_happens_in_the_coming_weeks_stands_by_date(cast):
    with on(date(2027, 12, 10)):
        side = get_vejlederside(fresh(cast.vejleder))
    assert [(frist.dato, frist.titel) for frist in side.frister] == [
        (date(2027, 12, 28), "Åses prøvetid slutter"),
        (date(2027, 12, 31), "Åses sidste dag i Økonomi"),
        (date(2028, 1, 1), "Bo begynder i Økonomi"),
    ]


def test_the_elevvejleder_reads_that_the_elev_is_away_and_not_why(cast):
    KalenderperiodeFactory(elev=cast.aase, art="sygdom", periode=period(date(2027, 10, 15), date(2027, 10, 15)))
    side = get_vejlederside(cast.vejleder)
    page = render_to_string("elevforloeb/_mine_elever.html", {"side": side})
    assert "I dag: Fraværende" in page and "ygdom" not in page


def test_a_stopped_elev_is_gone_from_the_page(cast):
    stop_elev(cast.elevansvarlig, elev=cast.aase, version=aftale_version(cast.aase), stoppet=date(2027, 10, 15))
    assert get_vejlederside(cast.vejleder).nu == ()


# --- leder --------------------------------------------------------------------------------------------------------


def test_the_leder_sees_who_is_here_and_the_free_places_of_each_month(cast):
    (mine,) = get_lederside(cast.leder).afdelinger
    assert mine.afdeling == cast.oekonomi
    assert names(mine.her) == ["Åse Ærlig"]
    assert [month.ledige for month in mine.maaneder] == [2] * 7 + [3] * 5
    assert mine.maaneder[0].navn == "oktober 2027"


def test_an_overfull_month_says_how_many_there_are_on_how_many_places(cast):
    (mine,) = get_lederside(cast.leder).afdelinger
    full = mine.maaneder[0]
    assert (full.pladser, full.optaget) == (3, 1)


def test_the_leder_sees_stays_without_elevvejleder(cast):
    Ophold.objects.filter(pk=cast.ophold.pk).update(elevvejleder=None)
    (mine,) = get_lederside(cast.leder).afdelinger
    assert mine.uden_elevvejleder == (cast.ophold,)
    page = render_to_string("elevforloeb/_elever_hos_os.html", {"side": get_lederside(cast.leder)})
    assert "1 ophold mangler en elevvejleder" in page
    assert "Åse Ærlig, 1. sep. – 31. dec. 2027. Aftal" in page


# --- elevansvarlig ------------------------------------------------------------------------------------------------


def titles(found):
    return [each.titel for each in found.handling]


def put_right(*elever):
    """Signed, and planned to the last day of the course: there is nothing left to do."""
    for elev in elever:
        elev.aftale_kommune = elev.aftale_elev = date(2027, 6, 1)
        elev.save()
        OpholdFactory(elev=elev, periode=period(date(2028, 5, 1), elev.sidste_dag))


def test_the_key_figures(cast):
    found = get_overblik()
    assert (found.igang, found.hold_igang, found.skift, found.uden_elevvejleder, found.overbookede) == (2, 1, 0, 0, 0)
    with on(date(2027, 12, 5)):
        assert get_overblik().skift == 2


def test_unsigned_agreements_come_first_and_signed_ones_not_at_all(cast):
    first, second, *_ = get_overblik().handling
    assert "Bo Berg: uddannelsesaftalen begyndte" in first.titel and first.art == "fejl"
    put_right(cast.aase, cast.bo)
    assert titles(get_overblik()) == []


def test_an_ending_proevetid_is_told_six_weeks_before_and_once_for_the_hold(cast):
    put_right(cast.aase, cast.bo)
    cast.skole.delete()  # both end on 30 November then
    with on(date(2027, 10, 18)):
        assert titles(get_overblik()) == []
    with on(date(2027, 10, 19)):
        assert titles(get_overblik()) == ["2 elevers prøvetid slutter 30. november 2027"]


def test_a_stay_without_elevvejleder_is_told_sixty_days_before(cast):
    put_right(cast.aase, cast.bo)
    Ophold.objects.filter(elev=cast.bo, afdeling=cast.oekonomi).update(elevvejleder=None)
    assert titles(get_overblik()) == []
    with on(date(2027, 11, 2)):
        (todo,) = [each for each in get_overblik().handling if "elevvejleder" in each.titel]
    assert (todo.titel, todo.frist) == ("Bo Berg mangler en elevvejleder i Økonomi", date(2027, 12, 18))


def test_several_stays_without_elevvejleder_are_one_line_that_leads_to_their_page(cast):
    put_right(cast.aase, cast.bo)
    Ophold.objects.update(elevvejleder=None)
    (todo,) = get_overblik().handling
    assert todo.titel == "2 ophold på Hold 2027 mangler en elevvejleder"
    assert todo.tekst == "Det første begyndte 1. september 2027"
    assert todo.url == reverse("plan_vejledere", args=[cast.aase.hold_id])


@pytest.mark.parametrize(("days", "words"), [(51, "Fraværet er 7,"), (74, "Fraværet har nået 10,")])
def test_absence_of_seven_and_ten_percent(cast, days, words):
    put_right(cast.aase, cast.bo)
    first = date(2028, 5, 1)
    last = date.fromordinal(first.toordinal() + days)
    KalenderperiodeFactory(elev=cast.bo, art="sygdom", periode=period(first, last))
    assert [title for title in titles(get_overblik()) if words.lower() in title.lower()]


def test_a_gap_in_the_plan_and_a_stop_with_stays_left(cast):
    put_right(cast.aase, cast.bo)
    cast.ophold.delete()
    stop_elev(cast.elevansvarlig, elev=cast.bo, version=aftale_version(cast.bo), stoppet=date(2027, 12, 1))
    assert titles(get_overblik()) == ["Åse Ærlig er ikke i nogen afdeling", "Bo Berg stopper, men planen går videre"]


def test_hold_without_plan_and_drafts(cast):
    put_right(cast.aase, cast.bo)
    hold = HoldFactory(navn="Hold 2028", startdato=date(2028, 2, 1))
    elev = ElevFactory(hold=hold)
    assert titles(get_overblik()) == ["Hold 2028 har ingen plan"]
    draft = Udkast.objects.create(hold=hold, oprettet_af=cast.elevansvarlig)
    Udkastophold.objects.create(udkast=draft, elev=elev, afdeling=cast.oekonomi, periode=elev.periode)
    assert titles(get_overblik()) == ["Planen for Hold 2028 er en kladde"]


def test_a_year_that_is_not_planned_is_told_with_the_day_on_which_it_should_be(cast):
    put_right(cast.aase)
    cast.bo.aftale_kommune = cast.bo.aftale_elev = date(2027, 6, 1)
    cast.bo.save()
    with on(date(2027, 9, 3)):  # 241 days before
        assert titles(get_overblik()) == []
    (todo,) = get_overblik().handling
    assert (todo.titel, todo.frist) == ("Bo Berg har ingen afdeling fra 1. maj 2028", date(2028, 1, 2))
    assert todo.url == reverse("plan", args=[cast.bo.hold_id])
    set_regel(cast.elevansvarlig, noegle="plan_klar_dage", vaerdi=180, fra=date(2027, 10, 15), kilde="Aftalt i MED")
    assert get_overblik().handling[0].frist == date(2027, 11, 3)


def test_a_whole_hold_without_its_next_year_is_one_line(cast):
    put_right(cast.aase, cast.bo)
    Ophold.objects.filter(periode__startswith=date(2028, 5, 1)).delete()
    assert titles(get_overblik()) == ["2 elever på Hold 2027 har ingen afdeling fra 1. maj 2028"]


def test_a_draft_with_the_next_year_leaves_only_the_draft_to_publish(cast):
    put_right(cast.aase, cast.bo)
    Ophold.objects.filter(periode__startswith=date(2028, 5, 1)).delete()
    hold = cast.aase.hold
    for elev in (cast.aase, cast.bo):
        what = {"elevvejleder": None, "periode": Periode(date(2028, 5, 1), elev.slutdato)}
        add_stay(cast.elevansvarlig, hold=hold, elev=elev, afdeling=AfdelingFactory(), **what)
    assert titles(get_overblik()) == ["Planen for Hold 2027 er en kladde"]


def test_a_hole_between_two_stays_ahead_is_told_and_a_stop_ends_the_plan(cast):
    put_right(cast.aase, cast.bo)
    Ophold.objects.filter(elev=cast.aase, afdeling=cast.personale).update(
        periode=period(date(2028, 2, 1), date(2028, 4, 30))
    )
    assert titles(get_overblik()) == ["Åse Ærlig har ingen afdeling fra 1. januar 2028"]
    Ophold.objects.filter(elev=cast.aase, periode__startswith__gte=date(2028, 1, 1)).delete()
    stop_elev(cast.elevansvarlig, elev=cast.aase, version=aftale_version(cast.aase), stoppet=date(2028, 1, 1))
    assert titles(get_overblik()) == []


def test_how_near_a_due_date_is_follows_the_rule(cast):
    put_right(cast.aase, cast.bo)
    cast.skole.delete()  # the prøvetid ends on 30 November then
    with on(date(2027, 11, 15)):
        assert {each.art for each in get_overblik().handling} == {"info"}
        set_regel(cast.elevansvarlig, noegle="frist_taet_paa_dage", vaerdi=20, fra=date(2027, 11, 15), kilde="Praksis")
        assert {each.art for each in get_overblik().handling} == {"vent"}


def test_a_draft_that_overbooks_a_department_is_told_with_names(cast):
    put_right(cast.aase, cast.bo)
    Pladser.objects.filter(afdeling=cast.oekonomi).update(antal=1)
    hold = HoldFactory(navn="Hold 2028", startdato=date(2028, 2, 1))
    draft = Udkast.objects.create(hold=hold, oprettet_af=cast.elevansvarlig)
    Udkastophold.objects.create(
        udkast=draft,
        elev=ElevFactory(hold=hold, bruger__navn="Carl Ny"),
        afdeling=cast.oekonomi,
        periode=period(date(2028, 3, 1), date(2028, 6, 30)),
    )
    found = get_overblik()
    assert found.overbookede == 1
    todo = next(each for each in found.handling if "på 1 plads" in each.titel)
    assert todo.titel == "Økonomi har 2 elever på 1 plads i marts og april 2028"
    assert todo.tekst == "Bo Berg, Carl Ny"


def test_what_a_wing_has_to_do_stands_among_the_rest_by_date(cast):
    put_right(cast.aase)

    def tell(now, pk, navn, hvad, day, number):
        return line(now, day, f"{number} fra {navn}", hvad, "school", "/", "Se")

    row = "select 'en slags', 1, %s, 'Tekst', %s, 3"
    wing = Asked(lambda now: (row, ("en fløj", now.day - ONE_DAY)), {"en slags": tell})
    todo = get_overblik(wings=[wing]).handling
    assert [each.titel for each in todo if each.frist <= date(2027, 10, 14)][-1] == "3 fra en fløj"
    assert len(todo) == len(get_overblik().handling) + 1


def test_where_the_elever_are_follows_the_chosen_hold(cast):
    hold = HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1))
    elev = ElevFactory(hold=hold)
    assert get_overblik().valgt_hold == cast.aase.hold
    assert [row.elev for row in get_overblik(hold.pk).raekker] == [elev]


def test_places_of_today(cast):
    shown = {place.afdeling.pk: (place.elever, place.pladser) for place in get_overblik().pladser}
    assert shown[cast.oekonomi.pk] == (1, 3)


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30, "٣"])
def test_a_strange_hold_in_the_address_is_the_usual_page(rf, cast, value):
    request = page_request(rf, cast, f"/?hold={value}")
    assert overblik(request).status_code == 200


def page_request(rf, cast, url="/"):
    request = rf.get(url)
    request.user, request.id, request.htmx = fresh(cast.elevansvarlig), "prøve", False
    request.resolver_match = type("Match", (), {"view_name": "forside", "url_name": "forside"})
    return request


def test_the_pages_ask_the_same_questions_for_few_and_many(rf, cast):
    def count(action):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            action()
        return len(seen)

    def measure():
        return (
            count(lambda: overblik(page_request(rf, cast))),
            count(
                lambda: render_to_string(
                    "elevforloeb/_mine_elever.html", {"side": get_vejlederside(fresh(cast.vejleder))}
                )
            ),
            count(
                lambda: render_to_string("elevforloeb/_elever_hos_os.html", {"side": get_lederside(fresh(cast.leder))})
            ),
        )

    few = measure()
    Pladser.objects.update(antal=99)
    hold = Hold.objects.get(pk=cast.aase.hold_id)
    for _ in range(30):
        elev = ElevFactory(hold=hold)
        OpholdFactory(elev=elev, afdeling=cast.oekonomi, elevvejleder=cast.vejleder)
        OpholdFactory(elev=elev, afdeling=AfdelingFactory(), periode=period(date(2028, 1, 1), date(2028, 4, 30)))
        KalenderperiodeFactory(elev=elev)
    assert measure() == few
    assert max(few) <= 12
