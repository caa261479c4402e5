"""One fagprøve, as the reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

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
    Karakterdeling,
    Problemformulering,
)

from .hvem import vejledere_of
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
    navne: list[str]
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


def get_fagproeveside(user, work: Fagproeve) -> Fagproeveside:
    """`work` from with_all. At most nine statements, however many write it."""
    day, now = today(), rules()
    forsoeg = list(work.forsoeg.select_related("elev__bruger", "elev__hold"))
    governs = is_elevansvarlig(user)
    own = [each for each in forsoeg if permissions.is_own(user, each.elev)]
    seen = forsoeg if governs else own or _guided(user, forsoeg, now)
    shared = set(_sharing([each.elev_id for each in seen]))
    reads = set(each.elev_id for each in seen) if governs or own else shared
    texts = list(work.formuleringer.prefetch_related("svar__bruger"))
    sent = next((each for each in texts if each.sendt), None)
    svar = list(sent.svar.all()) if sent else []
    said = {each.part: each.godkendt for each in svar}
    return Fagproeveside(
        fagproeve=work,
        dag=day,
        navne=[each.elev.bruger.navn for each in forsoeg],
        er_egen=bool(own),
        styrer=governs,
        kan_rette=governs or bool(own),
        kan_godkende=governs or permissions.approvable_fagproever(user).filter(pk=work.pk).exists(),
        linjer=[_line(work, each, each.elev_id in reads, governs or bool(own), now) for each in seen],
        trin=steps(work, seen[0] if len(seen) == 1 else None, said, day),
        formulering=sent,
        kladde=next((each for each in texts if not each.sendt), None),
        tidligere=[each for each in texts if each.sendt and each != sent],
        svar=svar,
        vejledere=vejledere_of(work),
        taelling=Taelleside(work, len(forsoeg), limit_for(work, len(forsoeg)), getattr(work, "optaelling", None)),
        andre=_others(seen),
        deles=bool(shared),
    )


def _others(seen: list[Fagproeveforsoeg]) -> list[Fagproeveforsoeg]:
    rows = Fagproeveforsoeg.objects.filter(elev__in=[each.elev_id for each in seen])
    return list(rows.exclude(pk__in=[each.pk for each in seen]).select_related("elev__bruger"))


def _guided(user, forsoeg: list[Fagproeveforsoeg], now: Rules) -> list[Fagproeveforsoeg]:
    mine = set(permissions.elever_of_vejleder(user, now).values_list("pk", flat=True))
    return [each for each in forsoeg if each.elev_id in mine]


def _sharing(elever: list[int]):
    return Karakterdeling.objects.filter(til=None, elev__in=elever).values_list("elev", flat=True)


def _line(work, forsoeg: Fagproeveforsoeg, reads: bool, edits: bool, now: Rules) -> Forsoegslinje:
    grade, result = (forsoeg.get_vaerdi_display(), forsoeg.resultat) if reads else ("", "")
    return Forsoegslinje(forsoeg, grade, result, edits, warning(work, forsoeg, now))


def latest_of(elev: Elev) -> Fagproeveforsoeg | None:
    """Her newest attempt."""
    return elev.fagproeveforsoeg.select_related("fagproeve__runde").order_by("-nr").first()
