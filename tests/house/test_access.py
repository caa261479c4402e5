"""The access matrix: every URL x every identity, the role guard against the file name, and the objects of others."""

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver, reverse

from afdelinger.models import Rolle
from elevforloeb.core import pdf

from .access_matrix import AABEN, ALLAUTH, LOGGED_IN, MATRIX

LOGIN = "/konto/login/"
IDENTITIES = {
    "elev": lambda cast: cast.aase.bruger,
    "elevvejleder": lambda cast: cast.vejleder,
    "leder": lambda cast: cast.leder,
    "elevansvarlig": lambda cast: cast.elevansvarlig,
    "administrator": lambda cast: cast.administrator,
    "uden rolle": lambda cast: cast.fremmed,
}
# Past the guard: also told that an empty form is no form of ours (400), or that it needs mending (422).
IN = {200, 204, 302, 400, 409, 422}
HOW = {"page": {}, "htmx": {"HX-Request": "true"}}
OWN = {name: row for name, row in MATRIX.items() if row.roles not in (AABEN, ALLAUTH)}


@pytest.fixture(autouse=True)
def no_rendering(monkeypatch):
    """Who gets a PDF is decided before it is laid out, which takes a second."""
    monkeypatch.setattr(pdf, "render_pdf", lambda *args, **options: b"%PDF-")


def patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry)
        else:
            yield entry


VIEWS = {pattern.name: pattern.callback for pattern in patterns()}


def call(client, name, kwargs, **options):
    url = reverse(name, kwargs=kwargs)
    return client.post(url, **options) if MATRIX[name].post_only else client.get(url, **options)


def gets_in(name, identity) -> bool:
    row = MATRIX[name]
    return row.roles == LOGGED_IN or (row.roles != AABEN and identity in {str(role) for role in row.roles})


def test_every_url_has_a_name_and_a_row_and_every_row_a_url():
    assert set(VIEWS) == set(MATRIX)


@pytest.mark.parametrize("name", OWN)
def test_guard_agrees_with_the_row_and_with_the_file_name(name):
    view, row = VIEWS[name], MATRIX[name]
    roles = getattr(view, "roles", None)
    assert roles == (None if row.roles == LOGGED_IN else row.roles)
    room = view.__module__.partition(".views.")[2].split(".")[0]
    if room in {str(role) for role in Rolle}:
        assert roles == frozenset({room}), f"{view.__module__} is the room of {room} alone"
    else:
        assert room in {"faelles", "konto"}, f"{view.__module__}: no such room"


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.roles != AABEN])
def test_without_log_in_one_is_sent_to_the_log_in_page(name, client, cast):
    response = call(client, name, MATRIX[name].kwargs(cast))
    assert response.status_code == 302 and response.url.startswith(LOGIN), response.status_code


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.roles == AABEN])
def test_open_pages_answer_without_log_in(name, client, cast):
    assert call(client, name, MATRIX[name].kwargs(cast)).status_code in {200, 302, 303, 400, 404, 503}


LINKED = [pattern.name for pattern in patterns() if "token" in pattern.pattern.converters]


@pytest.mark.parametrize("name", LINKED)
def test_without_the_right_key_a_private_link_shows_nothing(name, client, cast):
    kwargs = MATRIX[name].kwargs(cast) | {"token": "0" * 32 + "~forkert"}
    response = call(client, name, kwargs)
    assert response.status_code in {302, 404}, response.status_code


@pytest.mark.parametrize("name", OWN)
def test_role_decides_who_gets_in(name, client, cast):
    kwargs, wrong = MATRIX[name].kwargs(cast), {}
    for identity, person in IDENTITIES.items():
        client.force_login(person(cast))
        for how, headers in HOW.items():
            status = answer(client, name, kwargs, headers=headers)
            if status not in (IN if gets_in(name, identity) else {403}):
                wrong[identity, how] = status
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.foreign])
def test_what_belongs_to_others_does_not_exist(name, client, cast):
    foreign, statuses = MATRIX[name].foreign, {}
    objects = {make: make(cast) for make in set(foreign.values())}
    for identity, make in foreign.items():
        client.force_login(IDENTITIES[identity](cast))
        statuses[identity] = answer(client, name, objects[make])
    assert statuses == dict.fromkeys(foreign, 404)


def answer(client, name, kwargs, **options) -> int:
    """The status of one cell; what it did to the database is undone."""
    with transaction.atomic():
        status = call(client, name, kwargs, **options).status_code
        transaction.set_rollback(True)
    return status


# The access log and the session may grow by a GET; nothing else may change.
GROWS = {"core.Opslag", "sessions.Session", "usersessions.UserSession", "afdelinger.Bruger"}


@pytest.mark.parametrize("name", [name for name, row in OWN.items() if not row.post_only])
def test_reading_changes_nothing(name, as_user, cast):
    identity = next(i for i in IDENTITIES if gets_in(name, i))
    client = as_user(IDENTITIES[identity](cast))
    kwargs = MATRIX[name].kwargs(cast)
    before = fingerprint()
    call(client, name, kwargs)
    assert fingerprint() == before


def fingerprint() -> dict:
    """Every table's rows but those that reading may add to."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label not in GROWS
    }
