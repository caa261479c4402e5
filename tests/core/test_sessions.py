from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from elevforloeb.core.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> str:
    session = SessionStore()
    session["bruger"] = "Åse"
    session.save()
    return session.session_key


def test_a_session_is_found_again_with_what_was_put_in_it(kept):
    assert SessionStore(kept)["bruger"] == "Åse"


def test_a_session_whose_time_is_up_is_empty_and_its_key_is_used_no_more(kept):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(kept)
    assert "bruger" not in late
    late.save()
    assert late.session_key != kept


def test_a_key_that_somebody_made_up_is_never_taken_over(db):
    made_up = SessionStore("a" * 32)
    made_up["bruger"] = "Bo"
    made_up.save()
    assert made_up.session_key != "a" * 32 and not Session.objects.filter(pk="a" * 32).exists()
