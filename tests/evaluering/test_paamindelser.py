"""Reminders: to whom, when, in which tone, once, at most one a day, and not when it is done in the meantime."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from elevforloeb.core import letters, outbox
from elevforloeb.core.dates import at_eight
from elevforloeb.core.models import Mail, Regel
from elevforloeb.project import tasks
from evaluering.models import Fravalg
from evaluering.paamindelsesslags import SLAGS
from evaluering.services.paamindelser import choose_reminders, remind_about_debts
from evaluering.services.vejen import share
from evaluering.services.vejen.udveje import lapse, put_off
from tests.conftest import NOON
from tests.evaluering_steps import begun, fill_in, planned, sealed
from tests.factories import RULES, add_rules

FRIST = date(2027, 12, 17)


def on(day: date) -> datetime:
    return NOON.replace(year=day.year, month=day.month, day=day.day)


def run(day: date) -> set[str]:
    """Names of those who get a mail on the day."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with time_machine.travel(on(day)):
        remind_about_debts()
    return set(Mail.objects.exclude(pk__in=before).values_list("modtager__navn", flat=True))


def letter(mail: Mail, day: date):
    with time_machine.travel(on(day)):
        return letters.write(Mail.objects.select_related("modtager").get(pk=mail.pk))


def mails_of(person):
    return Mail.objects.filter(modtager=person).order_by("pk")


@pytest.fixture
def evaluering(cast):
    return planned(cast)


def test_the_same_for_several_elever_is_one_line_with_their_number(cast):
    """The letter names no elev: the line would be the same five times."""
    planned(cast)
    planned(cast, ophold=cast.bo.ophold.get(afdeling=cast.oekonomi), frist=FRIST, elevvejleder=cast.vejleder)
    run(FRIST)
    text = letter(mails_of(cast.vejleder).get(), FRIST).tekst
    assert text.count("Slutevaluering i Økonomi") == 1 and "Det gælder 2 elever." in text


BOTH = {"Åse Ærlig", "Vera Vejleder"}


@pytest.mark.parametrize(
    ("days", "people", "subject"),
    [
        (-8, set(), None),
        (-7, BOTH, "Du har snart frist"),
        (0, BOTH, "Fristen er i dag"),
        (3, BOTH, "Fristen er gået"),
        (7, BOTH, "Vi mangler stadig noget fra dig"),
        (10, BOTH | {"Else Ansvarlig"}, "Vi mangler stadig noget fra dig"),
    ],
)
def test_the_tone_rises_with_the_days(cast, evaluering, days, people, subject):
    day = FRIST + timedelta(days=days)
    assert run(day) == people
    if subject:
        assert letter(mails_of(cast.aase.bruger).get(), day).emne == subject


def test_through_the_weeks_each_step_gives_one_mail_and_the_elevansvarlig_one(cast, evaluering):
    days = [FRIST + timedelta(days=each) for each in range(-10, 25)]
    told = [(each - FRIST).days for each in days if "Vera Vejleder" in run(each)]
    assert told == [-7, 0, 3, 7]
    assert mails_of(cast.elevansvarlig).count() == 1
    assert {mail.forfald for mail in mails_of(cast.vejleder)} == {
        at_eight(FRIST + timedelta(days=each)) for each in told
    }


def test_a_person_gets_one_mail_a_day_with_everything(cast, evaluering):
    planned(cast, art="midtvejs", frist=FRIST)
    assert run(FRIST) == BOTH
    text = letter(mails_of(cast.vejleder).get(), FRIST).tekst
    assert "Slutevaluering i Økonomi" in text
    assert "Midtvejssamtale i Økonomi" in text


def test_what_turns_up_later_the_same_day_waits_until_tomorrow(cast, evaluering):
    run(FRIST)
    planned(cast, art="midtvejs", frist=FRIST)
    assert run(FRIST) == set()
    assert run(FRIST + timedelta(days=1)) == BOTH


def test_an_outage_of_days_gives_one_mail_not_one_for_each_missed_step(cast, evaluering):
    run(FRIST - timedelta(days=7))
    assert run(FRIST + timedelta(days=5)) == BOTH
    assert letter(mails_of(cast.vejleder).last(), FRIST + timedelta(days=5)).emne == "Fristen er gået"


def test_after_a_year_of_silence_nobody_is_buried_in_old_reminders(evaluering):
    assert run(FRIST + timedelta(days=400)) == {"Else Ansvarlig"}


def test_a_moved_deadline_is_a_new_occasion(cast, evaluering):
    run(FRIST)
    put_off(cast.vejleder, evaluering=evaluering, til=FRIST + timedelta(days=20), grund="fravaer")
    assert run(FRIST + timedelta(days=12)) == set()
    assert run(FRIST + timedelta(days=13)) == BOTH


# --- Asked again right before sending ---


def test_who_has_done_it_in_the_meantime_gets_no_mail(cast, scene):
    evaluering = scene(begun)
    run(FRIST)
    fill_in(cast.vejleder, evaluering)
    share(cast.vejleder, evaluering=evaluering)
    assert letter(mails_of(cast.vejleder).get(), FRIST) is None
    assert letter(mails_of(cast.aase.bruger).get(), FRIST) is not None


def test_nobody_is_reminded_of_what_has_lapsed_or_was_put_off(cast, evaluering):
    run(FRIST)
    put_off(cast.vejleder, evaluering=evaluering, til=FRIST + timedelta(days=20), grund="fravaer")
    assert letter(mails_of(cast.vejleder).get(), FRIST) is None
    other = planned(cast, art="midtvejs", frist=FRIST)
    run(FRIST + timedelta(days=1))
    lapse(cast.elevansvarlig, evaluering=other, grund="Holdes ikke")
    assert letter(mails_of(cast.vejleder).last(), FRIST + timedelta(days=1)) is None


def test_after_a_time_without_mail_the_first_digest_says_it_all_and_the_rest_fall_away(cast, evaluering, settings):
    settings.MAIL_MODE = "demo"
    for days in (-7, 0, 3):
        run(FRIST + timedelta(days=days))
    with time_machine.travel(on(FRIST + timedelta(days=3))):
        outbox.sweep()
    assert list(mails_of(cast.vejleder).values_list("status", flat=True)) == ["sendt", "annulleret", "annulleret"]


def sent(person, moment: datetime) -> Mail:
    """The newest digest of the person, sent at the moment."""
    mail = mails_of(person).last()
    Mail.objects.filter(pk=mail.pk).update(status="sendt", sendt=moment)
    return mail


def test_one_that_was_held_back_says_it_all_when_it_is_sent_and_the_next_one_falls_away(cast, evaluering):
    run(FRIST - timedelta(days=1))
    held = mails_of(cast.vejleder).get()
    planned(cast, art="midtvejs", frist=FRIST)
    run(FRIST)
    text = letter(held, FRIST).tekst
    assert "Slutevaluering i Økonomi" in text and "Midtvejssamtale i Økonomi" in text
    Mail.objects.filter(pk=held.pk).update(status="sendt", sendt=on(FRIST))
    assert letter(mails_of(cast.vejleder).last(), FRIST) is None


def test_what_turns_up_after_a_held_back_mail_was_sent_is_told_tomorrow_and_not_lost(cast, evaluering):
    run(FRIST - timedelta(days=7))
    sent(cast.vejleder, on(FRIST - timedelta(days=6)))
    planned(cast, art="midtvejs", frist=FRIST)
    assert run(FRIST - timedelta(days=6)) == {"Åse Ærlig"}
    assert "Vera Vejleder" in run(FRIST - timedelta(days=5))
    text = letter(mails_of(cast.vejleder).last(), FRIST - timedelta(days=5)).tekst
    assert "Midtvejssamtale i Økonomi" in text


@pytest.mark.parametrize("change", [date(2028, 3, 26), date(2028, 10, 29)])
@pytest.mark.parametrize(
    ("days", "clock", "is_sent_today"),
    [(-1, (23, 45), False), (0, (0, 15), True), (0, (23, 45), True), (1, (0, 15), False)],
)
def test_today_is_a_day_in_denmark_also_when_the_clock_changes(cast, change, days, clock, is_sent_today):
    """In winter and in summer the day begins at another hour of UTC than it does in Denmark."""
    planned(cast, frist=change)
    run(change)
    mail = sent(cast.vejleder, datetime.combine(change + timedelta(days=days), time(*clock), NOON.tzinfo))
    assert (letter(mail, change) is None) == is_sent_today


def test_a_mail_names_neither_the_elev_nor_any_answer(cast, scene):
    evaluering = scene(begun)
    fill_in(cast.vejleder, evaluering)
    run(FRIST)
    for mail in Mail.objects.all():
        found = letter(mail, FRIST)
        assert "Åse" not in found.emne + found.tekst
        assert "Ord fra" not in found.emne + found.tekst
        assert found.url == reverse("evaluering", args=[evaluering.pk])


def test_a_sealed_evaluation_is_at_peace(scene):
    scene(sealed)
    assert run(FRIST + timedelta(days=20)) == set()


# --- Twice, at night, when the clock changes ---


@pytest.mark.parametrize("change", [date(2028, 3, 26), date(2028, 10, 29)])
def test_one_mail_due_at_eight_also_on_the_nights_when_the_clock_changes(cast, change):
    planned(cast, frist=change)
    start = on(change).replace(hour=0, minute=0).timestamp()
    for minutes in range(-30, 300, 15):
        with time_machine.travel(datetime.fromtimestamp(start + minutes * 60, tz=NOON.tzinfo)):
            tasks.run_alone(remind_about_debts)
    mails = Mail.objects.filter(modtager=cast.vejleder, noegle__endswith=":dagen")
    assert [mail.forfald for mail in mails] == [at_eight(change)]


def test_the_number_of_statements_does_not_grow_with_the_people(cast, evaluering, django_assert_num_queries):
    with time_machine.travel(on(FRIST)):
        with django_assert_num_queries(9):
            remind_about_debts()
        for each in range(10):
            planned(cast, udgave=each + 2, elevvejleder=cast.anden_vejleder)
        Mail.objects.all().delete()
        with django_assert_num_queries(9):
            remind_about_debts()


# --- Switched off ---


def test_a_kind_that_may_be_switched_off_is_not_sent_and_the_others_are(cast, evaluering):
    Fravalg.objects.create(bruger=cast.vejleder, slags="evaluering_foer")
    Fravalg.objects.create(bruger=cast.vejleder, slags="evaluering_efter")  # the rules do not allow it
    assert run(FRIST - timedelta(days=7)) == {"Åse Ærlig"}
    assert run(FRIST) == BOTH


def test_when_the_rules_take_the_choice_back_the_mails_come_again(cast, evaluering):
    Fravalg.objects.create(bruger=cast.vejleder, slags="evaluering_foer")
    Regel.objects.filter(noegle="fravalg_evaluering_foer").update(vaerdi=0)
    assert run(FRIST - timedelta(days=7)) == BOTH


def test_every_kind_has_its_rule(db):
    add_rules()
    assert {each.regel for each in SLAGS} == {key for key in RULES if key.startswith("fravalg_")}


def test_the_page_saves_what_may_be_chosen_and_nothing_else(as_user, cast):
    client = as_user(cast.vejleder)
    client.post(reverse("paamindelser"), {"erklaering_foer": "on", "evaluering_efter": ""})
    refused = set(Fravalg.objects.values_list("slags", flat=True))
    assert refused == {"evaluering_foer"}
    choose_reminders(cast.vejleder, wanted=[each.navn for each in SLAGS])
    assert not Fravalg.objects.exists()


def test_what_others_are_late_with_is_offered_to_the_elevansvarlig_alone(as_user, cast):
    words = "når andre er længe om det"
    assert words not in as_user(cast.vejleder).get(reverse("paamindelser")).content.decode()
    assert words in as_user(cast.elevansvarlig).get(reverse("paamindelser")).content.decode()


# --- The front pages ---


def test_the_front_pages_show_the_same_list(as_user, cast, evaluering):
    for person in (cast.aase.bruger, cast.vejleder):
        page = as_user(person).get("/").content.decode()
        assert reverse("evaluering", args=[evaluering.pk]) in page
        assert "Slutevaluering i Økonomi" in page


def test_the_page_of_the_elevansvarlig_shows_what_is_long_overdue(as_user, cast, evaluering):
    client = as_user(cast.elevansvarlig)
    assert "længe forsinket" not in client.get("/").content.decode()
    with time_machine.travel(on(FRIST + timedelta(days=10)), tick=True):
        client = as_user(cast.elevansvarlig)
        assert "1 evaluering er længe forsinket" in client.get("/").content.decode()
