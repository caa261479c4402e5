"""Interviews: days, times that one alone can have, invitations whose newest edition counts, and who receives."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from afdelinger.models import Rolletildeling
from elevforloeb.core.models import Mail
from elevforloeb.core.periods import period
from rekruttering.links import token
from rekruttering.mails import proces as mails
from rekruttering.models import Samtale, Samtaledag, Samtaletid
from rekruttering.queries.samtaler import duties_of, free_times, get_samtaleplan, receivers
from rekruttering.services import samtaler
from rekruttering.services.ansoegning import withdraw
from rekruttering.services.samtaler import add_times, book, cancel, change_room, invite, invite_again, mark
from rekruttering.services.vagter import put_on_duty
from tests.rekruttering_steps import DANMARK, applied, interviewed, make_round, seat

DAY = date(2027, 11, 9)  # a Tuesday; Åse is at school
LATER = date(2027, 12, 7)
THE_DAY_AFTER = datetime(2027, 12, 8, 12, tzinfo=DANMARK)


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def bo(runde):
    return applied(runde, "Bo")


@pytest.fixture
def medlem(cast, ida, bo, runde):
    return seat(cast.elevansvarlig, runde)


def times(cast, runde, dato=DAY, lokale="Lokale 3", fra=time(9), til=time(12), **more):
    values = {"nr": 1, "dato": dato, "lokale": lokale, "fra": fra, "til": til, "minutter": 45, "pause": 15}
    return add_times(cast.elevansvarlig, runde=runde, **values | more)


def invited(cast, medlem, *ansoegninger):
    for each in ansoegninger:
        interviewed(medlem, each)
    return invite(cast.elevansvarlig, ansoegninger=ansoegninger, nr=1)


def test_as_many_times_are_made_as_fit_with_their_pauses(cast, runde):
    assert [str(tid) for tid in times(cast, runde).tider.all()] == ["09.00–09.45", "10.00–10.45", "11.00–11.45"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"dato": date(2027, 10, 14)}, "ikke er gået"),
        ({"dato": date(2027, 11, 13)}, "weekend"),
        ({"dato": date(2027, 12, 25)}, "weekend eller helligdag"),
        ({"til": time(9, 30)}, "ikke plads"),
    ],
)
def test_days_and_hours_that_cannot_be_are_refused(cast, runde, more, words):
    with pytest.raises(ValidationError, match=words):
        times(cast, runde, **more)


def test_times_of_a_day_do_not_overlap_and_more_can_be_added(cast, runde):
    times(cast, runde)
    with pytest.raises(ValidationError, match="overlapper"):
        times(cast, runde, fra=time(10, 30), til=time(13))
    times(cast, runde, fra=time(13), til=time(14))
    assert Samtaledag.objects.get().tider.count() == 4


def test_the_committee_is_in_one_room_at_a_time(cast, runde, medlem):
    times(cast, runde)
    with pytest.raises(ValidationError, match="Lokale 3 på samme tid"):
        times(cast, runde, lokale="Lokale 4")
    times(cast, runde, lokale="Lokale 4", fra=time(13), til=time(15))


def test_the_applicant_chooses_a_time_and_of_two_one_gets_it(cast, runde, medlem, ida, bo, client):
    times(cast, runde)
    invited(cast, medlem, ida, bo)
    tid = free_times(runde, 1).first()
    pages = [reverse("samtale_vaelg", args=[token(each.noegle)]) for each in (ida, bo)]
    assert [client.post(pages[0], {"tid": tid.pk}).status_code for _ in range(2)] == [302, 302]
    assert Mail.objects.filter(skabelon="samtale_aftalt").count() == 1
    response = client.post(pages[1], {"tid": tid.pk})
    assert response.status_code == 422
    assert Samtale.objects.get(ansoegning=ida).tid == tid and Samtale.objects.get(ansoegning=bo).tid is None


def test_the_database_gives_a_time_to_one_when_both_saw_it_free(cast, runde, medlem, ida, bo):
    times(cast, runde)
    one, two = invited(cast, medlem, ida, bo)
    tid = free_times(runde, 1).first()
    book(None, samtale=one, tid=tid)
    with pytest.raises(ValidationError, match="lige blevet taget"):
        book(None, samtale=two, tid=tid)


def test_a_moved_interview_is_a_new_edition_of_one_event(cast, runde, medlem, ida):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    first, second = free_times(runde, 1)[:2]
    book(None, samtale=samtale, tid=first)
    book(cast.elevansvarlig, samtale=samtale, tid=second)
    letters = [
        mails.samtale_aftalt(None, mail.data) for mail in Mail.objects.filter(skabelon="samtale_aftalt").order_by("pk")
    ]
    assert letters[0] is None  # overtaken by the newer one
    event = Calendar.from_ical(letters[1].bilag[0].indhold).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (2, datetime(2027, 11, 9, 10, tzinfo=DANMARK))
    assert "Ida" not in str(event["SUMMARY"])


def test_a_cancelled_interview_frees_its_time_and_takes_the_event_back(cast, runde, medlem, ida):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    cancel(cast.elevansvarlig, samtale=samtale)
    assert free_times(runde, 1).count() == 3
    letter = mails.samtale_aflyst(None, Mail.objects.get(skabelon="samtale_aflyst").data)
    assert Calendar.from_ical(letter.bilag[0].indhold)["METHOD"] == "CANCEL"


def test_an_interview_can_be_marked_when_it_has_begun(cast, runde, medlem, ida):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    with pytest.raises(ValidationError, match="ikke begyndt"):
        mark(cast.elevansvarlig, samtale=samtale, tilstand="udeblevet")


def test_the_page_that_chooses_is_the_applicants_own(cast, runde, medlem, ida, bo, client):
    times(cast, runde)
    invited(cast, medlem, ida)
    assert client.get(reverse("samtale_vaelg", args=[token(bo.noegle)])).status_code == 404


# --- what comes in between -----------------------------------------------------------------------------------------


def editions() -> list[int]:
    """SEQUENCE of every calendar file that was ordered, in order."""
    rows = Mail.objects.filter(skabelon__in=["samtale_aftalt", "samtale_aflyst"]).order_by("pk")
    return [mail.data["sekvens"] for mail in rows]


def newest_event(mail: Mail):
    letter = getattr(mails, mail.skabelon)(None, mail.data)
    file = Calendar.from_ical(letter.bilag[0].indhold)
    return file["METHOD"], file.walk("VEVENT")[0]


def test_every_edition_of_an_interview_has_a_higher_sequence_and_the_same_uid(cast, runde, medlem, ida):
    actor = cast.elevansvarlig
    dag = times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    first, second = free_times(runde, 1)[:2]
    book(None, samtale=samtale, tid=first)
    asked = newest_event(Mail.objects.get(skabelon="samtale_aftalt"))
    book(actor, samtale=samtale, tid=second)
    change_room(actor, dag=dag, lokale="Lokale 9")
    moved = newest_event(Mail.objects.filter(skabelon="samtale_aftalt").order_by("pk").last())
    assert (moved[0], str(moved[1]["LOCATION"])) == ("REQUEST", "Lokale 9")
    cancel(actor, samtale=samtale)
    gone = newest_event(Mail.objects.get(skabelon="samtale_aflyst"))
    invite_again(actor, samtale=samtale)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    assert gone[0] == "CANCEL" and gone[1]["UID"] == asked[1]["UID"] == moved[1]["UID"]
    assert editions() == sorted(set(editions())) and len(editions()) == 5


def test_the_same_time_chosen_twice_is_one_invitation(cast, runde, medlem, ida, client):
    times(cast, runde)
    invited(cast, medlem, ida)
    tid, url = free_times(runde, 1).first(), reverse("samtale_vaelg", args=[token(ida.noegle)])
    assert [client.post(url, {"tid": tid.pk}).status_code for _ in range(2)] == [302, 302]
    assert editions() == [1]


def test_who_withdraws_frees_her_time_and_is_waited_for_by_nobody(cast, runde, medlem, ida):
    dag = times(cast, runde)
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.bo)
    (samtale,) = invited(cast, medlem, ida)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    withdraw(ansoegning=ida)
    assert free_times(runde, 1).count() == 3
    assert [tid for day in duties_of(cast.bo.bruger) for tid in day.kommer] == []
    letter = mails.samtale_aflyst(None, Mail.objects.get(skabelon="samtale_aflyst").data)
    assert letter.bilag and "ny tid" not in letter.tekst


def test_what_was_cancelled_is_not_chosen_again_by_an_old_page(cast, runde, medlem, ida, client):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    cancel(cast.elevansvarlig, samtale=samtale)
    assert mails.samtale_vaelg(None, Mail.objects.get(skabelon="samtale_vaelg").data) is None
    answer = client.post(reverse("samtale_vaelg", args=[token(ida.noegle)]), {"tid": free_times(runde, 1).first().pk})
    assert answer.status_code == 422 and not Samtale.objects.exclude(tid=None).exists()


def test_who_did_not_come_can_be_asked_again_and_does_not_choose_by_herself(cast, runde, medlem, ida):
    times(cast, runde, dato=LATER)
    (samtale,) = invited(cast, medlem, ida)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    with time_machine.travel(THE_DAY_AFTER):
        tid = times(cast, runde, dato=LATER + timedelta(days=7)).tider.first()
        with pytest.raises(ValidationError, match="Ring eller skriv"):
            book(None, samtale=samtale, tid=tid)
        with pytest.raises(ValidationError, match="begyndt"):
            cancel(cast.elevansvarlig, samtale=samtale)
        mark(cast.elevansvarlig, samtale=samtale, tilstand="udeblevet")
        invite_again(cast.elevansvarlig, samtale=samtale)
        book(None, samtale=samtale, tid=tid)
    samtale.refresh_from_db()
    assert (samtale.tilstand, samtale.tid) == ("aftalt", tid)


def test_a_change_of_room_reaches_those_who_have_a_time_and_who_receive(cast, runde, medlem, ida, bo):
    dag = times(cast, runde)
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.bo)
    samtale, _ = invited(cast, medlem, ida, bo)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    Mail.objects.all().delete()
    change_room(cast.elevansvarlig, dag=dag, lokale="Lokale 9")
    assert set(Mail.objects.values_list("skabelon", flat=True)) == {"samtale_aftalt", "samtalevagt"}
    times(cast, make_round("anden"), lokale="Lokale 3")  # the old room is free
    with pytest.raises(ValidationError, match="i lokalet"):
        change_room(cast.elevansvarlig, dag=dag, lokale="lokale 3")


# --- the second round -----------------------------------------------------------------------------------------------


def test_the_second_round_is_by_invitation_of_those_who_have_been_to_the_first(cast, runde, medlem, ida, bo):
    actor = cast.elevansvarlig
    times(cast, runde)
    first, _ = invited(cast, medlem, ida, bo)
    book(None, samtale=first, tid=free_times(runde, 1).first())
    assert invite(actor, ansoegninger=[ida, bo], nr=2) == []
    with time_machine.travel(THE_DAY_AFTER):
        mark(actor, samtale=first, tilstand="holdt")
        times(cast, runde, nr=2, dato=LATER + timedelta(days=7), lokale="Lokale 3")
        (asked,) = (i for i in get_samtaleplan(actor, runde).invitationer if i.nr == 2)
        assert (asked.ansoegninger, asked.ledige) == ([ida], 3)
        (second,) = invite(actor, ansoegninger=[ida, bo], nr=2)
        assert invite(actor, ansoegninger=[ida], nr=2) == []
        with pytest.raises(ValidationError, match="de tider, der vises"):
            book(None, samtale=second, tid=times(cast, runde, dato=LATER + timedelta(days=8)).tider.first())
        book(None, samtale=second, tid=free_times(runde, 2).first())
    assert ida.samtaler.count() == 2


def test_a_time_that_is_given_says_who_of_the_committee_is_elsewhere_and_the_applicants_page_does_not(
    cast, runde, medlem, ida, as_user, client
):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    Rolletildeling.objects.filter(bruger=cast.elevansvarlig).update(periode=period(date(2020, 1, 1), date(2027, 11, 1)))
    words = "har ingen rolle den dag"
    assert words in as_user(cast.elevansvarlig).get(reverse("samtale_tid", args=[samtale.pk])).content.decode()
    assert words not in client.get(reverse("samtale_vaelg", args=[token(ida.noegle)])).content.decode()


# --- who receives them --------------------------------------------------------------------------------------------


def test_an_elev_on_duty_sees_name_time_and_room_and_nothing_else(cast, runde, medlem, ida, as_user):
    dag = times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.bo)
    page = as_user(cast.bo.bruger).get(reverse("modtagelse")).content.decode()
    assert "Ida Prøvesen" in page and "09.00–09.45" in page and "Lokale 3" in page
    assert "ida@" not in page and "EUX" not in page
    assert duties_of(cast.aase.bruger) == []


def test_who_is_at_school_cannot_receive_and_who_has_done_it_least_is_first(cast, runde):
    dag = times(cast, runde, dato=cast.skole.startdato)
    assert cast.aase not in receivers(dag)
    with pytest.raises(ValidationError, match="ikke på arbejde"):
        put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.aase)
    other = times(cast, runde, dato=LATER, lokale="Lokale 5")
    put_on_duty(cast.elevansvarlig, dag=other, elev=cast.aase)
    third = times(cast, runde, dato=LATER + timedelta(days=1))
    assert list(receivers(third)) == [cast.bo, cast.aase]


def test_the_plan_hides_an_applicant_from_who_is_partial(cast, runde, medlem, ida, bo):
    times(cast, runde)
    samtale, _ = invited(cast, medlem, ida, bo)
    book(None, samtale=samtale, tid=free_times(runde, 1).first())
    seat(cast.vejleder, runde, inhabil=[ida])
    line = get_samtaleplan(cast.vejleder, runde).dage[0].linjer[0]
    assert line.samtale is None and line.er_skjult
    assert get_samtaleplan(cast.elevansvarlig, runde).dage[0].linjer[0].samtale == samtale


def test_a_time_that_somebody_has_is_not_removed(cast, runde, medlem, ida):
    times(cast, runde)
    (samtale,) = invited(cast, medlem, ida)
    tid = free_times(runde, 1).first()
    book(None, samtale=samtale, tid=tid)
    with pytest.raises(ValidationError, match="taget"):
        samtaler.remove_time(cast.elevansvarlig, tid=tid)
    samtaler.remove_time(cast.elevansvarlig, tid=free_times(runde, 1).first())
    assert Samtaletid.objects.count() == 2
