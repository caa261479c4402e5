"""What the strict CSP and plain HTML ask of every template."""

import re

import pytest

from .source import ROOT, templates
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


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT)))
@pytest.mark.parametrize("what", FORBIDDEN)
def test_template_has_no(path, what):
    assert FORBIDDEN[what].findall(path.read_text()) == []


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT)))
def test_htmx_only_improves_what_works_without(path):
    """hx-get stands beside an href or on a form with an action; hx-post only on a real form or inside one."""
    text = re.sub(r"{%.*?%}|{{.*?}}", "x", path.read_text())
    for tag in re.findall(r"<[a-z][^>]*\shx-get=[^>]*>", text):
        assert "href=" in tag or tag.startswith(("<form", "<input", "<select", "<div", "<section", "<tr", "<p")), tag
    for tag in re.findall(r"<[a-z][^>]*\shx-post=[^>]*>", text):
        assert tag.startswith(("<form", "<button")), tag


WINGS = ("evaluering", "skoleophold", "rekruttering")
BELOW = ("elevforloeb", "afdelinger", "core")
# The profile has no registry for this one link; a second one is the time to make it.
ALLOWED = {("afdelinger/profil.html", "min_historie")}


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_names_no_page_of_a_wing_above_or_beside_it(path):
    """What leads there is entered by the wing itself (elevforloeb/queries/henvisninger.py)."""
    app = path.relative_to(ROOT / "templates").parts[0]
    if app not in BELOW + WINGS:
        return
    named = re.findall(r"""{%\s*url\s+["'](\w+)["']""", path.read_text())
    place = str(path.relative_to(ROOT / "templates"))
    named = [name for name in named if name in VIEWS and (place, name) not in ALLOWED]
    homes = {name: VIEWS[name].__module__.split(".")[0] for name in named}
    assert {name: home for name, home in homes.items() if home in WINGS and home != app} == {}
