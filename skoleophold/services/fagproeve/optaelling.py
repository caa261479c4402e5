"""The characters of a draft. Only figures are kept, never the file: nobody needs it here."""

from django.db import transaction

from elevforloeb.core.dates import now
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.rules import rules
from skoleophold.models import Fagproeve, Udkastoptaelling
from skoleophold.tegn import Slags, Valg, count_characters


def count_draft(
    *, fagproeve: Fagproeve, fil: CheckedFile | None, udelad: list[str], bilag_fra: str = ""
) -> tuple[str, ...]:
    """Counts a new file, or the last one again with another choice. Answers the headings, to find the appendix by.

    Counting is reading: a hostile file is refused (core.files.reasons.Refused) before anything is written.
    """
    headings, fresh = (), {}
    if fil:
        valg = Valg(frozenset(Slags[name] for name in udelad), bilag_fra.strip())
        found = count_characters(fil.data, fil.kind.key, normalside=rules().fagproeve_normalside, valg=valg)
        headings = found.overskrifter
        fresh = {
            "filtype": fil.kind.key,
            "dele": {each.slags.name: each.tegn for each in found.dele},
            "praecis": found.praecis,
            "forbehold": [text[:400] for text in found.forbehold],
            "tid": now(),
        }
    _save(fagproeve, fresh, udelad)
    return headings


@transaction.atomic
def _save(fagproeve: Fagproeve, fresh: dict, udelad: list[str]) -> None:
    rows = Udkastoptaelling.objects.select_for_update().filter(fagproeve=fagproeve)
    if fresh:
        Udkastoptaelling.objects.update_or_create(fagproeve=fagproeve, defaults=fresh | {"udelad": udelad})
    else:
        rows.update(udelad=udelad)
