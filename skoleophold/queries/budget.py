"""Budget and use: of a hold through its course, or of a calendar year; by kind of cost and by elev."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Hold
from skoleophold.models import Budget, Udgiftsart, Udlaeg

S = Udlaeg.Status
NUL = Decimal(0)


@dataclass(frozen=True)
class Forbrug:
    udbetalt: Decimal = NUL
    godkendt: Decimal = NUL  # and not on its way to be paid
    venter: Decimal = NUL

    @property
    def brugt(self) -> Decimal:
        """What is decided, paid or not."""
        return self.udbetalt + self.godkendt

    @classmethod
    def of(cls, sums: dict[str, Decimal]) -> "Forbrug":
        return cls(sums[S.UDBETALT], sums[S.GODKENDT], sums[S.SENDT])


@dataclass(frozen=True)
class Budgetlinje:
    navn: str
    budget: Decimal | None
    forbrug: Forbrug
    kilde: str = ""

    @property
    def tilbage(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.forbrug.brugt

    @property
    def overskredet(self) -> Decimal:
        """How much too much; 0 within the budget and without one."""
        return max(-self.tilbage, NUL) if self.tilbage is not None else NUL

    @property
    def procent(self) -> int:
        return min(int(self.forbrug.brugt * 100 / self.budget), 100) if self.budget else 0


@dataclass(frozen=True)
class Budgetside:
    hold: Hold | None
    aar: int | None
    linjer: list[Budgetlinje]
    elever: list[tuple[Elev, Forbrug]]
    antal_elever: int  # of the hold

    @property
    def navn(self) -> str:
        return self.hold.navn if self.hold else str(self.aar)

    @property
    def i_alt(self) -> Budgetlinje:
        """Kinds without a budget count as used and set aside nothing."""
        budgets = [linje.budget for linje in self.linjer if linje.budget is not None]
        each = [linje.forbrug for linje in self.linjer]
        sums = Forbrug(*(sum((getattr(one, name) for one in each), NUL) for name in ("udbetalt", "godkendt", "venter")))
        return Budgetlinje("I alt", sum(budgets, NUL) if budgets else None, sums)

    @property
    def kilder(self) -> list[str]:
        return list(dict.fromkeys(linje.kilde for linje in self.linjer if linje.kilde))

    @property
    def pr_elev(self) -> Decimal | None:
        total = self.i_alt.budget
        return round(total / self.antal_elever, 2) if total and self.antal_elever else None


def get_budgetside(hold: Hold | None, aar: int | None) -> Budgetside:
    by_art, by_elev = _sums(hold, aar)
    budgets = {row.art_id: row for row in Budget.objects.filter(hold=hold, aar=aar)}
    lines = []
    for art in Udgiftsart.objects.all():
        row = budgets.get(art.pk)
        if row or art.pk in by_art or art.slutdato is None or art.slutdato > today():
            line = Budgetlinje(art.navn, row and row.beloeb, Forbrug.of(by_art[art.pk]), row.kilde if row else "")
            lines.append(line)
    elever = Elev.objects.filter(pk__in=by_elev).select_related("bruger", "hold").order_by("bruger__sortering")
    rows = [(elev, Forbrug.of(by_elev[elev.pk])) for elev in elever]
    return Budgetside(hold, aar, lines, rows, hold.elever.count() if hold else 0)


def _sums(hold: Hold | None, aar: int | None) -> tuple[dict, dict]:
    """Kind -> state -> kroner, and elev -> state -> kroner, in one statement."""
    rows = Udlaeg.objects.filter(status__in=[S.SENDT, S.GODKENDT, S.UDBETALT]).with_amount().order_by()
    rows = rows.filter(elev__hold=hold) if hold else rows.filter(dato__year=aar)
    by_art, by_elev = defaultdict(lambda: defaultdict(Decimal)), defaultdict(lambda: defaultdict(Decimal))
    for art, elev, status, amount in rows.values_list("art", "elev", "status").annotate(sum=Sum("udbetales")):
        by_art[art][status] += amount
        by_elev[elev][status] += amount
    return by_art, by_elev


def frames() -> tuple[list[int], list[Hold]]:
    """The years and holds that can be looked at: those with expenses or a budget, this year and the next."""
    this = today().year
    used = Udlaeg.objects.filter(dato__isnull=False).annotate(aar=ExtractYear("dato")).order_by()
    planned = Budget.objects.filter(aar__isnull=False).order_by()
    years = set(used.values_list("aar", flat=True).distinct()) | set(planned.values_list("aar", flat=True).distinct())
    return sorted(years | {this, this + 1}, reverse=True), list(Hold.objects.order_by("-startdato", "navn"))
