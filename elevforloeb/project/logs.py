"""What must not stand in a log."""

import logging
import re

KEY = re.compile(r"(/invitation/|/password/reset/key/|/ansoegning/|/besked/)[^/\s?\"]{20,}")
CALENDAR = re.compile(r"/kal/[^/\s?\"]+")  # also a wrong one, which may be right but for a letter


class WithoutKeys(logging.Filter):
    """Hides the key of a private link or a calendar: whoever reads the log could otherwise use it."""

    def filter(self, record):
        text = record.getMessage()
        if (clean := without_keys(text)) != text:
            record.msg, record.args = clean, None
        told = str(getattr(record, "request", ""))
        if without_keys(told) != told:
            record.request = "…"  # its repr is the whole path
        return True


def without_keys(text: str) -> str:
    return CALENDAR.sub("/kal/[skjult].ics", KEY.sub(r"\1…", text))
