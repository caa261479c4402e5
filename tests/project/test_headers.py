"""What every answer carries, whatever the page; and production settings that Django itself has nothing against."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.source import ROOT

CSP = "default-src 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"), [("/konto/login/", 200), ("/findes-ikke/", 404), ("/sundhed/", 200), ("/?q=%00", 400)]
)
def test_answers_carry_the_safety_headers(path, status):
    response = Client().get(path)
    assert response.status_code == status
    assert CSP in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert len(response["X-Request-ID"]) >= 8


@pytest.mark.parametrize("path", ["/?q=%00", "/elever/1%00/"])
def test_a_sign_that_no_address_has_is_answered_with_a_page_and_a_way_on(path):
    page = Client().get(path).content.decode()
    assert "<h1>Siden kunne ikke forstå det, der blev sendt</h1>" in page and "Gå til forsiden" in page


def test_pages_behind_log_in_are_never_stored(as_user, cast):
    for path in [reverse("forside"), "/findes-ikke/"]:
        assert "no-store" in as_user(cast.elevansvarlig).get(path)["Cache-Control"]


def test_logging_out_ends_the_session_on_the_server(as_user, cast):
    client = as_user(cast.elevansvarlig)
    stolen = client.cookies["session"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get(reverse("forside")).status_code == 302


def test_a_page_that_does_not_exist_says_so_to_those_inside(as_user, cast):
    assert as_user(cast.elevansvarlig).get("/findes-ikke/").status_code == 404


def production(**changes) -> dict:
    keep = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL") if name in os.environ}
    return (
        keep | {"SECRET_KEY": "only-for-this-test-" * 5, "ALLOWED_HOSTS": "elever.example.dk", "DEBUG": "0"} | changes
    )


def manage(*arguments, env):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


def test_check_deploy_has_nothing_to_say_in_production():
    result = manage("check", "--deploy", "--fail-level", "WARNING", env=production())
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_the_start_fails_loudly_without(missing, tmp_path):
    env = production()
    del env[missing]
    result = manage("check", env=env)
    assert result.returncode != 0 and missing in result.stderr


def test_the_example_key_opens_only_a_demo():
    result = manage("check", env=production(SECRET_KEY="example-only-for-the-demo"))
    assert result.returncode != 0 and "SECRET_KEY" in result.stderr
