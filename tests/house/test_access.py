"""The access matrix: every URL x every identity, the role guard against the file name, and the objects of others."""

import pytest
from django.apps import apps
from django.urls import get_resolver, reverse

from afdelinger.models import Rolle

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
OWN = {name: row for name, row in MATRIX.items() if row.roles not in (AABEN, ALLAUTH)}


def patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry)
        else:
            yield entry


VIEWS = {pattern.name: pattern.callback for pattern in patterns()}


def call(client, name, kwargs):
    row = MATRIX[name]
    url = reverse(name, kwargs=kwargs)
    return client.post(url) if row.post_only else client.get(url)


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


@pytest.mark.parametrize("identity", IDENTITIES)
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_role_decides_who_gets_in(name, identity, htmx, as_user, cast):
    client = as_user(IDENTITIES[identity](cast))
    if htmx:
        client.defaults["HTTP_HX_REQUEST"] = "true"
    status = call(client, name, MATRIX[name].kwargs(cast)).status_code
    if gets_in(name, identity):
        assert status in {200, 204, 302, 409, 422}, status
    else:
        assert status == 403, status


@pytest.mark.parametrize(("name", "identity"), [(n, i) for n, row in MATRIX.items() for i in row.foreign])
def test_what_belongs_to_others_does_not_exist(name, identity, as_user, cast):
    client = as_user(IDENTITIES[identity](cast))
    assert call(client, name, MATRIX[name].foreign[identity](cast)).status_code == 404


# The access log and the session may grow by a GET; nothing else may change.
GROWS = {"core.Opslag", "sessions.Session", "usersessions.UserSession", "afdelinger.Bruger"}


@pytest.mark.parametrize("name", [name for name, row in OWN.items() if not row.post_only])
def test_reading_changes_nothing(name, as_user, cast):
    identity = next(i for i in IDENTITIES if gets_in(name, i))
    client = as_user(IDENTITIES[identity](cast))
    before = fingerprint()
    call(client, name, MATRIX[name].kwargs(cast))
    assert fingerprint() == before


def fingerprint() -> dict:
    """Every table's rows but those that reading may add to."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label not in GROWS
    }
