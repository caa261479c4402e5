"""The AUB register: every stay at school with what it should bring in, how far that has come, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import DateField, Exists, F, Func, Max, OuterRef, Q, QuerySet, TextChoices

from elevforloeb.core.dates import Periode, add_months, full_date, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Hold
from skoleophold.models import Aub, Aubsats, Skolehold, Skoleophold
from skoleophold.refusion import Fremmoede, Refusion, Sats, is_old, reckon
from skoleophold.skoleuger import weekdays


class Tilstand(TextChoices):
    KOMMER = "kommer", "Ikke slut endnu"
    BREV = "brev", "Venter på brev"
    TJEK = "tjek", "Brevet skal tjekkes"
    BETALING = "betaling", "Venter på udbetaling"
    AFVIGER = "afviger", "Beløbet afviger"
    FOR_SENT = "for_sent", "Fristen er gået"
    FAERDIG = "faerdig", "Afsluttet"


COLOURS = {Tilstand.AFVIGER: "fejl", Tilstand.FOR_SENT: "fejl", Tilstand.TJEK: "vent", Tilstand.FAERDIG: "ok"}
OPEN = {Tilstand.BREV, Tilstand.TJEK, Tilstand.BETALING, Tilstand.AFVIGER}
ENOUGH = Decimal("1")  # less than a krone is rounding


@dataclass(frozen=True)
class Aublinje:
    ophold: Skoleophold  # from `stays`
    refusion: Refusion
    now: Rules

    @cached_property
    def aub(self) -> Aub:
        """Unsaved and empty when nobody has looked at the stay yet."""
        return getattr(self.ophold, "aub", None) or Aub()

    @cached_property
    def span(self) -> Periode:
        return span_of(self.ophold)

    @cached_property
    def frist(self) -> date:
        return deadline(self.span, self.now)

    @cached_property
    def forskel(self) -> Decimal | None:
        """Paid less expected; None while one of them is unknown or they agree."""
        if self.aub.udbetalt is None or self.refusion.beloeb is None:
            return None
        found = self.aub.udbetalt - self.refusion.beloeb
        return found if abs(found) >= ENOUGH else None

    @cached_property
    def tilstand(self) -> Tilstand:
        aub, day = self.aub, self.now.day
        if aub.afsluttet or (aub.udbetalt is not None and self.forskel is None):
            return Tilstand.FAERDIG
        if self.span.slutdato > day:
            return Tilstand.KOMMER
        if day > self.frist:
            return Tilstand.FOR_SENT
        if aub.udbetalt is not None:
            return Tilstand.AFVIGER
        if aub.brev_tjekket:
            return Tilstand.BETALING
        return Tilstand.TJEK if aub.brev_modtaget else Tilstand.BREV

    @property
    def farve(self) -> str:
        return "vent" if self.brev_mangler else COLOURS.get(self.tilstand, "info")

    @property
    def brev_mangler(self) -> bool:
        """It should have come by now."""
        late = self.span.sidste_dag + timedelta(days=self.now.aub_tjek_dage)
        return self.tilstand == Tilstand.BREV and self.now.day >= late

    @property
    def frist_er_naer(self) -> bool:
        near = self.frist - timedelta(days=self.now.aub_varsel_dage)
        return self.tilstand in OPEN and self.now.day >= near

    @property
    def mangler_ugeloen(self) -> bool:
        """A voksenelev's first stay: AUB knows no pay of hers until it is typed in at virk.dk."""
        aub, first = self.aub, self.ophold.elev.voksenelev and self.ophold.er_foerste
        return first and not (aub.ugeloen_indberettet or aub.afsluttet or self.span.startdato > self.now.day)


SETTLED = Q(aub__udbetalt__isnull=False) | Q(aub__afsluttet__isnull=False)
START = "kalenderperiode__periode__startswith"
STOPPED = Q(elev__stoppet__lte=F(START))  # before the first day: she was never there


def stays() -> QuerySet[Skoleophold]:
    """Those with days at school, and those whose days were taken away after somebody had looked at the refund."""
    earlier = Skoleophold.objects.filter(elev=OuterRef("elev"), **{f"{START}__lt": OuterRef(START)})
    found = Skoleophold.objects.filter(Q(kalenderperiode__isnull=False) & ~STOPPED | Q(aub__isnull=False))
    found = found.select_related("elev__bruger", "elev__hold", "skoleperiode__skolehold", "kalenderperiode", "aub")
    return found.annotate(er_foerste=~Exists(earlier))


def span_of(ophold: Skoleophold) -> Periode:
    """Until a stop, when there is one."""
    span, stop = (ophold.kalenderperiode or ophold.skoleperiode).span, ophold.elev.stoppet
    return Periode(span.startdato, stop) if stop and span.startdato < stop < span.slutdato else span


def deadline(span: Periode, now: Rules) -> date:
    return add_months(span.sidste_dag, 12 * now.aub_frist_aar)


def read_rates() -> list[Aubsats]:
    """Of each kind, the newest first."""
    return list(Aubsats.objects.order_by("art", "-periode"))


def lines_of(found: Iterable[Skoleophold], now: Rules | None = None, rates=None) -> list[Aublinje]:
    """`rates`: when they have been read already."""
    now, rates = now or rules(), read_rates() if rates is None else rates
    return [Aublinje(ophold, _refusion(ophold, rates), now) for ophold in found]


def _refusion(ophold: Skoleophold, rates: list[Aubsats]) -> Refusion:
    aub, span = getattr(ophold, "aub", None) or Aub(), span_of(ophold)
    sats, missing = _rate(ophold, aub, span.startdato, rates)
    days = (ophold.dage_til_stede, ophold.dage_syg, ophold.dage_ulovligt)
    return reckon(
        planlagt=weekdays(span),
        fremmoede=Fremmoede(*days) if ophold.har_fremmoede else None,
        sats=sats,
        mangler=missing,
        ugeloen=aub.ugeloen,
        dag=span.startdato,
    )


def _rate(ophold, aub: Aub, day: date, rates: list[Aubsats]) -> tuple[Sats | None, str]:
    """A voksenelev has a rate of her own, whatever year she is in."""
    art = Aubsats.Art.VOKSEN if ophold.elev.voksenelev else str(aub.uddannelsesaar or "")
    if not art:
        return None, "Vælg uddannelsesåret, så kan beløbet regnes ud."
    name = "en voksenelev" if art == Aubsats.Art.VOKSEN else Aubsats.Art(art).label
    row = next((row for row in rates if row.art == art and day in row.span), None)
    if row is None:
        return None, f"Der er ingen sats for {name} {full_date(day)}. Skriv den ind under Satser."
    return Sats(name, row.beloeb, row.startdato), ""


# --- the register ----------------------------------------------------------------------------------------------------

ORDER = {
    "nyeste": lambda line: (-line.span.slutdato.toordinal(), line.ophold.elev.bruger.sortering, line.ophold.pk),
    "frist": lambda line: (line.frist, line.ophold.elev.bruger.sortering, line.ophold.pk),
    "elev": lambda line: (line.ophold.elev.bruger.sortering, line.span, line.ophold.pk),
}
STATUS = {"aabne": "Skal følges op", **{each.value: each.label for each in Tilstand}, "alle": "Alle"}


def find_lines(*, status="aabne", skolehold=None, hold=None, aar=None, sort="nyeste", rates=None) -> list[Aublinje]:
    """The state hangs on the reckoned amount, so the last choice is made here; the first are made by the database."""
    found = stays()
    if skolehold:
        found = found.filter(skoleperiode__skolehold=skolehold)
    if hold:
        found = found.filter(elev__hold=hold)
    if aar:
        found = found.filter(aub__uddannelsesaar=aar)
    now = rules()
    wanted = OPEN if status == "aabne" else set(Tilstand) if status == "alle" else {Tilstand(status)}
    if wanted <= OPEN:  # all of them over, none of them finished or too late
        since = add_months(now.day, -12 * now.aub_frist_aar)
        over = Q(kalenderperiode__periode__endswith__range=(since, now.day)) | Q(kalenderperiode=None)
        found = found.filter(over, Q(aub=None) | Q(aub__afsluttet=None))
    lines = [line for line in lines_of(found, now, rates) if line.tilstand in wanted]
    return sorted(lines, key=ORDER[sort])


def filter_choices() -> tuple[list, list]:
    """The classes and the hold that have stays."""
    classes = Skolehold.objects.filter(Exists(Skoleophold.objects.filter(skoleperiode__skolehold=OuterRef("pk"))))
    hold = Hold.objects.filter(Exists(Skoleophold.objects.filter(elev__hold=OuterRef("pk")))).order_by("-startdato")
    return list(classes.values_list("pk", "navn")), list(hold.values_list("pk", "navn"))


@dataclass(frozen=True)
class Sum:
    forventet: Decimal
    udbetalt: Decimal
    udestaaende: Decimal  # expected where nothing is paid yet
    uden_beloeb: int  # stays whose amount cannot be reckoned yet


def total(lines: list[Aublinje]) -> Sum:
    zero = Decimal(0)
    counted = [line for line in lines if line.refusion.beloeb is not None and line.tilstand != Tilstand.FOR_SENT]
    waiting = [line for line in counted if line.aub.udbetalt is None and not line.aub.afsluttet]
    return Sum(
        forventet=sum((line.refusion.beloeb for line in counted), zero),
        udbetalt=sum((line.aub.udbetalt or zero for line in lines), zero),
        udestaaende=sum((line.refusion.beloeb for line in waiting), zero),
        uden_beloeb=sum(line.refusion.beloeb is None for line in lines),
    )


# --- rates -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Satsgruppe:
    art: Aubsats.Art
    raekker: list[Aubsats]  # the newest first
    nu: Aubsats | None

    @property
    def er_gammel(self) -> bool:
        return self.nu is not None and self.nu.slutdato is None and is_old(self.nu.startdato, today())


def get_satser(rates: list[Aubsats] | None = None) -> list[Satsgruppe]:
    day, rows = today(), read_rates() if rates is None else rates
    groups = [(art, [row for row in rows if row.art == art]) for art in Aubsats.Art]
    return [Satsgruppe(art, own, next((row for row in own if day in row.span), None)) for art, own in groups]


def old_year(rates: list[Aubsats]) -> int | None:
    """The year of the oldest rate that still counts today although it was set for an earlier year."""
    return min((each.nu.startdato.year for each in get_satser(rates) if each.er_gammel), default=None)


# --- what is due -----------------------------------------------------------------------------------------------------


def unchecked(until: date) -> QuerySet[Skoleophold]:
    """Stays that ended by `until`, and whose refund nobody has checked or finished."""
    checked = Q(aub__brev_tjekket__isnull=False) | SETTLED
    found = Skoleophold.objects.filter(kalenderperiode__periode__endswith__lte=until + timedelta(days=1))
    return found.exclude(STOPPED).exclude(checked)


def near_deadline(now: Rules) -> dict[int, date]:
    """Periods with a refund that is neither paid nor finished: the first deadline of theirs that is near."""
    until = now.day + timedelta(days=now.aub_varsel_dage)
    years = 12 * now.aub_frist_aar
    ended = (add_months(now.day, -years), add_months(until, -years) + timedelta(days=31))  # then looked at one by one
    found = Skoleophold.objects.filter(kalenderperiode__periode__endswith__range=ended)
    found = found.exclude(STOPPED).exclude(SETTLED)
    near = {}
    for row in found.select_related("kalenderperiode", "elev"):
        last = deadline(span_of(row), now)
        if now.day <= last <= until:
            near[row.skoleperiode_id] = min(last, near.get(row.skoleperiode_id, last))
    return near


def kept_until(now: Rules) -> QuerySet:
    """The day after the last deadline of a refund that is neither paid nor finished, of each person who has one."""
    years = now.aub_frist_aar
    found = Skoleophold.objects.filter(kalenderperiode__isnull=False).exclude(STOPPED).exclude(SETTLED)
    if not now.slet_venter_paa_aub:
        found = found.none()
    last = Func(
        Max("kalenderperiode__periode__endswith"),
        template=f"((%(expressions)s - 1 + make_interval(years => {years:d}))::date + 1)",
        output_field=DateField(),
    )
    return found.order_by().values(bruger=F("elev__bruger")).annotate(til=last)
