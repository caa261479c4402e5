"""The path of a fagprøve: who may do which step, in which order, and what happens when two do it at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from elevforloeb.core import audit, letters
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde
from skoleophold.permissions import visible_fagproever
from skoleophold.queries.fagproeve import liste
from skoleophold.queries.fagproeve.handling import WING
from skoleophold.queries.fagproeve.vej import behind, steps, with_exam_day
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import runder, vejen
from skoleophold.services.paamindelser import remind_about_school
from tests.cast import make_cast
from tests.fagproeve_steps import (
    WRITING,
    approve,
    attempt_of,
    hand_in,
    judge,
    make_runde,
    make_work,
    on,
    page,
    say,
    work_of,
    write,
)
from tests.skole_steps import follow, make_class


@pytest.fixture
def runde(scene):
    return scene(make_runde)


def refused(words: str):
    return pytest.raises(ValidationError, match=words)


# --- the dates ------------------------------------------------------------------------------------------------------


def test_everybody_who_follows_the_class_gets_one_fagproeve_however_often_it_is_asked(cast, runde):
    runder.begin_fagproever()
    runder.begin(runde)
    assert sorted(str(row.elev) for row in Fagproeveforsoeg.objects.all()) == ["Bo Berg", "Åse Ærlig"]
    assert Fagproeve.objects.count() == 2


def test_who_joins_the_class_later_gets_one_too(cast):
    skolehold = make_class(cast)
    follow(cast, skolehold, cast.aase)
    make_runde(cast, skolehold)
    follow(cast, skolehold, cast.bo)
    assert attempt_of(cast.bo) is None
    runder.begin_fagproever()
    assert work_of(cast.bo).runde.skolehold == skolehold


def test_a_date_that_was_counted_back_is_counted_anew_when_the_writing_moves(cast, runde):
    assert runde.emne_senest == WRITING[0] - timedelta(days=112)
    later = {"startdato": date(2029, 5, 7), "sidste_dag": date(2029, 5, 18), "godkendt_senest": date(2029, 3, 1)}
    version = runder.runde_version(runde)
    moved = runder.save_runde(cast.elevansvarlig, runde=runde, navn="Fagprøve", version=version, **later)
    assert moved.emne_senest == date(2029, 5, 7) - timedelta(days=112)
    assert moved.godkendt_senest == date(2029, 3, 1) and "godkendt_senest" not in moved.beregnet
    with pytest.raises(StaleError, match="har gemt en rettelse"):
        runder.save_runde(cast.elevansvarlig, runde=runde, navn="Fagprøve", version=version, **later)


def test_dates_that_somebody_has_begun_on_are_not_deleted(cast, runde):
    write(cast.aase, send=False)
    with refused("begyndt på fagprøven"):
        runder.delete_runde(cast.elevansvarlig, runde=runde)
    Fagproeve.objects.update(status="emne")
    runder.delete_runde(cast.elevansvarlig, runde=runde)
    assert not Fagproeve.objects.exists() and not Fagproeverunde.objects.exists()


# --- both approvals -------------------------------------------------------------------------------------------------


def test_it_is_approved_when_both_have_said_yes_in_either_order(cast, runde):
    write(cast.aase)
    assert say(cast.vejleder, cast.aase, "arbejdsplads").status == "sendt"
    assert say(cast.aase.bruger, cast.aase, "skole").status == "godkendt"
    write(cast.bo)
    assert say(cast.bo.bruger, cast.bo, "skole").status == "sendt"
    assert say(cast.elevansvarlig, cast.bo, "arbejdsplads").status == "godkendt"


def test_a_changed_text_needs_both_approvals_again(cast, runde):
    assert approve(cast, cast.aase).status == "godkendt"
    assert write(cast.aase, tekst="En anden vinkel").status == "sendt"
    assert not vejen.latest(work_of(cast.aase), sendt=True).svar.exists()
    assert say(cast.vejleder, cast.aase, "arbejdsplads").status == "sendt"
    assert say(cast.aase.bruger, cast.aase, "skole").status == "godkendt"


def test_a_no_sends_the_text_back_as_a_draft_to_go_on_with(cast, runde):
    write(cast.aase)
    with refused("hvad der skal ændres"):
        say(cast.vejleder, cast.aase, "arbejdsplads", yes=False, kommentar=" ")
    assert say(cast.vejleder, cast.aase, "arbejdsplads", yes=False).status == "skrives"
    kladde = vejen.latest(work_of(cast.aase), sendt=False)
    assert (kladde.nr, kladde.tekst) == (2, vejen.latest(work_of(cast.aase), sendt=True).tekst)
    with refused("ikke sendt til godkendelse"):
        say(cast.aase.bruger, cast.aase, "skole")


def test_of_two_who_answer_for_the_workplace_the_second_is_told_who_was_first(cast, runde):
    write(cast.aase)
    say(cast.vejleder, cast.aase, "arbejdsplads")
    with pytest.raises(
        StaleError, match="Vera Vejleder har allerede svaret for arbejdspladsen: Arbejdspladsen: godkendt"
    ):
        say(cast.elevansvarlig, cast.aase, "arbejdsplads", yes=False)


def test_an_answer_to_a_text_that_was_sent_again_meanwhile_is_not_taken(cast, runde):
    write(cast.aase)
    write(cast.aase, tekst="Ny tekst")
    with pytest.raises(StaleError, match="ny udgave"):
        say(cast.vejleder, cast.aase, "arbejdsplads", nr=1)


def test_of_two_who_write_the_same_draft_the_second_sees_the_first_ones_text(cast, runde):
    write(cast.aase, send=False, tekst="Min tekst")
    with pytest.raises(StaleError, match="Min tekst"):
        vejen.write_problem(cast.aase.bruger, fagproeve=work_of(cast.aase), tekst="En anden", version="gammel")
    assert vejen.latest(work_of(cast.aase), sendt=False).tekst == "Min tekst"


# --- hand-in --------------------------------------------------------------------------------------------------------


def test_nothing_is_handed_in_before_both_have_approved_and_confidentiality_is_answered(cast, runde):
    write(cast.aase)
    say(cast.vejleder, cast.aase, "arbejdsplads")
    with on(WRITING[1]), refused("ikke godkendt af både"):
        vejen.hand_in(cast.aase.bruger, fagproeve=work_of(cast.aase), afleveret=WRITING[1])
    say(cast.aase.bruger, cast.aase, "skole")
    with on(WRITING[1]), refused("fortrolige oplysninger"):
        vejen.hand_in(cast.aase.bruger, fagproeve=work_of(cast.aase), afleveret=WRITING[1])
    vejen.set_fortrolighed(cast.aase.bruger, fagproeve=work_of(cast.aase), fortrolighed="anonym")
    with refused("skriveperioden"):
        vejen.hand_in(cast.aase.bruger, fagproeve=work_of(cast.aase), afleveret=date(2027, 10, 1))
    with on(WRITING[1]):
        for _ in range(2):  # clicked twice
            vejen.hand_in(cast.aase.bruger, fagproeve=work_of(cast.aase), afleveret=WRITING[1])
    assert work_of(cast.aase).status == "afleveret"


def test_what_is_handed_in_does_not_change_until_it_is_taken_back(cast, runde):
    hand_in(cast, cast.aase)
    for act in (
        lambda work: vejen.choose_topic(cast.aase.bruger, fagproeve=work, emne="Andet"),
        lambda work: vejen.write_problem(cast.aase.bruger, fagproeve=work, tekst="x", version="", send=True),
        lambda work: vejen.set_data(cast.aase.bruger, fagproeve=work, indsamlet=True),
    ):
        with refused("afleveret og kan ikke ændres"):
            act(work_of(cast.aase))
    vejen.undo_hand_in(cast.elevansvarlig, fagproeve=work_of(cast.aase))
    assert work_of(cast.aase).status == "godkendt"


def test_the_database_refuses_a_hand_in_without_an_answer_about_confidentiality(cast, runde):
    with pytest.raises(IntegrityError), transaction.atomic():
        Fagproeve.objects.filter(pk=work_of(cast.aase).pk).update(status="afleveret", afleveret=WRITING[1], emne="x")


# --- exam, grade and the next attempt ---------------------------------------------------------------------------------


def test_the_exam_cannot_lie_before_the_hand_in(cast, runde):
    row = attempt_of(cast.aase)
    with refused("efter afleveringen 13. april 2029"):
        version = attempts.forsoeg_version(row)
        attempts.set_exam(cast.aase.bruger, forsoeg=row, eksamen=date(2029, 4, 1), version=version)


def test_a_failed_exam_opens_a_new_attempt_and_a_task_and_extends_nothing(cast, runde):
    hand_in(cast, cast.aase)
    end = cast.aase.slutdato
    judge(cast.aase, "00")
    again = attempt_of(cast.aase)
    assert (again.nr, again.fagproeve.runde, again.fagproeve.status) == (2, None, "skrives")
    assert vejen.latest(again.fagproeve, sendt=False).tekst
    cast.aase.refresh_from_db()
    assert cast.aase.slutdato == end
    with on(date(2029, 4, 28)):
        titles = [each.titel for each in find_things(rules(), [WING])]
        assert "Tag stilling til et tillæg til aftalen med Åse Ærlig" in titles
        assert "Åse Ærlig har et nyt forsøg på fagprøven uden datoer" in titles
        attempts.settle_tillaeg(cast.elevansvarlig, forsoeg=cast.aase.fagproeveforsoeg.get(nr=1))
        assert not any("tillæg" in each.titel for each in find_things(rules(), [WING]))


def test_a_grade_that_was_typed_wrong_takes_its_attempt_back_unless_that_has_begun(cast, runde):
    hand_in(cast, cast.aase)
    first = judge(cast.aase, "-3")
    judge_again = {"forsoeg": first, "bedoemt": date(2029, 4, 27), "version": attempts.forsoeg_version(first)}
    with on(date(2029, 4, 28)):
        attempts.set_result(cast.elevansvarlig, vaerdi="4", **judge_again)
        assert attempt_of(cast.aase).nr == 1 and Fagproeve.objects.count() == 2
        first = attempt_of(cast.aase)
        version = attempts.forsoeg_version(first)
        attempts.set_result(cast.elevansvarlig, forsoeg=first, vaerdi="00", bedoemt=date(2029, 4, 27), version=version)
        attempts.set_runde(cast.elevansvarlig, fagproeve=work_of(cast.aase), runde=runde)
        version = attempts.forsoeg_version(cast.aase.fagproeveforsoeg.get(nr=1))
        with refused("Omprøven er i gang"):
            attempts.set_result(
                cast.elevansvarlig, forsoeg=first, vaerdi="4", bedoemt=date(2029, 4, 27), version=version
            )


def test_the_history_never_says_the_grade(cast, runde):
    hand_in(cast, cast.aase)
    judge(cast.aase, "-3")
    lines = [act for act in audit.history(cast.aase) if act.handling.startswith("fagproeve.")]
    assert lines and not any("-3" in act.tekst or "bestået" in act.tekst.lower() for act in lines)


# --- who sees it, limits, warnings ----------------------------------------------------------------------------------


def test_who_sees_a_fagproeve_follows_who_sees_the_elev(cast, runde):
    seen = {
        user.fornavn: set(visible_fagproever(user).values_list("forsoeg__elev__bruger__navn", flat=True))
        for user in (cast.elevansvarlig, cast.vejleder, cast.leder, cast.aase.bruger, cast.administrator)
    }
    assert seen["Else"] == {"Åse Ærlig", "Bo Berg"} and seen["Vera"] == seen["Åse"] == {"Åse Ærlig"}
    assert seen["Lis"] == seen["Adam"] == set()


def test_an_exam_outside_the_last_half_year_is_warned_of_on_the_page_the_list_and_the_front(cast):
    make_runde(cast, eksamen_fra=date(2029, 4, 27))
    assert liste.lines(liste.find_fagproever(vis="advarsel"), only_warned=True) == []
    cast.bo.stoppet = date(2029, 4, 27)
    cast.bo.save()
    found = liste.lines(liste.find_fagproever(vis="advarsel"), only_warned=True)
    assert [str(line.forsoeg.elev) for line in found] == ["Bo Berg"]
    assert "efter aftalens sidste dag" in page(cast.bo.bruger, cast.bo).linjer[0].advarsel
    assert "1 elev har en fagprøve, der ligger forkert" in [each.titel for each in find_things(rules(), [WING])]


@pytest.mark.parametrize("offset", [-130, -100, -60, -30, -1, 0, 1, 5, 11, 12, 25, 30])
def test_list_page_and_front_agree_about_who_is_behind(cast, offset):
    """The same rule is written three times: for the page, for lists in the database, and for the front page."""
    make_runde(cast, eksamen_fra=date(2029, 4, 27))
    hand_in(cast, cast.aase)
    day = WRITING[0] + timedelta(days=offset)
    with on(day):
        told = [each.titel for each in find_things(rules(), [WING]) if "bagud" in each.titel]
        rows = list(with_exam_day(Fagproeveforsoeg.objects.all()).filter(behind(day)))
        late = [
            row
            for row in Fagproeveforsoeg.objects.select_related("fagproeve__runde")
            if any(each.er_bagud for each in steps(row.fagproeve, row, {}, day))
        ]
        assert set(rows) == set(late)
        number = f"{len(rows)} elev{'er' * (len(rows) != 1)} på KOF 27-2 er bagud med fagprøven"
        assert told == ([number] if rows else [])


# --- reminders ------------------------------------------------------------------------------------------------------


def mails(day: date) -> set[tuple[str, str]]:
    with on(day):
        remind_about_school()
        rows = Mail.objects.filter(skabelon__startswith="fagproeve").select_related("modtager")
        return {(mail.skabelon, mail.modtager.fornavn) for mail in rows if letters.write(mail)}


def test_an_elev_is_reminded_of_topic_writing_and_what_is_late_until_it_is_done(cast, runde):
    approve(cast, cast.aase)
    Mail.objects.all().delete()
    assert mails(date(2028, 11, 1)) == set()
    assert mails(date(2028, 11, 2)) == {("fagproeve_emne", "Bo")}
    assert ("fagproeve_bagud", "Bo") in mails(date(2028, 12, 12))
    assert ("fagproeve_skriveperiode", "Åse") in mails(date(2029, 2, 19))
    write(cast.bo, send=False)
    assert ("fagproeve_emne", "Bo") not in mails(date(2029, 2, 19))


def test_a_text_to_approve_is_told_to_the_elevvejleder_of_the_day_and_its_answer_to_the_elev(cast, runde):
    write(cast.aase)
    assert mails(date(2027, 10, 15)) == {("fagproeve_godkend", "Vera")}
    say(cast.vejleder, cast.aase, "arbejdsplads")
    assert mails(date(2027, 10, 15)) == {("fagproeve_svar", "Åse")}


def test_no_letter_says_topic_text_or_answer(cast, runde):
    write(cast.aase, tekst="Hemmelig vinkel")
    say(cast.vejleder, cast.aase, "arbejdsplads", yes=False, kommentar="Dårlig idé")
    found = [letters.write(mail) for mail in Mail.objects.all()]
    text = " ".join(letter.emne + letter.tekst for letter in found if letter)
    assert text and not any(word in text for word in ("Hemmelig", "Dårlig", "Hurtigere", "Åse"))


def test_a_class_without_dates_is_told_ten_months_before_the_first_agreement_ends(cast):
    follow(cast, make_class(cast), cast.aase)
    titles = {}
    for day in (date(2028, 10, 31), date(2028, 11, 1)):
        with on(day):
            titles[day] = [each.titel for each in find_things(rules(), [WING]) if "datoer" in each.titel]
    assert list(titles.values()) == [[], ["KOF 27-2 mangler datoer for fagprøven"]]
    make_work(cast)
    with on(date(2028, 11, 1)):
        assert not any("mangler datoer" in each.titel for each in find_things(rules(), [WING]))


# --- at once, in two connections ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_in_the_same_moment_one_is_saved_and_the_other_told():
    cast = make_cast()
    make_runde(cast)
    write(cast.aase)
    together_now = Barrier(2)

    def approve_now(actor):
        try:
            together_now.wait(10)
            say(actor, cast.aase, "arbejdsplads")
            return "gemt"
        except StaleError as error:
            return error.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(approve_now, [cast.vejleder, cast.elevansvarlig]))
    assert answers[1] == "gemt" and "har allerede svaret for arbejdspladsen" in answers[0]
    assert vejen.latest(work_of(cast.aase), sendt=True).svar.count() == 1
