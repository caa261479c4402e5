"""What a department consists of beside its tasks: sub-areas, IT systems and sub-placements."""

from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.errors import save_checked


@transaction.atomic
def save_del(actor, *, part, **felter) -> None:
    """Create or change an Underomraade, an ItSystem or a Delophold."""
    is_new = part.pk is None
    if is_new and hasattr(part, "nr"):
        part.nr = max(type(part).objects.filter(afdeling=part.afdeling_id).values_list("nr", flat=True), default=0) + 1
    for felt, value in felter.items():
        setattr(part, felt, value)
    save_checked(part)
    word = "Nyt" if is_new else "Rettet"
    audit.record(actor, "afdeling.del_gemt", part.afdeling, f"{word} {part._meta.verbose_name}: {part}")


@transaction.atomic
def delete_del(actor, *, part) -> None:
    """The tasks of a deleted sub-area stay, as tasks of the whole department."""
    text = f"Fjernet {part._meta.verbose_name}: {part}"
    part.delete()
    audit.record(actor, "afdeling.del_fjernet", part.afdeling, text)


@transaction.atomic
def move_del(actor, *, part, op: bool) -> None:
    if move(part, type(part).objects.filter(afdeling=part.afdeling_id), op=op):
        audit.record(actor, "afdeling.del_flyttet", part.afdeling, f"Flyttet {part._meta.verbose_name}: {part}")


def move(row, siblings, *, op: bool) -> bool:
    """Swap with the neighbour above (`op`) or below. False when there is none."""
    Afdeling.objects.select_for_update().get(pk=row.afdeling_id)  # two moves at once would otherwise share a number
    order = list(siblings.order_by("nr", "id"))
    here = order.index(row)
    there = here - 1 if op else here + 1
    if not 0 <= there < len(order):
        return False
    numbers = sorted(sibling.nr for sibling in order)
    order[here], order[there] = order[there], order[here]
    for number, sibling in zip(distinct(numbers), order, strict=True):
        sibling.nr = number
    type(row).objects.bulk_update(order, ["nr"])
    return True


def distinct(numbers) -> list[int]:
    """The same numbers, each at least one more than the one before: 0 0 3 -> 0 1 3."""
    result = []
    for number in numbers:
        result.append(max(number, result[-1] + 1) if result else number)
    return result
