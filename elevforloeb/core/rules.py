"""Dated numbers (Regel) as plain Python: `rules(on=day).proevetid_maaneder`."""

from dataclasses import dataclass, field
from datetime import date

from .dates import today
from .models import Regel


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
    return Rules(day, dict(Regel.objects.on(day).values_list("noegle", "vaerdi")))
