"""What the strict CSP and plain HTML ask of every template."""

import re

import pytest

from .source import findings, templates
from .test_access import VIEWS

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+="),
    "htmx eval": re.compile(r"hx-on|hx-vals=.js:"),
    "comment that the reader sees": re.compile(r"{#(?!.*#})"),  # one that goes on on the next line
    # Help texts are written in our code and in Django's validators, which use a list; nobody types them in.
    "unescaped text": re.compile(r"(?<!help_text)\|safe\b|autoescape off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    assert findings(lambda path, text: FORBIDDEN[what].findall(text), templates()) == {}


def tags_that_need_htmx(path: str, text: str):
    text = re.sub(r"{%.*?%}|{{.*?}}", "x", text)
    for tag in re.findall(r"<[a-z][^>]*\shx-get=[^>]*>", text):
        if "href=" not in tag and not tag.startswith(("<form", "<input", "<select", "<div", "<section", "<tr", "<p")):
            yield tag
    for tag in re.findall(r"<[a-z][^>]*\shx-post=[^>]*>", text):
        if not tag.startswith(("<form", "<button")):
            yield tag


def test_htmx_only_improves_what_works_without():
    """hx-get stands beside an href or on a form with an action; hx-post only on a real form or inside one."""
    assert findings(tags_that_need_htmx, templates()) == {}


WINGS = ("evaluering", "skoleophold", "rekruttering")
BELOW = ("elevforloeb", "afdelinger", "core")
# The profile has no registry for this one link; a second one is the time to make it.
ALLOWED = {("afdelinger/profil.html", "min_historie")}


def foreign_pages(path: str, text: str):
    app = path.split("/")[0]
    if app not in BELOW + WINGS:
        return
    for name in re.findall(r"""{%\s*url\s+["'](\w+)["']""", text):
        home = VIEWS[name].__module__.split(".")[0] if name in VIEWS else ""
        if home in WINGS and home != app and (path, name) not in ALLOWED:
            yield name, home


def test_a_template_names_no_page_of_a_wing_above_or_beside_it():
    """What leads there is entered by the wing itself (elevforloeb/queries/henvisninger.py)."""
    assert findings(foreign_pages, templates()) == {}
