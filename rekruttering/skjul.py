"""Which counts must not be shown, so that no figure under five can be read or reckoned back. Imports no Django.

A column of counts is shown with its total. To hide a small count alone is no use: the rest of the column gives it away.
So the smallest count of five or more is hidden with it, and all that are equal to that one. Whoever knows the sum of
what is hidden, and also how this works, can change the hidden counts about and have the same picture: each of them may
be the large one. A count of nobody is shown as nobody: it points to no one.
"""

from collections.abc import Collection, Iterable, Mapping

LOWEST = 5  # the lowest figure that is shown


def hidden(counts: Mapping[str, int], known: Collection[str] = ()) -> set[str] | None:
    """The names to hide; None: nothing can hide them, and the total of the column is not to be shown either.

    `known`: what people know from elsewhere, so that it hides nobody else.
    """
    secret = {name for name, number in counts.items() if 0 < number < LOWEST}
    for names in ([name for name in counts if name not in known], list(counts)):
        if _stands_alone(counts[name] for name in names if name in secret):
            larger = [counts[name] for name in names if counts[name] >= LOWEST]
            if not larger:
                return None
            secret |= {name for name, number in counts.items() if number == min(larger)}
    return secret


def _stands_alone(numbers: Iterable[int]) -> bool:
    """Something small without a large one to be taken for."""
    return max(numbers, default=LOWEST) < LOWEST
