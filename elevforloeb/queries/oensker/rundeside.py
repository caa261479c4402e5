"""The elevansvarlig's page of a round: who has answered what, who has wished what, and what is decided beforehand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from elevforloeb.core.dates import ONE_DAY, Periode, today
from elevforloeb.core.rules import rules
from elevforloeb.models import Binding, Elev, Hold, Inhabilitet, Oenske, Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.permissions import visible_bindinger, visible_sedler, visible_udbudssvar
from elevforloeb.rotation import stage_periods

from .pladser import Afdelingssvar, answers_of
from .runde import INDSENDT, elever_of


@dataclass(frozen=True)
class Oenskecelle:
    afdeling: str
    farve: int
    periode: Periode | None


@dataclass(frozen=True)
class Oplyst:
    """An elev says that she should not be in a department."""

    id: int
    afdeling: str
    grund: str
    bundet: bool


@dataclass(frozen=True)
class Elevlinje:
    elev: Elev
    seddel: Oenskeseddel | None
    kladde: bool
    oensker: tuple[Oenskecelle, ...] = ()
    oplyst: tuple[Oplyst, ...] = ()

    @property
    def status(self) -> tuple[str, str]:
        """(words, colour)"""
        if self.seddel:
            return "Sendt ind", "ok"
        return ("Kladde", "vent") if self.kladde else ("Ikke begyndt", "")


@dataclass(frozen=True)
class Afdelingslinje:
    svar: Afdelingssvar
    foerste: int  # how many have it as their first wish
    oensker: int

    @property
    def er_knap(self) -> bool:
        return self.foerste > self.svar.i_alt


@dataclass(frozen=True)
class Opholdstal:
    """Is there room for everybody in a stay?"""

    trin: int
    periode: Periode
    pladser: int
    elever: int

    @property
    def mangler(self) -> int:
        return max(self.elever - self.pladser, 0)


@dataclass(frozen=True)
class Rundeside:
    runde: Oenskerunde
    afdelinger: list[Afdelingslinje]
    elever: list[Elevlinje]
    bindinger: list[Binding]
    tidligere: list[Oenskerunde] = field(default_factory=list)

    @property
    def rang(self) -> range:
        return range(1, max((len(linje.oensker) for linje in self.elever), default=0) + 1)

    @property
    def besvaret(self) -> int:
        return sum(linje.svar.svar.svar != Udbudssvar.Svar.VENTER for linje in self.afdelinger)

    @property
    def indsendt(self) -> int:
        return sum(linje.seddel is not None for linje in self.elever)

    @property
    def fortrolige(self) -> list[Elevlinje]:
        return [linje for linje in self.elever if linje.oplyst or (linje.seddel and linje.seddel.hensyn)]

    @property
    def opholdstal(self) -> list[Opholdstal]:
        places = Counter()
        for linje in self.afdelinger:
            for plads in linje.svar.pladser:
                places[plads.trin] += plads.maksimum
        return [Opholdstal(nr, days, places[nr], len(self.elever)) for nr, days in self.runde.etaper.items()]

    @property
    def mangler_nogen(self) -> bool:
        """There is somebody to remind, who can still answer."""
        runde = self.runde
        return (runde.tager_udbud and self.besvaret < len(self.afdelinger)) or (
            runde.tager_oensker and self.indsendt < len(self.elever)
        )


def get_rundeside(user, runde: Oenskerunde, tidligere: Iterable[Oenskerunde] = ()) -> Rundeside:
    """Six queries, however many elever and departments."""
    answers = answers_of(visible_udbudssvar(user), runde)
    bindings = list(visible_bindinger(user).filter(runde=runde).select_related("elev__bruger", "afdeling"))
    elever = _elever(user, runde, answers, bindings)
    first = Counter(linje.oensker[0].afdeling for linje in elever if linje.oensker)
    all_ = Counter(cell.afdeling for linje in elever for cell in linje.oensker)
    lines = [
        Afdelingslinje(each, first[each.svar.afdeling.kortnavn], all_[each.svar.afdeling.kortnavn]) for each in answers
    ]
    return Rundeside(runde, lines, elever, bindings, list(tidligere))


def _elever(user, runde: Oenskerunde, answers: list[Afdelingssvar], bindings: list[Binding]) -> list[Elevlinje]:
    drafts = Oenskeseddel.objects.filter(runde=runde, elev=OuterRef("pk")).exclude(status=INDSENDT)
    sent = {seddel.elev_id: seddel for seddel in _sent(user, runde)}
    names = {each.svar.afdeling_id: each.svar.afdeling for each in answers}
    excluded = {(row.elev_id, row.afdeling_id) for row in bindings if row.art == Binding.Art.UDELUKKET}
    lines = []
    for elev in elever_of(runde).annotate(har_kladde=Exists(drafts)):
        seddel = sent.get(elev.pk)
        lines.append(
            Elevlinje(
                elev,
                seddel,
                elev.har_kladde,
                tuple(_cell(row, names, runde) for row in seddel.liste) if seddel else (),
                tuple(_told(row, names, (elev.pk, row["afdeling"]) in excluded) for row in seddel.inhabil)
                if seddel
                else (),
            )
        )
    return lines


def _sent(user, runde: Oenskerunde) -> QuerySet[Oenskeseddel]:
    wishes = Oenske.objects.filter(seddel=OuterRef("pk")).order_by("rang")
    told = Inhabilitet.objects.filter(seddel=OuterRef("pk")).order_by("pk")
    return (
        visible_sedler(user)
        .filter(runde=runde, status=INDSENDT)
        .annotate(
            liste=ArraySubquery(wishes.values(row=JSONObject(afdeling=F("afdeling_id"), trin="trin"))),
            inhabil=ArraySubquery(told.values(row=JSONObject(id="id", afdeling=F("afdeling_id"), grund="grund"))),
        )
    )


def _cell(row: dict, names, runde: Oenskerunde) -> Oenskecelle:
    afdeling = names[row["afdeling"]]
    return Oenskecelle(afdeling.kortnavn, afdeling.farve, runde.etaper.get(row["trin"]))


def _told(row: dict, names, bundet: bool) -> Oplyst:
    return Oplyst(row["id"], names[row["afdeling"]].kortnavn, row["grund"], bundet)


# --- a new round --------------------------------------------------------------------------------------------------


def propose_round(hold: Hold) -> dict:
    """The specialisation, or the last stays of a model without one; the dates counted back from their first day."""
    stages = hold.model.alle_trin
    kinds = [trin.nr for trin in stages if trin.art == "speciale"] or [trin.nr for trin in stages]
    first, last = kinds[0], kinds[-1]
    begin = stage_periods(hold.startdato, [trin.maaneder for trin in stages])[first - 1].startdato
    now = rules()
    deadline = begin - timedelta(days=now.oenske_frist_foer_dage)
    start = deadline - timedelta(days=now.oenske_dage + now.udbud_dage - 1)
    if start < today():  # too late for the usual time: begin now, and leave what time there is
        start = today()
        deadline = min(start + timedelta(days=now.oenske_dage + now.udbud_dage - 1), begin - ONE_DAY)
    udbudsfrist = start + timedelta(days=now.udbud_dage - 1)
    return {
        "navn": f"Specialepladser {begin.year}" if stages[first - 1].art == "speciale" else f"Ophold {begin.year}",
        "foerste_trin": first,
        "sidste_trin": last,
        "udbud_fra": start,
        "udbudsfrist": udbudsfrist,
        "oenske_fra": udbudsfrist + ONE_DAY,
        "oenskefrist": deadline,
    }


def stage_choices(hold: Hold) -> list[tuple[int, str]]:
    """For a list: 4. ophold, 1. sep. 2028 – 28. feb. 2029"""
    stages = hold.model.alle_trin
    periods = stage_periods(hold.startdato, [trin.maaneder for trin in stages])
    return [(trin.nr, f"{trin.nr}. ophold, {days}") for trin, days in zip(stages, periods, strict=True)]
