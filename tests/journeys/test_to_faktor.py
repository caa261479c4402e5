"""Where a second factor is required, a password alone opens nothing."""

import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import expect

from .steps import expect_heading, give_password, log_in

A_MINUTE = 60  # a code is only good once, so the next log-in waits for another


@pytest.fixture(autouse=True)
def second_factor_is_required(settings):
    settings.KRAEV_TO_FAKTOR = True
    cache.clear()  # used codes and failed attempts are remembered by the number of a user


def code_of(secret: str) -> str:
    """What the app on the telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // settings.MFA_TOTP_PERIOD))
