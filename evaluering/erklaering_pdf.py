"""A signed declaration on paper: set from the sealed text and from nothing else, so that the two cannot differ."""

from datetime import date, datetime

from django.utils.timezone import localtime

from elevforloeb.core import seal
from elevforloeb.core.dates import Periode, full_date
from elevforloeb.core.models import Dokument
from elevforloeb.core.pdf import render_pdf

TEMPLATE = "pdf/erklaering.html"
PERIODS, MOMENTS = ("aftale", "periode", "skole"), ("elev_set", "underskrevet")


def erklaering_pdf(dokument: Dokument) -> bytes:
    return render_pdf(TEMPLATE, {"dokument": dokument, "side": get_page(seal.content(dokument))})


def get_page(text: dict) -> dict:
    """The sealed text with its dates in words."""
    page = dict(text)
    for name in PERIODS:
        if found := text[name]:
            days = Periode.until_last_day(date.fromisoformat(found["fra"]), date.fromisoformat(found["til_og_med"]))
            page[name] = found | {"dage": str(days)}
    return page | {name: _moment(text[name]) for name in MOMENTS}


def _moment(text: str | None) -> str:
    if not text:
        return ""
    moment = localtime(datetime.fromisoformat(text))
    return f"{full_date(moment.date())} kl. {moment:%H.%M}"
