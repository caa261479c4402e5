"""What must not stand in a log."""

import logging
import re

KEY = re.compile(r"(/invitation/|/password/reset/key/|/ansoegning/|/besked/)[^/\s?\"]{20,}")


class WithoutKeys(logging.Filter):
    """Hides the key of a private link: whoever reads the log could otherwise use it, an invitation even first."""

    def filter(self, record):
        text = record.getMessage()
        if KEY.search(text):
            record.msg, record.args = KEY.sub(r"\1…", text), None
        if KEY.search(str(getattr(record, "request", ""))):
            record.request = "…"  # its repr is the whole path
        return True
