"""Templates, stylesheets and icons agree: nothing is used that is not there, and nothing is kept that nobody uses."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

from elevforloeb.project.navigation import TABS

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "static_byg"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Made of a number: a department's colour, a half month, a span of months.
GENERATED = re.compile(r"(afd-farve|hm|hm-af|md)-\d+$")

CLASS_ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
CSS_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
ICON = re.compile(r"""{% ikon ["']([\w-]+)["']|ikon(?:_navn)?=["']([\w-]+)["']""")


def built(name: str) -> Path:
    path = BUILT / name
    if not path.exists():
        pytest.fail(f"{name} er ikke bygget. Kør: make css")
    return path


def classes_of_css(text: str) -> set[str]:
    without_values = re.sub(r"{[^{}]*}", "{}", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    return set(CSS_CLASS.findall(re.sub(r"url\([^)]*\)", "", without_values)))


def classes_of_template(text: str) -> set[str]:
    """Whole class names only: what a tag completes (maerkat--{{ art }}) cannot be looked up."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    found = set()
    for value in CLASS_ATTRIBUTE.findall(TAG.sub(lambda tag: " " if tag[0].startswith("{%") else "\0", text)):
        found |= {word for word in value.split() if "\0" not in word}
    return found


def known_classes() -> set[str]:
    return set().union(
        *(classes_of_css(built(name).read_text()) for name in ("app.css", "ansoegning.css", "offentlig.css", "pdf.css"))
    )


def our_css() -> dict[Path, str]:
    return {path: path.read_text() for path in sorted((ROOT / "static/css").glob("*.css"))}


def icon_names() -> set[str]:
    return set((ROOT / "frontend/ikoner.txt").read_text().split())


def test_every_class_of_a_template_is_in_a_stylesheet():
    known = known_classes()
    used = {path: classes_of_template(path.read_text()) - known for path in TEMPLATES}
    unknown = {path: {name for name in names if not GENERATED.match(name)} for path, names in used.items()}
    assert {str(path.relative_to(ROOT)): names for path, names in unknown.items() if names} == {}


def test_every_class_of_our_stylesheets_is_used_or_described():
    """A building block that waits for its page stands in docs/udseende.md."""
    places = [*TEMPLATES, *(ROOT / "static/js").glob("*.js"), *(ROOT / "docs").glob("*.md")]
    places += [path for app in ("elevforloeb", "afdelinger", "evaluering") for path in (ROOT / app).rglob("*.py")]
    words = set(re.findall(r"-?[a-zA-Z_][\w-]*", " ".join(path.read_text() for path in places)))
    # maerkat--{{ art }} uses every maerkat--something.
    stems = {word for word in words if word.endswith("-")}
    unused = {
        name
        for text in our_css().values()
        for name in classes_of_css(text)
        if name not in words and not any(name.startswith(stem) for stem in stems) and not GENERATED.match(name)
    }
    assert unused == set()


def test_every_stylesheet_says_what_it_is_and_is_in_the_build():
    build = (ROOT / "frontend/byg.mjs").read_text()
    assert our_css()
    assert [path.name for path, text in our_css().items() if not text.startswith("/* ")] == []
    assert [path.name for path in our_css() if f"'{path.stem}'" not in build and path.stem != "pdf"] == []


def test_every_icon_is_in_the_sheet():
    used = {name for path in TEMPLATES for pair in ICON.findall(path.read_text()) for name in pair if name}
    used |= {icon for _, _, icon, *_ in TABS}
    assert used - icon_names() == set()
    sheet = built("fds/ikoner.svg").read_text()
    assert {name for name in icon_names() if f'id="{name}"' not in sheet} == set()


def test_a_cold_page_is_light():
    """What every page needs from the server the first time, without the fonts."""
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    files = [
        built("app.css"),
        built("fds/ikoner.svg"),
        ROOT / "static/js/app.js",
        ROOT / "static/maerke.svg",
        htmx,
    ]
    assert len(files) <= 6
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) <= 45_000
