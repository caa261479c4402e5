"""Lists for the elevansvarlig: everybody's way, the dates of a class, and the limits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from elevforloeb.core.dates import today
from elevforloeb.core.excel import Ark, Kolonne
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Hold
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde, Problemformulering, Skolehold, Tegngraense

from .side import warning
from .vej import S, Trin, behind, steps, with_exam_day

STATUSVALG = [
    ("", "Alle i gang"),
    ("bagud", "Bagud"),
    ("venter", "Venter på godkendelse"),
    ("uden_datoer", "Uden datoer"),
    ("advarsel", "Med advarsel"),
    ("ikke_bestaaet", "Ikke bestået, tillæg mangler"),
    ("faerdige", "Bedømt"),
    ("alle", "Alle"),
]
NOT_PASSED = ["00", "-3"]


@dataclass(frozen=True)
class Linje:
    forsoeg: Fagproeveforsoeg
    trin: list[Trin]
    antal: int
    advarsel: str

    @property
    def fagproeve(self):
        return self.forsoeg.fagproeve

    @property
    def naeste(self) -> Trin | None:
        return next((each for each in self.trin if each.er_naeste), None)

    @property
    def bagud(self) -> Trin | None:
        return next((each for each in self.trin if each.er_bagud), None)

    @property
    def hvem(self) -> str:
        return " og ".join(each.hvem.lower() for each in self.trin if each.er_naeste).capitalize()

    @property
    def art(self) -> str:
        return "ok" if self.forsoeg.er_bestaaet else "fejl"

    @property
    def mangler_tillaeg(self) -> bool:
        return self.forsoeg.mangler_tillaeg


def find_fagproever(*, vis: str = "", skolehold=None, hold=None, q: str = "") -> QuerySet[Fagproeveforsoeg]:
    """`vis`: one of STATUSVALG. What depends on the agreement (advarsel) is left to `lines`."""
    day = today()
    rows = with_exam_day(Fagproeveforsoeg.objects.all())
    if vis in ("", "bagud", "venter", "uden_datoer", "advarsel"):
        rows = rows.filter(vaerdi="", elev__periode__endswith__gt=day).filter(
            Q(elev__stoppet=None) | Q(elev__stoppet__gt=day)
        )
    if vis == "bagud":
        rows = rows.filter(behind(day))
    elif vis == "venter":
        rows = rows.filter(fagproeve__status=S.SENDT)
    elif vis == "uden_datoer":
        rows = rows.filter(fagproeve__runde=None)
    elif vis == "ikke_bestaaet":
        rows = rows.filter(vaerdi__in=NOT_PASSED, tillaeg_klaret=None)
    elif vis == "faerdige":
        rows = rows.exclude(vaerdi="")
    if skolehold:
        rows = rows.filter(fagproeve__runde__skolehold=skolehold)
    if hold:
        rows = rows.filter(elev__hold=hold)
    if q:
        rows = rows.filter(Q(elev__bruger__navn__icontains=q) | Q(fagproeve__emne__icontains=q))
    return rows.order_by("fagproeve__runde__periode", "elev__bruger__sortering", "nr")


def lines(rows: QuerySet[Fagproeveforsoeg], *, only_warned: bool = False) -> list[Linje]:
    """Four statements, however many there are."""
    day, now = today(), rules()
    size = Fagproeveforsoeg.objects.filter(fagproeve=OuterRef("fagproeve")).order_by()
    size = size.values("fagproeve").annotate(n=Count("pk")).values("n")
    sent = Problemformulering.objects.exclude(sendt=None).order_by("-nr").prefetch_related("svar")
    rows = rows.select_related("elev__bruger", "elev__hold", "fagproeve__runde__skolehold")
    rows = rows.annotate(antal=Subquery(size)).prefetch_related(
        Prefetch("fagproeve__formuleringer", queryset=sent, to_attr="sendte")
    )
    found = [_line(each, day, now) for each in rows]
    return [each for each in found if each.advarsel] if only_warned else found


def _line(forsoeg: Fagproeveforsoeg, day: date, now: Rules) -> Linje:
    work = forsoeg.fagproeve
    svar = {each.part: each.godkendt for each in work.sendte[0].svar.all()} if work.sendte else {}
    return Linje(forsoeg, steps(work, forsoeg, svar, day), forsoeg.antal, warning(work, forsoeg, now))


COLUMNS = (
    Kolonne("Elev", 28),
    Kolonne("Hold", 14),
    Kolonne("Skolehold", 14),
    Kolonne("Forsøg", 8),
    Kolonne("Emne", 40),
    Kolonne("Skriver sammen", 10),
    Kolonne("Næste skridt", 28),
    Kolonne("Hvem", 24),
    Kolonne("Frist"),
    Kolonne("Bagud", 10),
    Kolonne("Skriveperiode fra"),
    Kolonne("Afleveret"),
    Kolonne("Eksamen"),
    Kolonne("Resultat", 14),
    Kolonne("Advarsel", 60),
)


def sheet(found: list[Linje]) -> Ark:
    """Passed or not; the grade itself is the elev's."""
    return Ark("Fagprøver", COLUMNS, map(_cells, found))


def _cells(line: Linje) -> tuple:
    row, work, runde, naeste = line.forsoeg, line.fagproeve, line.fagproeve.runde, line.naeste
    return (
        row.elev.bruger.navn,
        row.elev.hold.navn,
        runde and runde.skolehold.navn,
        row.nr,
        work.emne,
        line.antal,
        naeste and naeste.navn,
        line.hvem,
        naeste and naeste.frist,
        "Ja" if line.bagud else "",
        runde and runde.startdato,
        work.afleveret,
        row.eksamen,
        row.resultat,
        line.advarsel,
    )


def filter_choices() -> tuple[QuerySet[Skolehold], QuerySet[Hold]]:
    mine = Fagproeveforsoeg.objects.values("elev__hold")
    return Skolehold.objects.filter(fagproeverunder__isnull=False).distinct(), Hold.objects.filter(pk__in=mine)


def runder_for(work: Fagproeve) -> QuerySet[Fagproeverunde]:
    """Dates that can still be followed, and those that it follows."""
    return (
        Fagproeverunde.objects.filter(Q(afleveres__gte=today()) | Q(pk=work.runde_id))
        .select_related("skolehold")
        .order_by("periode")
    )


def all_limits() -> list[Tegngraense]:
    return list(Tegngraense.objects.all())


def groupable(work: Fagproeve) -> QuerySet[Fagproeveforsoeg]:
    """Who can be taken into the group: of the same dates, alone, and with nothing written."""
    size = Fagproeveforsoeg.objects.filter(fagproeve=OuterRef("fagproeve")).order_by()
    size = size.values("fagproeve").annotate(n=Count("pk")).values("n")
    rows = Fagproeveforsoeg.objects.filter(fagproeve__status__in=[S.EMNE, S.SKRIVES], vaerdi="")
    if work.runde_id is None:
        return rows.none()
    rows = rows.filter(fagproeve__runde__skolehold=work.runde.skolehold_id, fagproeve__formuleringer=None)
    rows = rows.annotate(antal=Subquery(size)).filter(antal=1).exclude(fagproeve=work)
    return rows.select_related("elev__bruger", "fagproeve").order_by("elev__bruger__sortering")
