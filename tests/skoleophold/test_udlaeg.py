"""Expenses: who writes what until when, one decision however many click, and each in one payment."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from elevforloeb.core import audit, letters
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Fil, Mail
from elevforloeb.core.periods import period
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from skoleophold import permissions
from skoleophold.models import Udbetaling, Udlaeg
from skoleophold.queries.handling import WING
from skoleophold.queries.udlaeg import find_warnings, recent_arter
from skoleophold.services import udbetalinger, udlaeg
from tests.cast import make_cast
from tests.udlaeg_steps import approved, draft, felter, fresh, make_art, paid, receipt, returned, sent

S = Udlaeg.Status


def save_again(row: Udlaeg, **more):
    what = {"noegle": row.noegle, "version": row.version, "felter": {}, "filer": []} | more
    return udlaeg.save_udlaeg(row.elev.bruger, elev=row.elev, **what)


# --- writing and sending -------------------------------------------------------------------------------------------


def test_a_draft_may_lack_everything_and_what_is_sent_nothing(cast):
    row = draft(cast.aase, filer=[], art=None, dato=None, beloeb=None, formaal="")
    with pytest.raises(ValidationError) as refusal:
        udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    assert set(refusal.value.message_dict) == {"art", "dato", "beloeb", "formaal", "bilag"}
    assert fresh(row).status == S.KLADDE


def test_the_same_form_twice_is_one_expense_with_each_receipt_once(cast):
    paper = receipt()
    row = draft(cast.aase, filer=[paper, paper])
    udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    again = save_again(row, version=None, felter=felter(), filer=[paper])
    udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=again)
    assert Udlaeg.objects.count() == Fil.objects.count() == 1
    assert audit.acts_of(cast.aase.bruger, "udlaeg.sendt").count() == 1


def test_a_receipt_from_tomorrow_is_refused(cast):
    draft(cast.aase, dato=date(2027, 10, 15))
    with pytest.raises(ValidationError, match="fremtiden"):
        draft(cast.aase, dato=date(2027, 10, 16))


def test_transport_says_how_far_and_what_the_elev_would_have_paid_anyway(cast):
    art = make_art("befordring", egen_udgift=True, mindst_km=20)
    row = draft(cast.aase, art=art)
    with pytest.raises(ValidationError, match="hvor langt"):
        udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    row = save_again(row, felter={"km": 14, "egen_udgift": Decimal(300)})
    with pytest.raises(ValidationError, match="lige så stor"):
        udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    row = save_again(row, felter={"egen_udgift": Decimal("40.00")})
    udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    assert fresh(row).til_udbetaling == Decimal("200.00")
    assert "14 km" in find_warnings(cast.elevansvarlig, [fresh(row)])[row.pk][0]


def test_it_is_the_day_of_the_receipt_that_decides_whether_a_kind_is_paid(cast):
    art = make_art("kurser", periode=period(date(2027, 1, 1), date(2027, 9, 30)))
    assert art in recent_arter()
    row = draft(cast.aase, art=art, dato=date(2027, 10, 1))
    with pytest.raises(ValidationError, match="kunne ikke vælges den 1. oktober 2027"):
        udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    row = save_again(row, felter={"dato": date(2027, 9, 30)})
    assert udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row).status == S.SENDT


def test_what_was_sent_is_changed_only_after_it_was_taken_back(cast):
    row = sent(cast.aase)
    for change in (
        lambda: save_again(row, felter={"formaal": "Noget andet"}),
        lambda: udlaeg.remove_bilag(cast.aase.bruger, bilag=row.bilag.get()),
        lambda: udlaeg.delete_udlaeg(cast.aase.bruger, udlaeg=row),
    ):
        with pytest.raises(StaleError, match="Udlægget er sendt"):
            change()
    udlaeg.take_back(cast.aase.bruger, udlaeg=row)
    udlaeg.delete_udlaeg(cast.aase.bruger, udlaeg=row)
    assert not Udlaeg.objects.exists() and not Fil.objects.exists()


def test_two_windows_of_the_elev_do_not_overwrite_each_other(cast):
    row = draft(cast.aase)
    save_again(row, felter={"formaal": "Fra telefonen"})
    with pytest.raises(StaleError, match="Fra telefonen"):
        save_again(row, felter={"formaal": "Fra computeren"})


# --- deciding ------------------------------------------------------------------------------------------------------


def test_the_elev_is_told_of_each_answer_without_amount_or_reason(cast):
    approved(cast, cast.aase)
    row = returned(cast, cast.aase, grund="Bonen kan ikke læses")
    texts = [letters.write(mail) for mail in Mail.objects.order_by("id")]
    assert [text.emne for text in texts] == ["Dit udlæg er godkendt", "Dit udlæg skal rettes"]
    assert not any("240" in text.tekst or "Bonen" in text.tekst for text in texts)
    assert set(Mail.objects.values_list("modtager", flat=True)) == {cast.aase.bruger_id}
    udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    assert letters.write(Mail.objects.latest("id")) is None, "it is corrected already"


def test_nobody_approves_another_text_than_the_one_that_was_read(cast):
    row = sent(cast.aase)
    seen = row.version
    udlaeg.take_back(cast.aase.bruger, udlaeg=row)
    with pytest.raises(StaleError, match="taget tilbage"):
        udlaeg.approve(cast.elevansvarlig, udlaeg=row, version=seen)
    row = save_again(fresh(row), felter={"beloeb": Decimal("9999.00")})
    udlaeg.send_udlaeg(cast.aase.bruger, udlaeg=row)
    with pytest.raises(StaleError, match="er ændret"):
        udlaeg.approve(cast.elevansvarlig, udlaeg=row, version=seen)
    assert fresh(row).status == S.SENDT


def test_several_are_approved_together_or_not_at_all(cast):
    one, two = sent(cast.aase), sent(cast.bo)
    with pytest.raises(StaleError):
        udlaeg.approve_many(cast.elevansvarlig, seen={one.pk: one.version, two.pk: two.version - 1})
    assert fresh(one).status == S.SENDT and not Mail.objects.exists()
    udlaeg.approve_many(cast.elevansvarlig, seen={row.pk: row.version for row in (one, two)})
    assert {fresh(one).status, fresh(two).status} == {S.GODKENDT}


def test_nobody_approves_her_own(cast):
    row = sent(cast.aase)
    cast.aase.bruger.rolletildelinger.create(rolle="elevansvarlig", periode=row.art.periode)
    both = type(cast.aase.bruger).objects.get(pk=cast.aase.bruger_id)
    assert not permissions.udlaeg_to_decide(both).exists() and permissions.visible_udlaeg(both).exists()
    with pytest.raises(StaleError):
        udlaeg.approve(both, udlaeg=row, version=row.version)
    with pytest.raises(ValidationError, match="Dit eget"):
        udlaeg.return_udlaeg(both, udlaeg=row, version=row.version, grund="x")


def test_the_same_receipt_is_told_and_not_refused_and_nothing_is_told_of_others(cast):
    paper = receipt(data=b"same")
    mine, own = sent(cast.aase, filer=[paper]), draft(cast.aase, filer=[paper])
    theirs = sent(cast.bo, filer=[paper])
    assert find_warnings(cast.bo.bruger, [theirs])[theirs.pk] == []
    assert f"nr. {mine.pk}" in find_warnings(cast.aase.bruger, [own])[own.pk][0]
    told = find_warnings(cast.elevansvarlig, [theirs])[theirs.pk]
    assert len(told) == 1 and f"nr. {mine.pk} fra Åse Ærlig" in told[0], "a draft is nobody else's"


@pytest.fixture
def real_cast(transactional_db):
    return make_cast()


def race(*acts) -> list:
    """Each in a thread with a connection of its own; answers what each came to."""
    start, came_to = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            came_to.append("gjort")
        except ValidationError as error:
            came_to.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return sorted(came_to)


def test_of_two_who_decide_at_once_one_wins_and_of_two_payments_one_is_made(real_cast):
    cast, row = real_cast, sent(real_cast.aase)
    boss, (one, two, three) = cast.elevansvarlig, [fresh(row) for _ in range(3)]  # each has read it as sent
    outcome = race(
        lambda: udlaeg.approve(boss, udlaeg=one, version=one.version),
        lambda: udlaeg.return_udlaeg(boss, udlaeg=two, version=two.version, grund="Nej"),
        lambda: udlaeg.take_back(cast.aase.bruger, udlaeg=three),
    )
    assert outcome == ["StaleError", "StaleError", "gjort"] and Mail.objects.count() <= 1
    ready = approved(cast, cast.bo)
    pay = lambda: udbetalinger.create_udbetaling(boss, ids=[ready.pk])  # noqa: E731
    assert race(pay, pay) == ["StaleError", "gjort"]
    assert Udbetaling.objects.count() == 1


# --- payments ------------------------------------------------------------------------------------------------------


def test_a_payment_is_undone_until_it_is_handed_over(cast):
    row = approved(cast, cast.aase)
    first = paid(cast, row)
    udbetalinger.undo_udbetaling(cast.elevansvarlig, udbetaling=first)
    assert fresh(row).status == S.GODKENDT and fresh(row).udbetaling is None
    second = paid(cast, row)
    assert (second.antal, second.beloeb) == (1, Decimal("240.00")) and second.pk > first.pk
    udbetalinger.hand_over(cast.elevansvarlig, udbetaling=second)
    with pytest.raises(StaleError, match="er afleveret i forvejen"):
        udbetalinger.undo_udbetaling(cast.elevansvarlig, udbetaling=second)
    with pytest.raises(StaleError, match="på vej til udbetaling"):
        udlaeg.return_udlaeg(cast.elevansvarlig, udlaeg=fresh(row), version=fresh(row).version, grund="For sent")


def test_only_what_is_approved_is_paid(cast):
    for row in (draft(cast.aase), sent(cast.aase), returned(cast, cast.aase)):
        with pytest.raises(StaleError, match="ikke længere klar"):
            paid(cast, approved(cast, cast.bo), row)
    assert not Udbetaling.objects.exists()


# --- who sees ------------------------------------------------------------------------------------------------------


def test_an_expense_is_seen_by_the_elev_and_once_sent_by_the_elevansvarlig_alone(cast):
    one, two = draft(cast.aase), sent(cast.aase)
    sees = {
        name: {row.pk for row in permissions.visible_udlaeg(user)}
        for name, user in {
            "elev": cast.aase.bruger,
            "another": cast.bo.bruger,
            "elevansvarlig": cast.elevansvarlig,
            "elevvejleder": cast.vejleder,
            "leder": cast.leder,
            "administrator": cast.administrator,
        }.items()
    }
    nothing = dict.fromkeys(["another", "elevvejleder", "leder", "administrator"], set())
    assert sees == {"elev": {one.pk, two.pk}, "elevansvarlig": {two.pk}} | nothing


def test_what_waits_stands_under_things_to_do(cast):
    draft(cast.aase)
    assert list(find_things(rules(), [WING])) == []
    sent(cast.aase)
    sent(cast.bo)
    approved(cast, cast.bo)
    assert sorted(line.titel for line in find_things(rules(), [WING])) == [
        "1 udlæg mangler at komme med i en udbetaling",
        "2 udlæg venter på svar",
    ]
