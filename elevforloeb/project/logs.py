"""What must not stand in a log."""

import logging
import re

KEY = re.compile(r"(/invitation/)(?!ny/)[^/\s?\"]{20,}")


class WithoutKeys(logging.Filter):
    """Hides the key of an invitation wherever a path is logged: whoever reads the log could otherwise use the link."""

    def filter(self, record):
        text = record.getMessage()
        if "/invitation/" in text:
            record.msg, record.args = KEY.sub(r"\1…", text), None
        if "/invitation/" in str(getattr(record, "request", "")):
            record.request = "…"  # its repr is the whole path
        return True
