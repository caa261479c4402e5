"""What an elev sees of a round: what is offered, and her own list. Never what the others wish."""

from collections.abc import Sequence
from dataclasses import dataclass

from elevforloeb.models import Elev, Oenskerunde, Oenskeseddel
from elevforloeb.permissions import visible_runder, visible_sedler
from elevforloeb.services.oensker import Valg

from .pladser import Afdelingssvar, answers_of
from .runde import latest_round


@dataclass(frozen=True)
class Oenskelinje:
    rang: int
    svar: Afdelingssvar
    trin: int | None
    sidste: bool

    @property
    def periode(self):
        return self.svar.svar.runde.etaper.get(self.trin)


@dataclass(frozen=True)
class Elevside:
    elev: Elev
    runde: Oenskerunde
    afdelinger: list[Afdelingssvar]  # everybody who was asked
    seddel: Oenskeseddel | None

    @property
    def tilbud(self) -> dict[int, Afdelingssvar]:
        """By department: what can be wished."""
        return {each.svar.afdeling_id: each for each in self.afdelinger if each.tilbyder and each.i_alt}

    @property
    def indsendt(self) -> bool:
        return self.seddel is not None and self.seddel.status == Oenskeseddel.Status.INDSENDT

    @property
    def gemte(self) -> list[Valg]:
        """The list as it was saved, also with what is no longer offered."""
        return [Valg(row.afdeling_id, row.trin) for row in self.seddel.oensker.all()] if self.seddel else []

    @property
    def kan_oenskes(self) -> list[Valg]:
        """The list without what is no longer offered."""
        found = []
        for each in self.gemte:
            if svar := self.tilbud.get(each.afdeling):
                stays = {plads.trin for plads in svar.tilbudte}
                found.append(each if each.trin in stays else Valg(each.afdeling))
        return found

    @property
    def bortfaldne(self) -> list[str]:
        """What the elev wished, and the department no longer offers."""
        names = {each.svar.afdeling_id: each.svar.afdeling.navn for each in self.afdelinger}
        return [names[each.afdeling] for each in self.gemte if each.afdeling not in self.tilbud]

    @property
    def inhabil(self) -> list[tuple[int, str]]:
        return [(row.afdeling_id, row.grund) for row in self.seddel.inhabiliteter.all()] if self.seddel else []

    @property
    def kvittering(self) -> list[Oenskelinje]:
        by_id = {each.svar.afdeling_id: each for each in self.afdelinger}
        return _lines(self.gemte, by_id)

    @property
    def inhabil_navne(self) -> list[tuple[str, str]]:
        names = {each.svar.afdeling_id: each.svar.afdeling.navn for each in self.afdelinger}
        return [(names[afdeling], grund) for afdeling, grund in self.inhabil]

    def linjer(self, valg: Sequence[Valg]) -> list[Oenskelinje]:
        return _lines(valg, self.tilbud)

    def rest(self, valg: Sequence[Valg]) -> list[Afdelingssvar]:
        chosen = {each.afdeling for each in valg}
        return [svar for afdeling, svar in self.tilbud.items() if afdeling not in chosen]


def _lines(valg: Sequence[Valg], by_id: dict[int, Afdelingssvar]) -> list[Oenskelinje]:
    return [Oenskelinje(nr, by_id[each.afdeling], each.trin, nr == len(valg)) for nr, each in enumerate(valg, start=1)]


def get_elevside(user, elev: Elev) -> Elevside | None:
    """None: there has never been a round for her hold."""
    runde = latest_round(visible_runder(user).filter(hold=elev.hold_id).select_related("hold__model"))
    if runde is None:
        return None
    own = visible_sedler(user).filter(runde=runde, elev=elev).prefetch_related("oensker", "inhabiliteter")
    return Elevside(elev, runde, answers_of(runde.udbudssvar.all(), runde), own.first())
