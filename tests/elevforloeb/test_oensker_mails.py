"""Who is told of a round of wishes and who is reminded: on the right day, once, and only while it is true."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from afdelinger.models import Bruger, Rolletildeling
from elevforloeb.core.letters import write
from elevforloeb.core.models import Mail
from elevforloeb.core.periods import period
from elevforloeb.services.oensker import close_round, remind_about_wishes, remind_now
from tests.oenske_steps import DEPARTMENTS_ANSWER, ELEVER_WISH, answer, answered_round, make_round, svar_of, wish

DEPARTMENTS = {"Lis Leder", "Vera Vejleder", "Anders Anden"}


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def told_on(day: date) -> dict[str, set[str]]:
    """What has been queued by that day and not before: kind of mail -> names."""
    known = set(Mail.objects.values_list("pk", flat=True))
    with on(day):
        remind_about_wishes()
    found: dict[str, set[str]] = {}
    for mail in Mail.objects.exclude(pk__in=known).select_related("modtager"):
        found.setdefault(mail.skabelon, set()).add(mail.modtager.navn)
    return found


def letter(mail, day: date):
    mail.modtager = Bruger.objects.get(pk=mail.modtager_id)
    with on(day):
        return write(mail)


def test_departments_are_asked_reminded_before_the_deadline_and_on_it_and_then_reported(cast):
    make_round(cast, DEPARTMENTS_ANSWER)
    assert told_on(date(2027, 10, 7)) == {}
    assert told_on(date(2027, 10, 8)) == {"udbud_aabent": DEPARTMENTS}
    assert told_on(date(2027, 10, 16)) == {}
    assert told_on(date(2027, 10, 17)) == {"udbud_paamindelse": DEPARTMENTS}
    assert told_on(date(2027, 10, 18)) == {}
    assert told_on(date(2027, 10, 22)) == {"udbud_paamindelse": DEPARTMENTS}
    assert told_on(date(2027, 10, 23)) == {"udbud_mangler": {"Else Ansvarlig"}}
    assert told_on(date(2027, 10, 24)) == {}


def test_elever_are_told_reminded_before_the_deadline_and_on_it_and_the_end_is_reported(cast, scene):
    runde = scene(answered_round)
    assert told_on(date(2027, 10, 11)) == {"oensker_aabne": {"Åse Ærlig", "Bo Berg"}}
    wish(runde, cast.bo, cast.personale)
    assert told_on(date(2027, 10, 19)) == {}
    assert told_on(date(2027, 10, 20)) == {"oensker_paamindelse": {"Åse Ærlig"}}
    assert told_on(date(2027, 10, 25)) == {"oensker_paamindelse": {"Åse Ærlig"}}
    assert told_on(date(2027, 10, 26)) == {"oensker_slut": {"Else Ansvarlig"}}
    assert told_on(date(2027, 11, 26)) == {}


def test_after_an_outage_one_reminder_goes_out_not_two(cast):
    make_round(cast, DEPARTMENTS_ANSWER)
    told_on(date(2027, 10, 9))
    told_on(date(2027, 10, 22))
    assert Mail.objects.filter(skabelon="udbud_paamindelse", modtager=cast.leder).count() == 1


def test_a_round_that_is_closed_is_silent(cast):
    close_round(cast.elevansvarlig, runde=make_round(cast, DEPARTMENTS_ANSWER))
    for days in range(60):
        assert told_on(date(2027, 10, 8) + timedelta(days)) == {}


def test_who_comes_to_the_department_later_is_asked_too(cast):
    make_round(cast, DEPARTMENTS_ANSWER)
    told_on(date(2027, 10, 8))
    Rolletildeling.objects.create(
        bruger=cast.fremmed, rolle="leder", afdeling=cast.personale, periode=period(date(2027, 10, 10))
    )
    assert told_on(date(2027, 10, 10)) == {"udbud_aabent": {"Frida Fremmed"}}


def test_remind_now_reaches_those_who_have_not_answered_once_a_day(cast):
    runde = make_round(cast, DEPARTMENTS_ANSWER)
    answer(cast, svar_of(runde, cast.personale))
    assert remind_now(cast.elevansvarlig, runde=runde) == 2  # leder and elevvejleder of Økonomi
    assert remind_now(cast.elevansvarlig, runde=runde) == 0
    with on(date(2027, 10, 16)):
        assert remind_now(cast.elevansvarlig, runde=runde) == 2
    with on(date(2027, 10, 23)):  # between the two windows nobody can answer
        assert remind_now(cast.elevansvarlig, runde=runde) == 0


def test_a_letter_to_a_department_is_dropped_when_it_has_answered_or_the_time_is_over(cast):
    runde = make_round(cast, DEPARTMENTS_ANSWER)
    told_on(date(2027, 10, 8))
    asked = {mail.modtager.navn: mail for mail in Mail.objects.select_related("modtager")}
    answer(cast, svar_of(runde, cast.personale))
    assert letter(asked["Anders Anden"], date(2027, 10, 9)) is None
    assert "Økonomi og Analyse" in letter(asked["Lis Leder"], date(2027, 10, 22)).tekst
    assert letter(asked["Lis Leder"], date(2027, 10, 23)) is None
    Rolletildeling.objects.filter(bruger=cast.leder).update(periode=period(date(2020, 1, 1), date(2027, 10, 8)))
    assert letter(asked["Lis Leder"], date(2027, 10, 9)) is None


def test_a_letter_to_an_elev_says_what_silence_means_and_is_dropped_when_she_has_wished(cast, scene):
    runde = scene(answered_round)
    told_on(date(2027, 10, 11))
    mail = Mail.objects.get(skabelon="oensker_aabne", modtager=cast.aase.bruger)
    assert "lige meget for dig" in letter(mail, date(2027, 10, 12)).tekst
    wish(runde, cast.aase, cast.personale)
    assert letter(mail, date(2027, 10, 12)) is None


def test_the_receipt_says_when_and_until_when_and_nothing_of_the_wishes(cast):
    wish(answered_round(cast), cast.aase, cast.personale)
    text = letter(Mail.objects.get(skabelon="oensker_kvittering"), date(2027, 10, 15)).tekst
    assert "15. okt. 2027 kl." in text and "25. oktober 2027" in text and "Personale" not in text


@pytest.mark.parametrize("skabelon", ["udbud_mangler", "oensker_slut"])
def test_the_elevansvarlig_is_told_how_many_and_not_who(cast, skabelon):
    make_round(cast, ELEVER_WISH)
    told_on(date(2027, 10, 26))
    text = letter(Mail.objects.get(skabelon=skabelon), date(2027, 10, 26)).tekst
    assert ("2 afdelinger har ikke svaret" if skabelon == "udbud_mangler" else "0 af 2 elever") in text
    assert "Bo" not in text and "Åse" not in text
