"""A hold's plan as the rules read it: the draft, or what is published, and the load of every other hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from afdelinger.models import Afdeling, Pladser, Rolle, Rolletildeling
from elevforloeb.core.dates import Periode, today
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Hold, Kalenderperiode, Ophold, Udgivelse, Udkast, Udkastaendring, Udkastophold
from elevforloeb.permissions import visible_hold
from elevforloeb.placering import Placering
from elevforloeb.plandata import Plan, PlanAfdeling, PlanElev, PlanIndex, Problem, Vejlederrolle
from elevforloeb.plangitter import Gitter, paper
from elevforloeb.planregler import check_plan
from elevforloeb.rotation import stage_periods

DATES = {"fra": "periode__startswith", "til": "periode__endswith"}
ALL = Q()


@dataclass(frozen=True)
class Afdelingsinfo:
    """What the board shows of an afdeling beside its places."""

    id: int
    navn: str
    kortnavn: str
    klasse: str
    art: str


@dataclass(frozen=True)
class Elevinfo:
    id: int
    bruger: int
    navn: str
    skole: tuple[tuple[Periode, str], ...]

    @property
    def fornavn(self) -> str:
        return self.navn.split()[0]


@dataclass(frozen=True)
class Holdplan:
    """`noegler` names each stay the same way before and after a draft is opened, so that links stay right."""

    hold: Hold
    udkast: Udkast | None
    gitter: Gitter
    trin: tuple[tuple[Periode, str], ...]  # with the kind of afdeling that the stage belongs to
    plan: Plan
    noegler: dict[int, str]
    elever: dict[int, Elevinfo]
    afdelinger: dict[int, Afdelingsinfo]

    @cached_property
    def index(self) -> PlanIndex:
        return PlanIndex(self.plan)

    @cached_property
    def problemer(self) -> list[Problem]:
        return check_plan(self.plan, since=today(), index=self.index)

    @cached_property
    def by_key(self) -> dict[str, Placering]:
        return {self.noegler[stay.id]: stay for stay in self.plan.placeringer}

    def noegle(self, stay: Placering) -> str:
        return self.noegler[stay.id]


def seen(stay: Placering) -> str:
    """What a form was drawn from. A save on top of anything else is a conflict."""
    return f"{stay.afdeling}.{stay.elevvejleder or 0}.{stay.startdato}.{stay.slutdato}"


def stand(plan: Holdplan) -> str:
    """The same for a page that was drawn from the whole plan."""
    lines = sorted(f"{plan.noegle(stay)}.{stay.elev}.{seen(stay)}" for stay in plan.plan.placeringer)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


# --- hold and draft -----------------------------------------------------------------------------------------------


def hold_choices(user) -> list[Hold]:
    """All hold the user may plan, with size and latest publication: the board and its selector in one query."""
    latest = Udgivelse.objects.filter(hold=OuterRef("pk")).order_by("-id")
    size = Elev.objects.filter(hold=OuterRef("pk")).order_by().values("hold").annotate(antal=Count("pk"))
    return list(
        visible_hold(user)
        .select_related("model")
        .annotate(
            antal_elever=Subquery(size.values("antal")),
            udgivet=Subquery(latest.values("tid")[:1]),
            udgivet_af=Subquery(latest.values("bruger__navn")[:1]),
        )
    )


def get_draft(hold: Hold) -> Udkast | None:
    """The hold's draft; `seneste` is its latest step, if any: id, words, when and by whom."""
    return _drafts().filter(hold=hold).first()


def find_draft(hold: QuerySet[Hold]) -> Udkast | None:
    """The draft of one of them, with the hold and its model."""
    return _drafts().filter(hold__in=hold).select_related("hold__model").first()


def _drafts() -> QuerySet[Udkast]:
    steps = Udkastaendring.objects.filter(udkast=OuterRef("pk")).order_by("-id")
    latest = steps.values(row=JSONObject(id="id", tekst="tekst", tid="tid", bruger="bruger__navn"))
    return Udkast.objects.select_related("oprettet_af").annotate(seneste=Subquery(latest[:1]))


# --- the plan -----------------------------------------------------------------------------------------------------


def load_plan(hold: Hold, udkast: Udkast | None) -> Holdplan:
    """Five queries, whatever the number of elever."""
    stages = stage_periods(hold.startdato, [trin.maaneder for trin in hold.model.alle_trin])
    infos, plan_elever = _elever(hold, len(stages))
    gitter = paper([*stages, *(elev.aftale for elev in plan_elever)])
    kinds = [trin.art for trin in hold.model.alle_trin]
    stays, keys = _draft_stays(hold, udkast) if udkast else published_stays(hold)
    used = {stay.afdeling for stay in stays}
    afdelinger, plan_afdelinger, roles = _afdelinger(gitter.periode, used)
    plan = Plan(plan_elever, plan_afdelinger, stays, _other_load(hold, gitter.periode), roles)
    return Holdplan(hold, udkast, gitter, tuple(zip(stages, kinds, strict=True)), plan, keys, infos, afdelinger)


def _elever(hold: Hold, number_of_stays: int) -> tuple[dict[int, Elevinfo], tuple[PlanElev, ...]]:
    calendar = Kalenderperiode.objects.filter(elev=OuterRef("pk")).order_by("periode")
    rows = (
        Elev.objects.filter(hold=hold)
        .annotate(kalender=_in_one(calendar.values(row=JSONObject(art="art", titel="titel", **DATES))))
        .values_list("id", "bruger_id", "bruger__navn", *DATES.values(), "stoppet", "kalender")
    )
    infos, plan_elever = {}, []
    for pk, bruger, navn, start, end, stopped, kalender in rows:
        away = [(_periode(row), row["art"], row["titel"]) for row in kalender]
        school = tuple((days, titel) for days, art, titel in away if art == Kalenderperiode.Art.SKOLE)
        infos[pk] = Elevinfo(pk, bruger, navn, school)
        aftale = Periode(start, stopped if stopped and stopped > start else end)
        plan_elever.append(PlanElev(pk, navn, aftale, number_of_stays, tuple(days for days, *_ in away)))
    return infos, tuple(plan_elever)


def published_stays(hold: Hold, which: Q = ALL) -> tuple[tuple[Placering, ...], dict[int, str]]:
    rows = Ophold.objects.filter(which, elev__hold=hold).values_list(
        "id", "elev_id", "afdeling_id", "elevvejleder_id", *DATES.values()
    )
    stays = tuple(_placering(row) for row in rows)
    return stays, {stay.id: f"u{stay.id}" for stay in stays}


def _draft_stays(hold: Hold, udkast: Udkast) -> tuple[tuple[Placering, ...], dict[int, str]]:
    rows = Udkastophold.objects.filter(udkast=udkast, elev__hold=hold).values_list(
        "id", "elev_id", "afdeling_id", "elevvejleder_id", *DATES.values(), "ophold_id"
    )
    stays, keys = [], {}
    for *row, published in rows:
        stays.append(_placering(row))
        keys[row[0]] = f"u{published}" if published else f"k{row[0]}"
    return tuple(stays), keys


def _placering(row) -> Placering:
    pk, elev, afdeling, vejleder, start, end = row
    return Placering(elev, afdeling, Periode(start, end), vejleder, pk)


def _other_load(hold: Hold, days: Periode) -> tuple[Placering, ...]:
    """The published stays of all other hold. Those on the same days are fetched at once: whole hold have the same."""
    rows = (
        Ophold.objects.within(days.startdato, days.sidste_dag)
        .exclude(elev__hold=hold)
        .order_by()
        .values_list("afdeling_id", *DATES.values())
        .annotate(vejledere=ArrayAgg("elevvejleder_id"))
    )
    return tuple(
        Placering(0, afdeling, span, who)
        for afdeling, start, end, people in rows
        for span in [Periode(start, end)]
        for who in people
    )


def _afdelinger(days: Periode, used: Iterable[int]):
    """Those that are open in the time of the plan, and those in use that are not."""
    places = Pladser.objects.filter(afdeling=OuterRef("pk")).values(row=JSONObject(antal="antal", **DATES))
    roles = Rolletildeling.objects.filter(afdeling=OuterRef("pk"), rolle=Rolle.ELEVVEJLEDER, bruger__is_active=True)
    people = roles.order_by("bruger__sortering").values(
        row=JSONObject(bruger="bruger_id", navn="bruger__navn", **DATES)
    )
    open_then = Q(periode__overlap=period(days.startdato, days.sidste_dag))
    rows: QuerySet[Afdeling] = Afdeling.objects.filter(open_then | Q(pk__in=used)).annotate(
        alle_pladser=_in_one(places), vejledere=_in_one(people)
    )
    infos, plan_afdelinger, vejledere = {}, [], []
    for row in rows.defer("beskrivelse", "elevens_rolle"):
        infos[row.pk] = Afdelingsinfo(row.pk, row.navn, row.kortnavn, f"afd-farve-{row.farve}", row.art)
        numbers = tuple((_periode(each), each["antal"]) for each in row.alle_pladser)
        plan_afdelinger.append(PlanAfdeling(row.pk, row.navn, numbers, row.span))
        vejledere += [Vejlederrolle(each["bruger"], each["navn"], row.pk, _periode(each)) for each in row.vejledere]
    return infos, tuple(plan_afdelinger), tuple(vejledere)


def _in_one(rows: QuerySet) -> Func:
    """JSON rows as one list: each element of an array would be read by itself, nine hundred on a board."""
    return Func(ArraySubquery(rows), function="to_jsonb", output_field=JSONField())


def _periode(row: dict) -> Periode:
    return _days(row["fra"], row["til"])


@lru_cache(maxsize=2000)  # a hold goes to school together, and roles begin on the same few days
def _days(start: str, end: str | None) -> Periode:
    return Periode(date.fromisoformat(start), date.fromisoformat(end) if end else date.max)
