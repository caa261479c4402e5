"""The list of evaluations: who is missing, until when, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from afdelinger.models import Afdeling
from elevforloeb.core.dates import today
from elevforloeb.core.words import join_words
from elevforloeb.models import Hold
from evaluering.models import Besvarelse, Evaluering
from evaluering.models.skema import Art, Part

S = Evaluering.Status
TO_DO = [S.PLANLAGT, S.IGANG, S.SAMTALE, S.LAAST]
SOON = 42  # days ahead: what has not begun and is due later is not in the way
STATUS = {
    "aktuelle": "Aktuelle",
    "planlagt": "Ikke begyndt",
    "igang": "Kladde",
    "samtale": "Samtale",
    "laast": "Mangler kvittering",
    "forseglet": "Set af alle",
    "papir": "Holdt på papir",
    "bortfaldet": "Bortfaldet",
    "alle": "Alle",
}
FRIST = {"": "Alle frister", "forsinket": "Forsinkede", "snart": "De næste 14 dage"}
COLOURS = {S.IGANG: "vent", S.SAMTALE: "info", S.LAAST: "vent", S.FORSEGLET: "ok", S.PAPIR: "ok"}
# What a line says, and an Excel file of them.
SHOWN = (
    "art",
    "status",
    "udgave",
    "frist",
    "udsat_til",
    "moede",
    "forseglet",
    "elev__bruger__navn",
    "elev__hold__navn",
)
SHOWN += ("afdeling__navn", "afdeling__kortnavn", "afdeling__farve", "elevvejleder__navn", "skema__med_elevansvarlig")
ICONS = {S.IGANG: "edit", S.SAMTALE: "forum", S.LAAST: "hourglass", S.FORSEGLET: "lock", S.PAPIR: "document"}


def find_evalueringer(
    visible: QuerySet[Evaluering], *, q="", hold=None, afdeling=None, status="aktuelle", frist=""
) -> QuerySet[Evaluering]:
    """Those that fit: what is to be done by deadline, then what is done, the latest first."""
    rows = visible.annotate(dag=Coalesce("udsat_til", "frist"))
    rows = rows.filter(_with_status(status), _with_deadline(frist))
    if q:
        rows = rows.filter(elev__bruger__soegenoegle__finder=q)
    if hold:
        rows = rows.filter(elev__hold=hold)
    if afdeling:
        rows = rows.filter(afdeling=afdeling)
    done = Case(When(status__in=TO_DO, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(faerdig=done).order_by("faerdig", "dag", "elev__bruger__sortering", "pk")


def _with_status(status: str) -> Q:
    if status == "alle":
        return Q()
    if status != "aktuelle":
        return Q(status=status)
    begun = Q(status__in=[S.IGANG, S.SAMTALE, S.LAAST])
    return begun | Q(status=S.PLANLAGT, dag__lte=today() + timedelta(days=SOON))


def _with_deadline(frist: str) -> Q:
    day = today()
    if frist == "forsinket":
        return Q(status__in=TO_DO, dag__lt=day)
    if frist == "snart":
        return Q(status__in=TO_DO, dag__range=(day, day + timedelta(days=14)))
    return Q()


@dataclass(frozen=True)
class Evalueringsraekke:
    evaluering: Evaluering
    farve: str
    ikon: str
    er_forsinket: bool
    mangler: str  # who is to do something now
    kan_aabnes: bool

    @property
    def status(self) -> str:
        return "Set af alle" if self.evaluering.status == S.FORSEGLET else S(self.evaluering.status).label

    @property
    def samtale(self) -> str:
        return Art(self.evaluering.art).label


def rows_of(evalueringer, user, *, opens: Iterable[int] | None = None) -> list[Evalueringsraekke]:
    """Those of one page, as `user` reads them. `opens`: the departments whose evaluations she may open; None: all."""
    columns = ("evaluering", "part", "delt", "forfatter__navn")  # never a text
    drafts = Besvarelse.objects.select_related("forfatter").only(*columns)
    related = ("elev__bruger", "elev__hold", "afdeling", "elevvejleder", "skema")
    rows = evalueringer.select_related(*related).only(*SHOWN)
    rows = rows.prefetch_related(Prefetch("besvarelser", drafts), "underskrifter")
    return [_row(each, user, opens) for each in rows]


def _row(row: Evaluering, user, opens) -> Evalueringsraekke:
    return Evalueringsraekke(
        evaluering=row,
        farve=COLOURS.get(row.status, ""),
        ikon=ICONS.get(row.status, ""),
        er_forsinket=row.status in TO_DO and row.gaeldende_frist < today(),
        mangler=_missing(row, user),
        kan_aabnes=opens is None or row.afdeling_id in opens,
    )


def _missing(row: Evaluering, user) -> str:
    writes = next((each.forfatter for each in row.besvarelser.all() if each.part == Part.ELEVVEJLEDER), None)
    people = {Part.ELEV: row.elev.bruger, Part.ELEVVEJLEDER: writes or row.elevvejleder}
    names = {part: "dig" if who == user else who.navn for part, who in people.items() if who}
    names = {Part.ELEVVEJLEDER: "elevvejlederen", Part.ELEVANSVARLIG: "den elevansvarlige"} | names
    if row.status == S.IGANG:
        shared = {each.part for each in row.besvarelser.all() if each.delt}
        waits = [part for part in (Part.ELEV, Part.ELEVVEJLEDER) if part not in shared]
    elif row.status == S.LAAST:
        signed = {each.part for each in row.underskrifter.all()}
        waits = [part for part in row.parter if part not in signed]
    elif row.status in (S.PLANLAGT, S.SAMTALE):
        waits = [Part.ELEV, Part.ELEVVEJLEDER]
    else:
        return ""
    return join_words([names[part] for part in waits])


def filter_choices() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    hold = Hold.objects.values_list("pk", "navn")
    return list(hold), list(Afdeling.objects.on(today()).values_list("pk", "navn"))


def count_by_status(visible: QuerySet[Evaluering]) -> list[tuple[str, str, int]]:
    """Those of which there are any: the value of the filter, the words and the number."""
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    return [(status, STATUS[status], counts[status]) for status in STATUS if status in counts]
