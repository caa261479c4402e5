"""Amounts in kroner as Danes write them: 1.234,50. Two decimals, never a float."""

import re
from decimal import Decimal

from django import forms

MOST = Decimal("9999999.99")  # fits Decimal(9, 2)
NOT_AN_AMOUNT = "Skriv beløbet som et tal, fx 1.234,50."
# 1.234,50 and 1234,50; 1.234 is thousands; 1234.5 is how telephones and foreign receipts write it.
DANISH = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?", re.ASCII)
FOREIGN = re.compile(r"(\d+)\.(\d{1,2})", re.ASCII)


def kroner(amount: Decimal | int | None) -> str:
    """1.234,50 kr."""
    return f"{plain(amount)} kr." if amount is not None else ""


def plain(amount: Decimal | int) -> str:
    """1.234,50"""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def parse(text: str) -> Decimal:
    """ValueError: it is no amount, or can be read in two ways."""
    text = re.sub(r"\s|^kr\.?|kr\.?$|,-$", "", text.strip().lower())
    found = DANISH.fullmatch(text) or FOREIGN.fullmatch(text)
    if not found:
        raise ValueError(NOT_AN_AMOUNT)
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")


class BeloebField(forms.CharField):
    """Its cleaned value is a Decimal above zero (or from zero, `fra_nul`), or None when nothing is typed."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, fra_nul=False, **kwargs):
        super().__init__(max_length=30, empty_value=None, **kwargs)
        self.fra_nul = fra_nul

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal | int) else value

    def clean(self, value) -> Decimal | None:
        text = super().clean(value)
        return self._amount(text) if text else None

    def _amount(self, text: str) -> Decimal:
        if text.startswith(("-", "−", "–")):
            raise forms.ValidationError(f"“{self.label}” kan ikke være mindre end 0. Skriv det uden minus.")
        try:
            amount = parse(text)
        except ValueError:
            raise forms.ValidationError(f"Skriv “{self.label}” som et tal, fx 1.234,50.") from None
        if amount > MOST:
            raise forms.ValidationError(f"“{self.label}” er for stort. Se, om kommaet er rigtigt.")
        if not amount and not self.fra_nul:
            raise forms.ValidationError(f"“{self.label}” skal være mere end 0.")
        return amount
