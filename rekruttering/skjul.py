"""Which counts must not be shown, so that no figure under five can be read or reckoned back. Imports no Django.

A column of counts is shown with its total. Hiding one small count is no use: the rest of the column gives it away. So
more are hidden with it, the smallest first, until what is hidden could be many things: two counts or more, and each of
them anything from one to five or more. Who knows how this works learns no more than that. A count of nobody is shown
as nobody: it points to no one.
"""

from collections.abc import Collection, Mapping

LOWEST = 5  # the lowest figure that is shown


def hidden(counts: Mapping[str, int], known: Collection[str] = ()) -> set[str] | None:
    """The names to hide; None: nothing protects this column, and its total is not to be shown either.

    `known`: what people know from elsewhere, so that hiding it protects nobody.
    """
    secret = {name for name, number in counts.items() if 0 < number < LOWEST}
    larger = sorted((number, name) for name, number in counts.items() if number >= LOWEST)
    while not _protects({name: counts[name] for name in secret}, known):
        if not larger:
            return None
        secret.add(larger.pop(0)[1])
    return secret


def _protects(secret: Mapping[str, int], known: Collection[str]) -> bool:
    unknown = [number for name, number in secret.items() if name not in known]
    return all(_is_open(numbers) for numbers in (list(secret.values()), unknown) if any(n < LOWEST for n in numbers))


def _is_open(numbers: list[int]) -> bool:
    """Their sum can be reckoned out. It must leave room for each to be one, and to be five."""
    return len(numbers) > 1 and sum(numbers) >= len(numbers) - 1 + LOWEST
