"""The last part of an address, from words with æ, ø and å."""

from django.utils.text import slugify

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def to_slug(words: str, longest: int) -> str:
    return slugify(words.lower().translate(LETTERS))[:longest].strip("-") or "uden-navn"
