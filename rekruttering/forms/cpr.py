"""A CPR number that somebody has pasted into a free text: we must not receive it, and she did not mean to send it."""

import re

from django.core.exceptions import ValidationError

# A day, a month and a year, and four digits; a telephone number with its country code begins with no such day.
CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d[-. ]?\d{4}(?!\d)")


def refuse_cpr(text: str) -> None:
    if CPR.search(text):
        raise ValidationError("Slet cpr-nummeret i teksten. Det må vi ikke få, og vi skal ikke bruge det", code="cpr")
