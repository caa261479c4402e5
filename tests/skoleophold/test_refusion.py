"""The arithmetic of the AUB refund."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from skoleophold.refusion import Fremmoede, Sats, reckon

DAY = date(2027, 9, 6)
RATE = Sats("1. uddannelsesår", Decimal("3110"), date(2027, 1, 1))
days, amounts = st.integers(0, 60), st.decimals("0.01", 20_000, places=2)


def refund(fremmoede=None, *, planlagt=10, sats=RATE, ugeloen=None, dag=DAY):
    return reckon(planlagt=planlagt, fremmoede=fremmoede, sats=sats, mangler="Mangler", ugeloen=ugeloen, dag=dag)


def test_ill_days_are_refunded_and_unexcused_ones_are_not_and_the_steps_say_so():
    found = refund(Fremmoede(7, 1, 2))
    assert (found.uger, found.beloeb, found.er_foreloebig) == (Decimal("1.6"), Decimal("4976.00"), False)
    text = " ".join(found.trin)
    assert "7 dage til stede og 1 syg er 1,6 uger" in text and "2 dage med ulovligt fravær giver ingen" in text
    assert "3.110,00 kr. om ugen" in text and "er 4.976,00 kr." in text


def test_without_attendance_the_whole_stay_counts_for_the_time_being():
    found = refund()
    assert (found.beloeb, found.er_foreloebig) == (Decimal("6220.00"), True)


def test_at_most_the_real_pay_is_refunded():
    assert refund(Fremmoede(10, 0, 0), ugeloen=Decimal("2900.50")).beloeb == Decimal("5801.00")
    assert refund(Fremmoede(10, 0, 0), ugeloen=Decimal("5000")).beloeb == Decimal("6220.00")


def test_without_a_rate_there_is_no_amount_and_the_last_step_says_why():
    found = refund(Fremmoede(10, 0, 0), sats=None)
    assert found.beloeb is None and found.trin[-1] == "Mangler"


def test_a_rate_of_an_earlier_year_is_told():
    assert not refund(dag=date(2027, 12, 31)).sats_er_gammel
    old = refund(dag=date(2028, 1, 1))
    assert old.sats_er_gammel and any("Satsen er fra 2027" in step for step in old.trin)


@given(days, days, days, amounts, st.none() | amounts)
def test_the_refund_is_never_more_than_rate_or_pay_for_the_excused_days(there, ill, away, rate, pay):
    found = refund(Fremmoede(there, ill, away), sats=Sats("x", rate, DAY), ugeloen=pay)
    most = min(rate, pay) if pay else rate
    assert abs(found.beloeb - most * (there + ill) / 5) <= Decimal("0.005")
