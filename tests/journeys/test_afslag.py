"""Forty are refused: moved at once, written to at once, and stopped when somebody sees a mistake."""

import pytest
from playwright.sync_api import expect

from elevforloeb.core import outbox
from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Brevskabelon
from rekruttering.services.ansoegning import withdraw
from tests.rekruttering_steps import applied, assess, make_round, seat

MANY, FIRST_SENT = 40, 7


@pytest.fixture
def runde(cast):
    """All are read, and none is answered."""
    runde = make_round()
    for nr in range(MANY):
        applied(runde, f"Ansøger{nr:02}", email=f"nr{nr}@example.invalid")
    medlem = seat(cast.elevansvarlig, runde)
    for ansoegning in runde.ansoegninger.all():
        assess(medlem, ansoegning, "ikke", "Andre har mere erfaring.")
    words = {"emne": "Svar på din ansøgning", "tekst": "Kære {fornavn}\n\nTak for din ansøgning nr. {nummer}."}
    Brevskabelon.objects.create(art=Brevskabelon.Art.AFSLAG, **words)
    return runde


def test_forty_are_refused_and_one_who_withdrew_meanwhile_is_not(open_as, cast, runde, settings):
    settings.MAIL_MODE, settings.MAIL_LOFT = "demo", FIRST_SENT
    page = open_as(cast.elevansvarlig)
    page.goto(f"/rekruttering/{runde.pk}/ansoegere/?vis=liste&alle=1")
    page.get_by_label("Flyt de valgte").select_option(label="Ikke valgt")
    page.get_by_role("button", name="Se, hvad der sker").click()
    withdraw(ansoegning=Ansoegning.objects.get(nummer=MANY))
    outbox.sweep()  # her receipt
    page.get_by_role("button", name=f"Flyt {MANY} ansøgere").click()
    expect(page.get_by_text(f"{MANY - 1} flyttet til “Afslag”.")).to_be_visible()
    expect(page.get_by_text("1 ansøger blev stående")).to_be_visible()

    page.get_by_role("link", name="Breve om afslag").click()
    page.get_by_role("button", name="Se brevene").click()
    expect(page.get_by_text("Tak for din ansøgning nr. 1.")).to_be_visible()
    page.get_by_role("button", name=f"Send {MANY - 1} breve").click()
    progress = page.locator("#fremdrift")
    expect(progress).to_contain_text(f"0 af {MANY - 1} er sendt.")
    outbox.sweep()
    expect(progress).to_contain_text(f"{FIRST_SENT} af {MANY - 1} er sendt.")
    page.get_by_role("button", name="Stands dem, der ikke er sendt").click()
    expect(page.get_by_text(f"{MANY - 1 - FIRST_SENT} breve blev standset.")).to_be_visible()

    page.get_by_label("Brev", exact=True).fill("Kære {fornavn}\n\nTak, fordi du søgte hos os.")
    page.get_by_role("button", name="Se brevene").click()
    page.get_by_role("button", name=f"Send {MANY - 1 - FIRST_SENT} breve").click()
    settings.MAIL_LOFT = MANY
    outbox.sweep()
    expect(progress).to_contain_text(f"{MANY - 1} af {MANY - 1} er sendt.")
    expect(page.get_by_role("button", name="Stands")).to_have_count(0)
    sent = Mail.objects.filter(skabelon="afslag", status=Mail.Status.SENDT)
    assert sent.values("adresse").distinct().count() == sent.count() == MANY - 1
