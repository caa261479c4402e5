"""The demo's buttons log in as the log-in page does."""

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from afdelinger.demo import DOMAIN


@pytest.fixture
def ansvarlig(cast):
    cast.elevansvarlig.email = f"else@{DOMAIN}"
    cast.elevansvarlig.save()
    return cast.elevansvarlig


def press(client, rolle="elevansvarlig"):
    return client.post(reverse("demo_log_ind", args=[rolle]))


def test_a_session_of_the_demo_is_on_the_list_and_can_be_ended(client, ansvarlig, settings):
    settings.DEMO = True
    assert press(client).url == "/"
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("maerkat--ok") == 1 and "127.0.0.1" in page
    UserSession.objects.get(user=ansvarlig).end()
    assert client.get("/profil/").status_code == 302


def test_whoever_followed_a_link_comes_where_it_leads(client, ansvarlig, settings):
    settings.DEMO = True
    page = client.get("/regler/", follow=True).content.decode()
    assert page.count('name="next" value="/regler/"') == 2  # of the log-in, and of the buttons
    answer = client.post(reverse("demo_log_ind", args=["elevansvarlig"]), {"next": "/regler/"})
    assert answer.url == "/regler/"


def test_outside_the_demo_the_buttons_do_not_exist(client, ansvarlig, settings):
    settings.DEMO = False
    assert press(client).status_code == 404
    assert "_auth_user_id" not in client.session
