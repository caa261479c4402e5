"""ASCII names, Danish words with real æøå for people, and Danish plurals that Django cannot guess."""

import ast
import re

import pytest
from django.apps import apps
from django.urls import get_resolver

from .source import APPS, ROOT, modules, templates

OURS = [model for model in apps.get_models() if model._meta.app_label in {"core", "afdelinger", "elevforloeb", *APPS}]

# Danish words that are easily written without their letters. Whole words only: "naeste" in text is a slip.
TRANSLITERATED = re.compile(
    r"\b(naeste|foer|paa|faerdig|oensker?|oekonomi|aendr\w*|proevetid|kladde?r?aar|vaelg|goer|skoleaar|"
    r"gaeld\w*|oplaering\w*|udfoer\w*|forloeb\w*|laes|hjaelp|proev|foerste|maaned\w*|stoerrelse|boern|aeldre|soeg\w*)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("module", modules())
def test_identifiers_are_ascii(module):
    names = {
        name
        for node in ast.walk(modules()[module])
        for name in (
            getattr(node, "id", ""),
            getattr(node, "name", ""),
            getattr(node, "arg", ""),
            getattr(node, "attr", ""),
        )
        if isinstance(name, str) and not name.isascii()
    }
    assert names == set()


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_models_and_fields_have_danish_names(model):
    meta = model._meta
    if meta.auto_created:
        return
    # Both are written in Meta: the ones that Django makes up are the class name, and that plus "s".
    assert {"verbose_name", "verbose_name_plural"} <= set(meta.original_attrs), "write both names in Meta"
    for field in meta.fields:
        assert not TRANSLITERATED.search(str(field.verbose_name)), field


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


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT)))
def test_visible_text_has_real_danish_letters(path):
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->", " ", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)  # attributes hold class names and ids, which are ASCII
    assert TRANSLITERATED.findall(text) == []
