"""What must not stand in a log."""

import logging
import re

KEY = re.compile(r"(/invitation/|/password/reset/key/)[^/\s?\"]{20,}")


class WithoutKeys(logging.Filter):
    """Hides the key of an invitation or a new password: whoever reads the log could otherwise use the link first."""

    def filter(self, record):
        text = record.getMessage()
        if KEY.search(text):
            record.msg, record.args = KEY.sub(r"\1…", text), None
        if KEY.search(str(getattr(record, "request", ""))):
            record.request = "…"  # its repr is the whole path
        return True
