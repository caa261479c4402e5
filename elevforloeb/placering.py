"""A stay as the pure rules see it: ids and a period, no database row. Rotation, checks and comparison share it."""

from dataclasses import dataclass
from datetime import date

from elevforloeb.core.dates import Periode


@dataclass(frozen=True)
class Placering:
    """One elev in one afdeling. `afdeling` is None while nobody has chosen it; `id` is the row's, when there is one."""

    elev: int
    afdeling: int | None
    periode: Periode
    elevvejleder: int | None = None
    id: int | None = None

    @property
    def startdato(self) -> date:
        return self.periode.startdato

    @property
    def slutdato(self) -> date:
        return self.periode.slutdato
