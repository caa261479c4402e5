"""A declaration is warned of four and two weeks before school begins, once each; evaluations are not."""

from datetime import date

import pytest
import time_machine

from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from evaluering.rykkertrin import Tider, Trin
from evaluering.services.paamindelser import remind_about_debts
from tests.factories import ErklaeringFactory


@pytest.mark.parametrize(
    ("day", "step"),
    [("2027-10-03", None), ("2027-10-04", Trin.VARSEL), ("2027-10-17", Trin.VARSEL), ("2027-10-25", Trin.DAGEN)],
)
def test_the_steps_are_counted_from_the_day_school_begins(cast, day, step):
    deadline = date(2027, 10, 25)  # school begins on 1 November
    assert Tider.of(rules()).reached(deadline, date.fromisoformat(day), "erklaering") == step


def test_an_evaluation_has_no_early_warning(cast):
    assert Tider.of(rules()).reached(date(2027, 10, 25), date(2027, 10, 4), "evaluering") is None


def test_the_elevansvarlig_gets_one_mail_for_the_first_warning(cast):
    ErklaeringFactory(elev=cast.aase, skole=cast.skole)
    with time_machine.travel("2027-10-05"):
        remind_about_debts()
        remind_about_debts()
    (mail,) = Mail.objects.filter(modtager=cast.elevansvarlig)
    assert "varsel" in str(mail.data)
