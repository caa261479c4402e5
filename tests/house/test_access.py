"""The access matrix: every URL x every identity, the role guard against the file name, and the objects of others."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F
from django.urls import get_resolver, reverse
from django.views import defaults
from django_htmx.middleware import HtmxDetails

from afdelinger.models import Rolle, Rolletildeling
from elevforloeb.core import pdf

from .matrix import AABEN, ALLAUTH, BY_OBJECT, LOGGED_IN, MATRIX
from .source import findings
from .stage import IDENTITIES, undone

LOGIN = "/konto/login/"
# Past the guard: also told that an empty form is no form of ours (400), or that it needs mending (422).
IN = {200, 204, 302, 400, 409, 422}
HOW = {"page": {}, "htmx": {"HX-Request": "true"}}
OWN = {name: MATRIX[name] for name in BY_OBJECT if MATRIX[name].roles not in (AABEN, ALLAUTH)}


@pytest.fixture(autouse=True)
def no_rendering(monkeypatch):
    """Who gets a PDF is decided before it is laid out, which takes a second."""
    monkeypatch.setattr(pdf, "render_pdf", lambda *args, **options: b"%PDF-")


@pytest.fixture
def short_refusals(monkeypatch):
    """The page that says no is the same for every address: one test looks at it, for each role."""
    page = SimpleNamespace(render=lambda *args, **options: "Nej")
    monkeypatch.setattr(defaults, "loader", SimpleNamespace(get_template=lambda name: page))


@pytest.fixture
def asked(monkeypatch) -> list:
    """What a page asks about htmx."""
    asked, get = [], HtmxDetails._get_header_value
    monkeypatch.setattr(HtmxDetails, "_get_header_value", lambda self, name: asked.append(name) or get(self, name))
    return asked


def patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry)
        else:
            yield entry


VIEWS = {pattern.name: pattern.callback for pattern in patterns()}


def call(client, name, kwargs, **options):
    """What it does to the database is undone."""
    url = reverse(name, kwargs=kwargs)
    with undone():
        return client.post(url, **options) if MATRIX[name].post_only else client.get(url, **options)


def gets_in(name, identity) -> bool:
    row = MATRIX[name]
    return row.roles == LOGGED_IN or (row.roles != AABEN and identity in {str(role) for role in row.roles})


def test_every_url_has_a_name_and_a_row_and_every_row_a_url():
    assert set(VIEWS) == set(MATRIX)


def disagreements(name, row):
    view = VIEWS[name]
    roles = getattr(view, "roles", None)
    if roles != (None if row.roles == LOGGED_IN else row.roles):
        yield f"the guard says {roles}, the row {row.roles}"
    room = view.__module__.partition(".views.")[2].split(".")[0]
    if room in {str(role) for role in Rolle}:
        if roles != frozenset({room}):
            yield f"{view.__module__} is the room of {room} alone"
    elif room not in {"faelles", "konto"}:
        yield f"{view.__module__}: no such room"


def test_every_guard_agrees_with_its_row_and_with_its_file_name():
    assert findings(disagreements, OWN) == {}


@pytest.mark.parametrize("name", [name for name in BY_OBJECT if MATRIX[name].roles != AABEN])
def test_without_log_in_one_is_sent_to_the_log_in_page(name, kwargs, stage, db):
    response = call(stage.as_(None), name, kwargs)
    assert response.status_code == 302 and response.url.startswith(LOGIN), response.status_code


@pytest.mark.parametrize("name", [name for name in BY_OBJECT if MATRIX[name].roles == AABEN])
def test_open_pages_answer_without_log_in(name, kwargs, stage, db):
    assert call(stage.as_(None), name, kwargs).status_code in {200, 302, 303, 400, 404, 503}


LINKED = [pattern.name for pattern in patterns() if "token" in pattern.pattern.converters]


@pytest.mark.parametrize("name", LINKED)
def test_without_the_right_key_a_private_link_shows_nothing(name, kwargs, stage, db):
    response = call(stage.as_(None), name, kwargs | {"token": "0" * 32 + "~forkert"})
    assert response.status_code in {302, 404}, response.status_code


# The access log and the session may grow by a GET; nothing else may be written, not even with the same values.
GROWS = {"core.Opslag", "sessions.Session", "usersessions.UserSession", "afdelinger.Bruger"}


@pytest.mark.parametrize("name", OWN)
def test_role_decides_who_gets_in_and_reading_changes_nothing(name, kwargs, stage, db, short_refusals, asked):
    wrong, before = {}, written_rows()
    for identity in IDENTITIES:
        asked.clear()
        for how, headers in HOW.items():
            if how == "htmx" and not asked:
                continue  # whoever does not ask answers htmx as it answered the page
            status = call(stage.as_(identity), name, kwargs, headers=headers).status_code
            if status not in (IN if gets_in(name, identity) else {403}):
                wrong[identity, how] = status
    if not MATRIX[name].post_only:
        wrong |= {table: "written" for table, counts in written_rows().items() if counts != before[table]}
    assert wrong == {}


@pytest.mark.parametrize("name", ["skole", "oensker"])  # no role has both
def test_the_page_that_says_no_says_what_to_do(name, kwargs, stage, db):
    for identity in IDENTITIES:
        if not gets_in(name, identity):
            response = call(stage.as_(identity), name, kwargs)
            assert response.status_code == 403
            assert "Du har ikke adgang til siden" in response.text and "Gå til forsiden" in response.text


@pytest.mark.parametrize("name", [name for name, row in OWN.items() if row.foreign])
def test_what_belongs_to_others_does_not_exist(name, kwargs, stage, db):
    foreign = MATRIX[name].foreign
    objects = {make: stage.make(make) for make in set(foreign.values())}
    statuses = {i: call(stage.as_(i), name, objects[make]).status_code for i, make in foreign.items()}
    assert statuses == dict.fromkeys(foreign, 404)


@pytest.mark.parametrize("name", ["skole"])
def test_writing_is_noticed(name, kwargs, db):
    before = written_rows()
    with undone():
        Rolletildeling.objects.update(rolle=F("rolle"))
    assert {table for table in before if before[table] != written_rows()[table]} == {"afdelinger_rolletildeling"}


def written_rows() -> dict[str, tuple]:
    """Every table but those that reading may add to: rows inserted, updated and deleted in this transaction."""
    grows = {apps.get_model(label)._meta.db_table for label in GROWS}
    with connection.cursor() as cursor:
        cursor.execute("select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_xact_user_tables")
        return {table: tuple(counts) for table, *counts in cursor.fetchall() if table not in grows}
