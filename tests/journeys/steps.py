"""What several stories do: the same step, said once. A step ends when the page shows that it is done."""

import re

from playwright.sync_api import Locator, Page, expect

PASSWORD = "grøn-cykel-i-regn"
NANNA, OSKAR, PERNILLE, RIKKE = "Nanna Åkær", "Oskar Ørum", "Pernille Ægir", "Rikke Østby"
HIRED = {
    NANNA: "nanna@example.invalid",
    OSKAR: "oskar@example.invalid",
    PERNILLE: "pernille@example.invalid",
    RIKKE: "rikke@example.invalid",
}


def give_password(bruger):
    bruger.set_password(PASSWORD)
    bruger.save()
    return bruger


def log_in(page: Page, email: str):
    """By the form, from wherever the log-in page stands."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def row_of(page: Page, navn: str) -> Locator:
    """An elev's row on the board."""
    return page.locator(".plan tr", has=page.get_by_role("rowheader", name=navn, exact=True))


def bars_of(page: Page, navn: str) -> list[str]:
    """What stands on the bars of an elev, in order."""
    return [re.sub(r"\s+", " ", text) for text in row_of(page, navn).locator(".bar").all_inner_texts()]


def heading(page: Page, text: str) -> Locator:
    return page.get_by_role("heading", name=text, level=1)


def expect_heading(page: Page, text: str):
    expect(heading(page, text)).to_be_visible()


def recipients(page: Page) -> set[str]:
    """Who gets a mail, as the page before publishing has it."""
    return set(page.locator("tbody th small").all_inner_texts())


def link_in(mail, server: str) -> str:
    """The path that the mail asks its reader to open."""
    return re.search(rf"{re.escape(server)}(\S+)", mail.get_body(("plain",)).get_content())[1]
