"""ASCII names, Danish words with real æøå for people, and Danish plurals that Django cannot guess."""

import ast
import re

from django.apps import apps
from django.urls import get_resolver

from .source import APPS, findings, modules, nodes, templates

OURS = [model for model in apps.get_models() if model._meta.app_label in {"core", "afdelinger", "elevforloeb", *APPS}]

# Danish words that are easily written without their letters. Whole words only: "naeste" in text is a slip.
TRANSLITERATED = re.compile(
    r"\b(naeste|foer|paa|faerdig|oensker?|oekonomi|aendr\w*|proevetid|kladde?r?aar|vaelg|goer|skoleaar|"
    r"gaeld\w*|oplaering\w*|udfoer\w*|forloeb\w*|laes|hjaelp|proev|foerste|maaned\w*|stoerrelse|boern|aeldre|soeg\w*)\b",
    re.IGNORECASE,
)


def names_beyond_ascii(module: str, tree: ast.Module) -> set[str]:
    return {
        name
        for node in nodes(tree)
        for name in (
            getattr(node, "id", ""),
            getattr(node, "name", ""),
            getattr(node, "arg", ""),
            getattr(node, "attr", ""),
        )
        if isinstance(name, str) and not name.isascii()
    }


def test_identifiers_are_ascii():
    assert findings(names_beyond_ascii, modules()) == {}


def bad_names(label: str, meta):
    # Both are written in Meta: the ones that Django makes up are the class name, and that plus "s".
    yield from {"verbose_name", "verbose_name_plural"} - set(meta.original_attrs)
    yield from (str(field) for field in meta.fields if TRANSLITERATED.search(str(field.verbose_name)))


def test_models_and_fields_have_danish_names():
    assert len(OURS) > 80
    assert findings(bad_names, {m._meta.label: m._meta for m in OURS if not m._meta.auto_created}) == {}


def url_names():
    for pattern in get_resolver().url_patterns:
        yield from walk(pattern, "")


def walk(pattern, prefix):
    route = prefix + str(pattern.pattern)
    if hasattr(pattern, "url_patterns"):
        for child in pattern.url_patterns:
            yield from walk(child, route)
    else:
        yield route


def test_urls_are_ascii():
    assert [route for route in url_names() if not route.isascii()] == []


def transliterated_words(path: str, text: str):
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)  # attributes hold class names and ids, which are ASCII
    return TRANSLITERATED.findall(text)


def test_visible_text_has_real_danish_letters():
    assert findings(transliterated_words, templates()) == {}
