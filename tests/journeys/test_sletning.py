"""Erasing somebody with the keyboard alone, and the pages that only have something to show when somebody is due."""

from datetime import date

import pytest
from django.urls import reverse

from afdelinger.models import Udsaettelse
from elevforloeb.models import Elev
from tests.project.test_sletning_sider import old_elev

from .test_every_page import PHONE, complaints_about

pytestmark = pytest.mark.journey


@pytest.fixture
def due(cast):
    return old_elev("Gammel Elev")


def test_the_pages_with_somebody_on_them_are_accessible(open_as, cast, due):
    early, put_off = old_elev("Ung Elev", 2024), old_elev("Udsat Elev")
    Udsaettelse.objects.create(bruger=put_off.bruger, til=date(2030, 1, 1), grund="klage", sat_af=cast.elevansvarlig)
    page = open_as(cast.elevansvarlig)
    persons = [reverse("sletning_person", args=[each.bruger_id]) for each in (due, early, put_off)]
    for url in [reverse("sletning"), f"{reverse('sletning_bekraeft')}?person={due.bruger_id}", *persons]:
        assert complaints_about(page, url) == [], url


def test_somebody_is_erased_with_the_keyboard_after_a_yes(open_as, cast, due):
    page = open_as(cast.elevansvarlig)
    page.set_viewport_size(PHONE)
    page.goto(reverse("sletning"))
    page.get_by_label("Slet Gammel Elev").press("Space")
    page.get_by_role("button", name="Gå videre med de valgte").press("Enter")
    page.get_by_role("button", name="Slet 1 person").press("Enter")
    page.get_by_text("Ret dette, før du går videre").wait_for()
    page.get_by_label("Jeg ved, at det ikke kan fortrydes").press("Space")
    page.get_by_role("button", name="Slet 1 person").press("Enter")
    page.get_by_text("Oplysningerne om 1 person er slettet").wait_for()
    assert not Elev.objects.filter(pk=due.pk).exists()
