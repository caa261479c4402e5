"""Addresses of pages. Django looks for the pattern each time, which is a tenth of what a list of fifty costs."""

from functools import lru_cache

from django.urls import reverse

MARK = 9_999_999_999  # a number that no address of ours holds itself


def address(name: str, *args) -> str:
    """As reverse(name, args=args). The addresses of a page differ in their numbers alone, so those are put in here."""
    if all(type(arg) is int for arg in args):
        return _pattern(name, len(args)) % args
    return reverse(name, args=args)


@lru_cache(maxsize=1000)  # more than there are names
def _pattern(name: str, numbers: int) -> str:
    found = reverse(name, args=[MARK] * numbers)
    return found.replace("%", "%%").replace(str(MARK), "%d")
