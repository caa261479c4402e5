"""Every page of the access matrix, as every role that gets in: accessible, inside the screen, and within the CSP."""

import json

import pytest
from django.urls import reverse

from tests.house.matrix import AABEN, ALLAUTH, MATRIX
from tests.house.stage import IDENTITIES
from tests.house.test_access import gets_in

from .conftest import AXE, PHONE, WIDE

# Answers for machines.
NO_PAGE = {"sundhed", "klar"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES_AT_A_TIME = 8
NARROW = {"width": 320, "height": 800}  # 1280 px at 400 %: WCAG 1.4.10


def pages_of(identity: str) -> list[str]:
    pages = [name for name, row in MATRIX.items() if not row.post_only and not row.is_file and name not in NO_PAGE]
    if identity == "uden log-in":
        return [name for name in pages if MATRIX[name].roles == AABEN]
    if identity == "elevansvarlig":  # allauth's pages look the same to everybody
        return [name for name in pages if MATRIX[name].roles == ALLAUTH or gets_in(name, identity)]
    return [name for name in pages if gets_in(name, identity)]


def groups() -> list:
    """A few pages at a time, so that the one with most pages does not keep all the others waiting."""
    cases = [(who, batch) for who in [*IDENTITIES, "uden log-in"] for batch in batched(pages_of(who), PAGES_AT_A_TIME)]
    return [pytest.param(who, pages, id=f"{who}-{pages[0]}") for who, pages in cases]


def batched(names: list[str], size: int) -> list[list[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]


def axe(page) -> list[str]:
    # Injected from outside: the page's own CSP would, rightly, refuse it as a script tag.
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(TAGS)}}})")
    return [f"{v['id']}: {v['help']} {v['nodes'][0]['html'][:160]}" for v in found["violations"]]


def complaints_about(page, path: str) -> list[str]:
    complaints = []
    page.set_viewport_size(WIDE)
    response = page.goto(path)
    if response.status not in (200, 404):
        complaints.append(f"status {response.status}")
    for size in (WIDE, PHONE, NARROW):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            complaints.append(f"{size['width']} px: wider than the screen")
        if size is not NARROW:
            complaints += [f"{size['width']} px: {violation}" for violation in axe(page)]
    return complaints


def somebody_with_a_password(user):
    """Without one, allauth has nothing to ask for on its page that asks who one is."""
    user.set_password("kun til denne test")
    user.save()
    return user


@pytest.mark.parametrize(("identity", "pages"), groups())
def test_pages_are_accessible_and_keep_the_csp(identity, pages, open_as, cast):
    page = open_as(somebody_with_a_password(IDENTITIES[identity](cast)) if identity in IDENTITIES else None)
    heard = []
    page.on("console", lambda message: heard.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    found = {}
    for name in pages:
        complaints = complaints_about(page, reverse(name, kwargs=MATRIX[name].kwargs(cast))) + heard
        heard.clear()
        if complaints:
            found[name] = complaints
    assert found == {}
