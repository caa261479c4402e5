"""Whose time is up: the end of the agreement or of the last role, and the months that the rules add.

A floor above can need a course for longer (Hensyn).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from afdelinger.models import Bruger, Rolle, Rolletildeling, Udsaettelse
from elevforloeb.core.dates import today
from elevforloeb.core.models import Regel
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Hold

FORLOEB, KONTO = "slet_elev_maaneder", "slet_bruger_maaneder"
LONGEST = 1200  # months; what is more is for ever, and a date has no year 10000
MOST = 25  # on the list at a time, and in one erasure: each looks through the whole history
ORDER = (F("elev__hold__startdato").asc(nulls_last=True), "elev__hold", "sortering", "pk")


@dataclass(frozen=True)
class Hensyn:
    """Why the course of an elev is kept past its time. Entered in AppConfig.ready(), as the tabs are.

    `til`: of each person it holds for (`bruger`), the first day on which the course is not needed any more (`til`).
    """

    til: Callable[[Rules], QuerySet]
    tekst: str
    url_navn: str  # where it is settled


HENSYN: list[Hensyn] = []


@dataclass(frozen=True)
class Frist:
    """What the rules say of one person."""

    person: Bruger
    dag: date  # today

    @property
    def elev(self) -> Elev | None:
        return getattr(self.person, "elev", None)

    @property
    def hold(self) -> Hold | None:
        return self.elev.hold if self.elev else None

    @property
    def slut(self) -> date | None:
        """The day from which the time runs; None while it does not."""
        if self.elev:
            return self.person.forloeb_slut
        return None if self.person.i_brug else self.person.konto_slut

    @property
    def forfald(self) -> date | None:
        """The first day on which the data are to be erased."""
        if self.elev:
            return self.person.forloeb_forfald
        return None if self.person.i_brug else self.person.konto_forfald

    @property
    def hensyn(self) -> Hensyn | None:
        """What keeps the course longer than the rule alone."""
        if not self.elev or self.forfald == self.person.forloeb_regel:
            return None
        return next(each for nr, each in enumerate(HENSYN) if getattr(self.person, f"hensyn_{nr}") == self.forfald)

    @property
    def regel(self) -> str:
        return FORLOEB if self.elev else KONTO

    @property
    def er_forfalden(self) -> bool:
        return self.forfald is not None and self.forfald <= self.dag

    @property
    def hele(self) -> bool:
        """Does the account go too? A former elev who works here now, or did lately, keeps it."""
        if self.person.i_brug:
            return False
        return not (self.elev and self.er_forfalden) or self.person.konto_forfald <= self.dag

    @property
    def udsat(self) -> Udsaettelse | None:
        found = getattr(self.person, "udsaettelse", None)
        return found if found and found.til > self.dag else None

    @property
    def hindring(self) -> str:
        """Why nothing can be erased now, with what to do; empty when it can."""
        if self.udsat:
            return "Sletningen er udsat. Ophæv udsættelsen først."
        if self.elev and self.slut > self.dag:
            return "Eleven er stadig ansat. Skriv først under Ret aftalen eller Eleven stopper, hvornår det slutter."
        if not self.elev and self.person.i_brug:
            return "Personen har en rolle nu eller senere. Afslut den først."
        return ""


def with_deadlines(people: QuerySet[Bruger], now: Rules | None = None) -> QuerySet[Bruger]:
    """The people with i_brug, and when course and account ended and fall due: forloeb_… and konto_….

    The role elev follows the agreement and is left out: the agreement itself is asked.
    """
    now = now or rules()
    roles = Rolletildeling.objects.filter(bruger=OuterRef("pk")).exclude(rolle=Rolle.ELEV)
    ended = roles.order_by().values("bruger").annotate(sidst=Max("periode__endswith")).values("sidst")
    never_had_any = Case(When(elev=None, then=Cast("oprettet", DateField())))
    people = people.select_related("elev__hold", "udsaettelse").annotate(
        i_brug=Exists(roles.filter(Q(periode__endswith=None) | Q(periode__endswith__gt=now.day))),
        forloeb_slut=Least("elev__periode__endswith", "elev__stoppet"),
        rolle_slut=Coalesce(Subquery(ended, output_field=DateField()), never_had_any),
    )
    people = people.annotate(
        forloeb_regel=_months_after("forloeb_slut", now.slet_elev_maaneder),
        **{f"hensyn_{nr}": _kept_until(each.til(now)) for nr, each in enumerate(HENSYN)},
    )
    forloeb = (
        Greatest("forloeb_regel", *(f"hensyn_{nr}" for nr in range(len(HENSYN)))) if HENSYN else F("forloeb_regel")
    )
    return people.annotate(
        konto_slut=Greatest("forloeb_slut", "rolle_slut"),
        konto_regel=_months_after("rolle_slut", now.slet_bruger_maaneder),
        forloeb_forfald=forloeb,
        konto_forfald=Greatest(forloeb, "konto_regel"),
    )


def _kept_until(days: QuerySet) -> Case:
    """Who they are is asked once; until when, of those few alone."""
    own = days.filter(bruger=OuterRef("pk")).values("til")
    return Case(When(pk__in=days.values("bruger"), then=Subquery(own)), output_field=DateField())


def _months_after(day: str, months: int) -> Cast:
    """As `add_months`: on the last day of a month that is too short."""
    length = Func(Value(min(months, LONGEST)), template="make_interval(months => %(expressions)s)")
    return Cast(Func(F(day), length, template="%(expressions)s", arg_joiner=" + "), DateField())


def overdue(people: QuerySet[Bruger], now: Rules | None = None) -> QuerySet[Bruger]:
    """Those of `people` whose time is up and whom nobody has put off."""
    now = now or rules()
    day = now.day
    account = Q(elev=None, i_brug=False, konto_regel__lte=day)  # who is no elev has nothing else to wait for
    course = Q(forloeb_regel__lte=day, forloeb_forfald__lte=day)  # the rule alone first: it asks no other table
    return with_deadlines(people, now).filter(account | course).exclude(udsaettelse__til__gt=day)


def ask_overdue(people: QuerySet[Bruger], now: Rules) -> tuple[str, tuple]:
    """How many, and since when the first of them: a part of `handling.find_things`."""
    days = overdue(people, now).order_by().values_list(Coalesce("forloeb_forfald", "konto_regel"))
    question, parameters = days.query.sql_with_params()
    return (
        "select 'sletning', null::bigint, '', '', min(dag), count(*) "  # noqa: S608 - ours
        f"from ({question}) forfaldne(dag) having count(*) > 0",
        parameters,
    )


def frist(people: QuerySet[Bruger], pk: int) -> Frist | None:
    person = with_deadlines(people).filter(pk=pk).first()
    return person and Frist(person, today())


def frister(people: QuerySet[Bruger], pks: Iterable[int]) -> list[Frist]:
    """Those of the named people whose time is up."""
    return [Frist(person, today()) for person in overdue(people).filter(pk__in=pks)]


@dataclass(frozen=True)
class Sletteliste:
    hold: list[tuple[Hold | None, list[Frist]]]  # last of all those of no hold: accounts without a role
    udsatte: list[Frist]
    venter: list[Frist]  # kept longer than the rule, for a reason of another floor
    er_fuld: bool  # there are more, which stand here when some of these are gone

    @property
    def antal(self) -> int:
        return sum(len(frister) for _, frister in self.hold)

    regler: list[Regel]  # the two that decide


def get_sletteliste(people: QuerySet[Bruger]) -> Sletteliste:
    now = rules()
    day = now.day
    found = [Frist(person, day) for person in overdue(people, now).order_by(*ORDER)[:MOST]]
    kept = with_deadlines(people, now).filter(forloeb_regel__lte=day, forloeb_forfald__gt=day)
    put_off = with_deadlines(people, now).filter(udsaettelse__til__gt=day).order_by("udsaettelse__til", *ORDER)
    return Sletteliste(
        hold=[(hold, list(group)) for hold, group in groupby(found, key=lambda each: each.hold)],
        udsatte=[Frist(person, day) for person in put_off],
        venter=[Frist(person, day) for person in kept.exclude(udsaettelse__til__gt=day).order_by(*ORDER)[:MOST]],
        er_fuld=len(found) == MOST,
        regler=list(regler_for_sletning().values()),
    )


def regler_for_sletning() -> dict[str, Regel]:
    return {row.noegle: row for row in Regel.objects.on(today()).filter(noegle__in=[FORLOEB, KONTO])}
