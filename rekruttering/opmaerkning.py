"""What the elevansvarlig writes becomes HTML: paragraphs, headings, lists, bold and links. Nothing else can."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

LINKS = ("https://", "http://", "mailto:", "tel:", "/")


def _parser() -> MarkdownIt:
    """From nothing upwards: HTML, pictures and code are not switched off, they were never on."""
    found = MarkdownIt("zero", {"html": False, "typographer": False})
    found.enable(["heading", "list", "emphasis", "balance_pairs", "link", "newline", "escape"])
    found.validateLink = lambda url: url.lower().startswith(LINKS) and not url.startswith("//")
    return found


PARSER = _parser()


@lru_cache(maxsize=300)  # a page has a dozen texts, and they change once in a while
def to_html(text: str, level: int = 3) -> str:
    """Every heading becomes one of `level`, whatever number of # it has: the page knows what it stands under."""
    tokens = PARSER.parse(text)
    for token in tokens:
        _at_level(token, level)
    return PARSER.renderer.render(tokens, PARSER.options, {})


def _at_level(token: Token, level: int) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{level}"


def unwrapped(text: str) -> str:
    """A text that was folded to fit a file: one line a paragraph again, as somebody would write it in the browser."""
    return re.sub(r"(?<=\S)\n(?=[^\s#-])", " ", text.strip())
