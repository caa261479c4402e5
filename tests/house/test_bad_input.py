"""No hostile input makes a 500: every page, as the role that may most, with values nobody expects."""

import pytest
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.test.client import FakePayload
from django.urls import reverse

from .matrix import MATRIX
from .stage import IDENTITIES
from .test_access import OWN, gets_in

NASTY = {
    "nul": "\x00",
    "huge number": str(2**63),
    "negative": "-1",
    "not a number": "NaN",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "long": "å" * 20_000,
    # Short text, which most fields take: markup, the wrong way round, and half of a sign, which is no UTF-8.
    "text": ["<script>alert(1)</script>\u202eknul".encode() + b"\xed\xa0\x80"],
}
# What an address can hold and a filter could choke on.
IN_ADDRESSES = {"nul", "huge number", "negative", "not a number", "year 1", "year 9999"}
FIELDS = [
    "q", "side", "hold", "afdeling", "status", "sort", "sorter", "vis", "mdr", "fra", "til", "ret", "fremhaev", "rolle",
    "navn", "email", "startdato", "sidste_dag", "periode", "elevvejleder", "elev", "was", "noegle", "version", "antal",
    "vaerdi", "stoppet", "titel", "art", "model", "tekst", "dato", "person", "form-TOTAL_FORMS", "udkast", "med",
]  # fmt: skip


def identity_for(name):
    return next(identity for identity in ["elevansvarlig", *IDENTITIES] if gets_in(name, identity))


@pytest.fixture
def looked(monkeypatch) -> set:
    """Filled when a page asks what stands in its address or was posted.

    The middleware always asks for the address, before it is known which page it is.
    """
    looked, get, resolve, read = set(), WSGIRequest.GET.func, BaseHandler.resolve_request, FakePayload.read
    monkeypatch.setattr(FakePayload, "read", lambda *args: looked.add("POST") or read(*args))
    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: looked.add("GET") or get(request)))
    monkeypatch.setattr(BaseHandler, "resolve_request", lambda *args: looked.clear() or resolve(*args))
    return looked


@pytest.mark.parametrize("name", OWN)
def test_nothing_nasty_makes_a_500(name, kwargs, stage, db, looked):
    client = stage.as_(identity_for(name))
    url = reverse(name, kwargs=kwargs)
    before = client.post(url).status_code
    reads_posts = before != 405  # a page that takes no POST reads nothing of it
    broken = {}
    shows_more = not MATRIX[name].post_only
    for what, value in NASTY.items():
        data = dict.fromkeys(FIELDS, value)
        statuses = []
        if reads_posts:
            statuses.append(client.post(url, data).status_code)
            # A page that answers the same twice without a look at what was posted does so the next time too.
            reads_posts = "POST" in looked or statuses != [before]
            before = statuses[0]
        taken = any(status < 400 for status in statuses)
        if what in IN_ADDRESSES and (shows_more or taken and not MATRIX[name].post_only):
            looked.clear()
            statuses.append(client.get(url, data).status_code)
            # A page that looks at nothing in its address shows the same the next time, unless a POST is taken first.
            shows_more = "GET" in looked
        if any(status >= 500 for status in statuses):
            broken[what] = statuses
    assert broken == {}
