"""What an allocation is made of: who is to go where, and what came of it. No rule and no database row.

An `Id` is a number or a text that stays the same when people are renamed or put in another order. Lists are tuples,
so that a problem can be kept, compared and changed with `dataclasses.replace`. `check` (tjek.py) says what is wrong
with one.
"""

from dataclasses import dataclass
from datetime import date

from elevforloeb.fordeling.maal import STANDARD

Id = int | str


@dataclass(frozen=True)
class Trin:
    """A stay that everybody is to have. The days are only for people to read."""

    nr: int
    navn: str
    startdato: date | None = None
    sidste_dag: date | None = None


@dataclass(frozen=True)
class Afdeling:
    """`maal` are the oplæringsmål that can be covered there. `uden_svar`: it has neither offered places nor said no."""

    id: Id
    navn: str
    maal: tuple[Id, ...] = ()
    uden_svar: bool = False


@dataclass(frozen=True)
class Pladser:
    """What an afdeling offers in one trin, after what other hold take. No row, or not `aaben`: nobody can come.

    `mindst` holds when anybody comes at all: none, or at least so many. An afdeling that says "2 to 4" means that one
    elev alone is too few, not that it must have two when there are more places than elever. `rum` is how many there is
    room for if it would take more than it offers (None: not known); a way out that stays within it is cheaper.
    """

    afdeling: Id
    trin: int
    hoejst: int
    mindst: int = 0
    aaben: bool = True
    rum: int | None = None


@dataclass(frozen=True)
class Oenske:
    """`trin` are those that it fits in; none named: all of them. Elsewhere it counts as not wished."""

    afdeling: Id
    trin: tuple[int, ...] = ()


@dataclass(frozen=True)
class Elev:
    """`oensker` in order, the first is wished most. Without any, the elev is indifferent and never counts as unlucky.

    `byrde` says how much the elev lost before; more weighs more. `aabne_maal` are oplæringsmål not covered yet.
    """

    id: Id
    navn: str
    oensker: tuple[Oenske, ...] = ()
    byrde: int = 0
    har_haft: tuple[Id, ...] = ()
    aabne_maal: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Fastlagt:
    """A pin: this elev has this afdeling in this trin, for a written reason."""

    elev: Id
    trin: int
    afdeling: Id
    grund: str = ""


@dataclass(frozen=True)
class Forbud:
    """This elev cannot be in this afdeling. `art` is "inhabilitet" or "hensyn"."""

    elev: Id
    afdeling: Id
    art: str = "hensyn"
    grund: str = ""


@dataclass(frozen=True)
class Fravaer:
    """This trin is not to be filled for this elev: leave, a stop, a late start."""

    elev: Id
    trin: int
    grund: str = ""


@dataclass(frozen=True)
class Nuvaerende:
    """The present plan. `laast`: past or begun, a fact that stands whatever the rules say and that takes its place."""

    elev: Id
    trin: int
    afdeling: Id
    laast: bool = False


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`maal` are the goals after the first, in order; one that is left out is switched off (maal.py).

    `ikke_igen`: nobody comes to an afdeling in `har_haft`. `seed` draws the lots where several plans are equally good.
    """

    trin: tuple[Trin, ...]
    afdelinger: tuple[Afdeling, ...]
    elever: tuple[Elev, ...]
    pladser: tuple[Pladser, ...]
    fastlagte: tuple[Fastlagt, ...] = ()
    forbud: tuple[Forbud, ...] = ()
    fravaer: tuple[Fravaer, ...] = ()
    nuvaerende: tuple[Nuvaerende, ...] = ()
    ikke_igen: bool = False
    maal: tuple[str, ...] = STANDARD
    seed: int = 0
    navn: str = ""


@dataclass(frozen=True)
class Tildeling:
    """Who comes where. `rang` is the number of the wish, 0 for one without wishes, None for what was not wished."""

    elev: Id
    trin: int
    afdeling: Id
    rang: int | None = None


@dataclass(frozen=True)
class Mangel:
    """A trin that nobody could be found a place for."""

    elev: Id
    trin: int


@dataclass(frozen=True)
class Maaltal:
    """What was reached of one goal. No plan that keeps the goals above is below `graense` (None: not known)."""

    maal: str
    vaerdi: int
    graense: int | None

    @property
    def bevist(self) -> bool:
        return self.graense == self.vaerdi

    @property
    def gab(self) -> float | None:
        """How far the value may be from the best, as a share of the value."""
        if self.graense is None:
            return None
        return (self.vaerdi - self.graense) / max(1, abs(self.vaerdi))


@dataclass(frozen=True)
class Fordeling:
    """The answer. `mangler` is empty when there was a place for everybody; otherwise ask umulig.py why."""

    tildelinger: tuple[Tildeling, ...]
    mangler: tuple[Mangel, ...]
    maaltal: tuple[Maaltal, ...]
    seed: int
    sekunder: float
    afbrudt: bool = False
    version: str = ""

    @property
    def bevist(self) -> bool:
        """No plan is better on any goal without being worse on one above it."""
        return all(each.bevist for each in self.maaltal)

    @property
    def gab(self) -> float | None:
        """The gap of the first goal that is not proved; 0 when all are."""
        return next((each.gab for each in self.maaltal if not each.bevist), 0.0)
