"""No figure under five can be read or reckoned back, also by somebody who knows how the figures are hidden."""

from collections import defaultdict
from itertools import product

import pytest

from rekruttering.skjul import LOWEST, hidden

NAMES = ("a", "b", "c")
HIGHEST = 14


def view(counts: dict, secret: set | None, known=()):
    """All that a reader has."""
    if secret is None:
        return None
    shown = tuple(None if name in secret and name not in known else number for name, number in counts.items())
    return shown, sum(counts.values())


@pytest.mark.parametrize("known", [(), ("a",)])
def test_whatever_is_hidden_could_be_a_figure_that_may_be_shown(known):
    """Every column of three counts, put together with all those that give the same picture."""
    alike = defaultdict(list)
    for numbers in product(range(HIGHEST + 1), repeat=len(NAMES)):
        counts = dict(zip(NAMES, numbers, strict=True))
        secret = hidden(counts, known)
        if secret:
            alike[view(counts, secret, known)].append((counts, secret))
    whole = {seen: columns for seen, columns in alike.items() if seen[1] <= HIGHEST}  # none lie outside what was tried
    assert len(whole) > 50
    for columns in whole.values():
        for name in columns[0][1].difference(known):
            values = {counts[name] for counts, _ in columns}
            assert max(values) >= LOWEST, columns
            assert len(values) > 1 or min(values) >= LOWEST, columns


def test_no_small_figure_is_ever_shown():
    for numbers in product(range(9), repeat=len(NAMES)):
        counts = dict(zip(NAMES, numbers, strict=True))
        secret = hidden(counts)
        assert secret is None or all(number in (0, *range(LOWEST, 9)) or n in secret for n, number in counts.items())


def test_the_smallest_of_the_others_is_hidden_with_it_and_all_that_equal_it():
    assert hidden({"a": 20, "b": 9, "c": 3, "d": 0}) == {"b", "c"}
    assert hidden({"a": 20, "b": 9, "c": 3, "d": 9}) == {"b", "c", "d"}
    assert hidden({"a": 20, "b": 9, "d": 0}) == set()


def test_a_column_of_small_counts_alone_shows_nothing_at_all():
    assert hidden({"a": 4, "b": 4}) is None
    assert hidden({"a": 3}) is None
    assert hidden({}) == set()


def test_what_everybody_knows_hides_nobody():
    assert hidden({"Ansat": 5, "Samtale": 3, "Ny": 30}, {"Ansat"}) == {"Samtale", "Ny"}
    assert hidden({"Ansat": 4, "Samtale": 8, "Ny": 30}, {"Ansat"}) == {"Ansat", "Samtale"}
