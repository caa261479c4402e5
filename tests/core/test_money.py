"""Amounts as Danes write them: read when they can only mean one thing, and shown in one way."""

from decimal import Decimal

import pytest
from django import forms

from elevforloeb.core.money import BeloebField, kroner, parse


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1234.5", "1234.50"),
        ("1234.50", "1234.50"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        (" 240 kr. ", "240"),
        ("kr. 1 250,00", "1250"),
        ("99,-", "99"),
        ("0,05", "0.05"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text, amount):
    assert parse(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["1,234.50", "12,345", "1.23.4", "1.2345", "tolv", "12-13", "1e5", "NaN", "٣", "", ",5", "1,2,3", "²"]
)
def test_what_can_be_read_in_two_ways_is_no_amount(text):
    with pytest.raises(ValueError, match="Skriv beløbet"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "words"), [("-3", "uden minus"), ("0", "mere end 0"), ("10.000.000", "for stort"), ("abc", "1.234,50")]
)
def test_the_field_says_what_to_do(text, words):
    with pytest.raises(forms.ValidationError, match=words):
        BeloebField(label="Beløb").clean(text)


def test_an_amount_comes_back_as_it_is_read():
    assert kroner(Decimal("1234.5")) == "1.234,50 kr." and kroner(Decimal("-3")) == "-3,00 kr."
    assert BeloebField().prepare_value(Decimal("1234.50")) == "1.234,50"
    assert BeloebField(required=False).clean("") is None and BeloebField(fra_nul=True).clean("0") == 0
