"""What published allocations have given: what an elev carries over, and how the wishes have fared over the years.

A published plan may be changed by hand afterwards. Only what still stands in it counts as given.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet

from elevforloeb.models import Oenskerunde, Ophold, Tildeling

# Of a Tildeling: the elev has a stay in that department in the plan.
STANDS = Exists(Ophold.objects.filter(elev=OuterRef("elev"), afdeling=OuterRef("afdeling")))


def given(rows: QuerySet[Tildeling]) -> QuerySet[Tildeling]:
    """Published, and the elev has the stay. The latest publishing of a round comes first for each elev and trin."""
    published = rows.filter(STANDS, fordeling__udgivet__isnull=False)
    return published.order_by("fordeling__runde_id", "elev_id", "trin", "-fordeling__udgivet", "-pk").distinct(
        "fordeling__runde_id", "elev_id", "trin"
    )


def burdens(runde: Oenskerunde) -> dict[int, int]:
    """Per elev what earlier rounds cost: one point for each rank below the first, the most for what was not wished."""
    rows = given(Tildeling.objects.filter(elev__hold=runde.hold_id).exclude(fordeling__runde=runde))
    found: dict[int, int] = defaultdict(int)
    for elev, rang, worst in rows.values_list("elev_id", "rang", "fordeling__resultat__uoensket"):
        found[elev] += max(0, (rang if rang is not None else int(worst)) - 1)
    return dict(found)
