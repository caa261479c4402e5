"""One fagprøve, as the reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from afdelinger.models import Bruger
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev
from skoleophold import permissions
from skoleophold.fagproeveregler import misplaced
from skoleophold.models import (
    Fagproeve,
    Fagproeveforsoeg,
    Fagproevesvar,
    Problemformulering,
)

from ..deling import with_sharing
from .hvem import stays_today, vejledere_of
from .optaelling import Taelleside, limit_for
from .vej import S, Trin, steps


@dataclass(frozen=True)
class Forsoegslinje:
    """An attempt and what the reader sees of it: `karakter` is empty for those who may not read it."""

    forsoeg: Fagproeveforsoeg
    karakter: str
    resultat: str
    kan_rette: bool
    advarsel: str

    @property
    def overskrift(self) -> str:
        return f"{self.forsoeg.elev}: eksamen ligger forkert"

    @property
    def mangler_tillaeg(self) -> bool:
        return self.karakter != "" and self.forsoeg.mangler_tillaeg


@dataclass(frozen=True)
class Fagproeveside:
    fagproeve: Fagproeve
    dag: date
    forsoeg: list[Fagproeveforsoeg]
    er_egen: bool
    styrer: bool
    kan_rette: bool
    kan_godkende: bool
    linjer: list[Forsoegslinje]
    trin: list[Trin]
    formulering: Problemformulering | None  # the newest that was sent
    kladde: Problemformulering | None
    tidligere: list[Problemformulering]
    svar: list[Fagproevesvar]
    vejledere: list[Bruger]
    taelling: Taelleside
    andre: list[Fagproeveforsoeg]  # other attempts of the same elever
    deles: bool

    @property
    def navne(self) -> list[str]:
        return [each.elev.bruger.navn for each in self.forsoeg]

    @property
    def art(self) -> str:
        """The colour of the tag."""
        if any(each.er_bagud for each in self.trin):
            return "fejl"
        return "ok" if self.fagproeve.status in (S.GODKENDT, S.AFLEVERET) else "vent"

    @property
    def venter(self) -> bool:
        return self.fagproeve.status == S.SENDT

    @property
    def er_afleveret(self) -> bool:
        return self.fagproeve.status == S.AFLEVERET

    @property
    def mangler_fortrolighed(self) -> bool:
        """The report leaves the house, and nobody has said whether something in it must not."""
        r = self.fagproeve.runde
        return (
            self.fagproeve.status == S.GODKENDT
            and not self.fagproeve.fortrolighed
            and bool(r)
            and r.startdato <= self.dag
        )


def with_all(rows: QuerySet[Fagproeve]) -> QuerySet[Fagproeve]:
    return rows.select_related("runde__skolehold__skole", "optaelling")


def end_of(elev: Elev) -> date:
    """The first day on which she is no elev any more."""
    return min(elev.slutdato, elev.stoppet) if elev.stoppet else elev.slutdato


def warning(work: Fagproeve, forsoeg: Fagproeveforsoeg, now: Rules) -> str:
    """Too early, or after the agreement. The first exam day of the class counts until she has her own."""
    if forsoeg.vaerdi:
        return ""
    day = forsoeg.eksamen or (work.runde and work.runde.eksamen_fra)
    if not day:
        return ""
    last = forsoeg.eksamen or work.runde.eksamen_til
    late = misplaced(last, end_of(forsoeg.elev), now.fagproeve_tidligst_maaneder)
    return late or misplaced(day, end_of(forsoeg.elev), now.fagproeve_tidligst_maaneder)


def get_fagproeveside(user, work: Fagproeve, now: Rules | None = None) -> Fagproeveside:
    """`work` from with_all. As many statements however many write it; the grade for those who may read it."""
    day, now = today(), now or rules()
    forsoeg, andre = _attempts(work)
    governs = is_elevansvarlig(user)
    own = [each for each in forsoeg if permissions.is_own(user, each.elev)]
    seen, sharing = (forsoeg, set()) if governs else _guided(user, own or forsoeg, now, always=bool(own))
    elever = {each.elev_id for each in seen}
    reads = elever if governs or own else sharing
    stays = stays_today(work)
    answers = Prefetch("svar", queryset=Fagproevesvar.objects.select_related("bruger"))
    texts = list(work.formuleringer.prefetch_related(answers))
    sent = next((each for each in texts if each.sendt), None)
    svar = list(sent.svar.all()) if sent else []
    said = {each.part: each.godkendt for each in svar}
    return Fagproeveside(
        fagproeve=work,
        dag=day,
        forsoeg=forsoeg,
        er_egen=bool(own),
        styrer=governs,
        kan_rette=governs or bool(own),
        kan_godkende=governs or permissions.guides_one_of(user, stays),
        linjer=[_line(work, each, each.elev_id in reads, governs or bool(own), now) for each in seen],
        trin=steps(work, seen[0] if len(seen) == 1 else None, said, day),
        formulering=sent,
        kladde=next((each for each in texts if not each.sendt), None),
        tidligere=[each for each in texts if each.sendt and each != sent],
        svar=svar,
        vejledere=vejledere_of(stays),
        taelling=Taelleside(work, len(forsoeg), limit_for(work, len(forsoeg)), getattr(work, "optaelling", None)),
        andre=[each for each in andre if each.elev_id in elever],
        deles=bool(sharing),
    )


def _attempts(work: Fagproeve) -> tuple[list[Fagproeveforsoeg], list[Fagproeveforsoeg]]:
    """Those of this work, and the other ones of the same elever."""
    rows = Fagproeveforsoeg.objects.filter(elev__in=work.forsoeg.values("elev"))
    rows = list(rows.select_related("elev__bruger", "elev__hold"))
    return [each for each in rows if each.fagproeve_id == work.pk], [e for e in rows if e.fagproeve_id != work.pk]


def _guided(user, forsoeg: list[Fagproeveforsoeg], now: Rules, *, always: bool):
    """Those of whom the reader is elevvejleder (or all, `always`), and which of these share their grades."""
    rows = Elev.objects.all() if always else permissions.elever_of_vejleder(user, now)
    rows = with_sharing(rows.filter(pk__in=[each.elev_id for each in forsoeg]))
    sharing = dict(rows.order_by().values_list("pk", "delt"))
    return [each for each in forsoeg if each.elev_id in sharing], {pk for pk, since in sharing.items() if since}


def _line(work, forsoeg: Fagproeveforsoeg, reads: bool, edits: bool, now: Rules) -> Forsoegslinje:
    grade, result = (forsoeg.get_vaerdi_display(), forsoeg.resultat) if reads else ("", "")
    return Forsoegslinje(forsoeg, grade, result, edits, warning(work, forsoeg, now))


def latest_of(elev: Elev) -> Fagproeveforsoeg | None:
    """Her newest attempt."""
    return elev.fagproeveforsoeg.select_related("fagproeve__runde").order_by("-nr").first()
