"""Expenses: the elev's own, the list of all with its filters, one of them with what there is to be careful about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from elevforloeb.core.dates import short_date, today
from elevforloeb.core.money import kroner
from elevforloeb.models import Elev, Hold
from skoleophold import permissions
from skoleophold.models import Bilag, Skoleperiode, Udgiftsart, Udlaeg

S = Udlaeg.Status
A_YEAR = timedelta(days=365)
STATUS = {
    "sendt": "Venter på svar",
    "godkendt": "Godkendt",
    "udbetalt": "Til udbetaling",
    "returneret": "Sendt retur",
    "alle": "Alle",
}
ORDER = {
    "sendt": ("sendt", "id"),
    "dato": ("-dato", "-id"),
    "beloeb": ("-udbetales", "-id"),
    "navn": ("elev__bruger__sortering", "-dato", "-id"),
}
SHOWN = ("elev__bruger", "elev__hold", "art", "udbetaling")


def find_udlaeg(
    visible: QuerySet[Udlaeg], *, q="", status="sendt", hold=None, art=None, aar=None, sort="sendt"
) -> QuerySet[Udlaeg]:
    rows = visible.with_amount()
    if status != "alle":
        rows = rows.filter(status=status)
    if q:
        rows = rows.filter(Q(elev__bruger__soegenoegle__finder=q) | Q(formaal__icontains=q))
    wanted = {"elev__hold": hold, "art": art, "dato__year": aar}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.select_related(*SHOWN).order_by(*ORDER[sort])


def total(rows: QuerySet[Udlaeg]) -> Decimal:
    return rows.order_by().aggregate(sum=Sum("udbetales"))["sum"] or Decimal(0)


def filter_choices() -> tuple[list, list, list]:
    """Holds, kinds and years that there are expenses of."""
    sent = Udlaeg.objects.exclude(status=S.KLADDE)
    hold = Hold.objects.filter(pk__in=sent.values("elev__hold")).values_list("pk", "navn")
    years = sent.annotate(aar=ExtractYear("dato")).order_by("-aar").values_list("aar", flat=True).distinct()
    return list(hold), list(Udgiftsart.objects.values_list("pk", "navn")), [(year, year) for year in years if year]


# --- the elev's own ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MineUdlaeg:
    raekker: list[Udlaeg]
    arter: list[Udgiftsart]

    @property
    def paa_vej(self) -> Decimal:
        """Approved, and not paid yet as far as this house knows."""
        found = [row for row in self.raekker if row.status in (S.GODKENDT, S.UDBETALT)]
        return sum((row.til_udbetaling for row in found if not _is_handed_over(row)), Decimal(0))


def _is_handed_over(row: Udlaeg) -> bool:
    return bool(row.udbetaling_id and row.udbetaling.afleveret)


def get_mine_udlaeg(user) -> MineUdlaeg:
    rows = permissions.own_udlaeg(user).select_related("art", "udbetaling").annotate(antal_bilag=Count("bilag"))
    mine_first = sorted(rows.order_by("-tid"), key=lambda row: not row.kan_rettes)
    return MineUdlaeg(mine_first, current_arter())


def current_arter() -> list[Udgiftsart]:
    return list(Udgiftsart.objects.on(today()))


def recent_arter() -> QuerySet[Udgiftsart]:
    """Also those that ended lately: it is the day of the receipt that counts."""
    return Udgiftsart.objects.within(today() - A_YEAR, today())


def periods_of(elev: Elev) -> QuerySet[Skoleperiode]:
    """Those of hers that have begun: what an expense can belong to."""
    return Skoleperiode.objects.filter(skoleophold__elev=elev, periode__startswith__lte=today()).order_by("-periode")


# --- one of them, and what there is to be careful about ------------------------------------------------------------


@dataclass(frozen=True)
class Udlaegside:
    udlaeg: Udlaeg
    bilag: list[Bilag]
    advarsler: list[str]
    er_egen: bool
    kan_afgoeres: bool  # approved or returned by the reader
    naeste: int | None  # another one that waits for the reader

    @property
    def kan_godkendes(self) -> bool:
        return self.kan_afgoeres and self.udlaeg.status == S.SENDT

    @property
    def kan_returneres(self) -> bool:
        return self.kan_afgoeres and self.udlaeg.status in (S.SENDT, S.GODKENDT)


def get_udlaegside(user, udlaeg: Udlaeg) -> Udlaegside:
    own = permissions.is_own(user, udlaeg.elev)
    return Udlaegside(
        udlaeg=udlaeg,
        bilag=list(udlaeg.bilag.select_related("fil")),
        advarsler=find_warnings(user, [udlaeg])[udlaeg.pk],
        er_egen=own,
        kan_afgoeres=not own and udlaeg.status != S.KLADDE,
        naeste=None if own else next_waiting(user, udlaeg),
    )


def next_waiting(user, udlaeg: Udlaeg) -> int | None:
    """Another one that `user` decides on: the one that has waited longest."""
    waiting = permissions.udlaeg_to_decide(user).filter(status=S.SENDT).exclude(pk=udlaeg.pk)
    return waiting.order_by(*ORDER["sendt"]).values_list("pk", flat=True).first()


def find_warnings(user, rows: Iterable[Udlaeg]) -> dict[int, list[str]]:
    """By expense, in two statements. Nothing here is refused: practice differs, and a person decides."""
    rows = list(rows)
    twins = _same_receipts(user, rows)
    return {row.pk: [*_against_the_rules(row), *twins[row.pk]] for row in rows}


def _against_the_rules(row: Udlaeg) -> Iterable[str]:
    art = row.art
    if art is None:
        return
    if art.loft and row.til_udbetaling is not None and row.til_udbetaling > art.loft:
        yield f"Beløbet er over det, der højst betales til {art.navn.lower()}: {kroner(art.loft)}"
    if art.mindst_km and row.km is not None and row.km <= art.mindst_km:
        yield f"Turen er på {row.km} km. Der betales for ture på over {art.mindst_km} km frem og tilbage."
    if art.egen_udgift and not row.egen_udgift:
        yield "Der er ikke trukket en egen udgift fra."


def _same_receipts(user, rows: list[Udlaeg]) -> dict[int, list[str]]:
    """The same bytes on another expense that the reader may see."""
    ours = Bilag.objects.filter(udlaeg__in=[row.pk for row in rows]).values_list("udlaeg_id", "fil__sha256")
    wanted = defaultdict(set)
    for pk, sha256 in ours:
        wanted[sha256].add(pk)
    others = permissions.visible_bilag(user).filter(fil__sha256__in=wanted).annotate(sha256=F("fil__sha256"))
    found = defaultdict(list)
    for other in others.select_related("udlaeg__elev__bruger", "udlaeg__art").order_by("udlaeg_id"):
        for pk in wanted[other.sha256] - {other.udlaeg_id}:
            found[pk].append(_twin(user, other.udlaeg))
    return found


def _twin(user, other: Udlaeg) -> str:
    whose = "" if permissions.is_own(user, other.elev) else f" fra {other.elev}"
    when = f", {short_date(other.dato)}" if other.dato else ""
    return f"Samme kvittering ligger også på udlæg nr. {other.pk}{whose}: {other}{when}."
