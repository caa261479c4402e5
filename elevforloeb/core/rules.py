"""Dated numbers (Regel) as plain Python: `rules(on=day).proevetid_maaneder`."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from .dates import today

# Asked on every page about elever: written out, because to build it takes longer than to answer it.
IN_FORCE = "select noegle, vaerdi from core_regel where periode @> %s::date"


class MissingRule(LookupError):
    """No value is in force on the day: reference data not loaded, or a rule that ended without a successor."""


@dataclass(frozen=True)
class Rules:
    day: date
    values: dict[str, int] = field(repr=False)

    def __getattr__(self, key: str) -> int:
        try:
            return self.values[key]
        except KeyError:
            raise MissingRule(f"Reglen {key!r} har ingen værdi den {self.day}") from None


def rules(on: date | None = None) -> Rules:
    """All rules in force on a day (default: today), in one query."""
    day = on or today()
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [day])
        return Rules(day, dict(cursor.fetchall()))
