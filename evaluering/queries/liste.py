"""The list of evaluations: who is missing, until when, and what is late."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from afdelinger.models import Afdeling
from elevforloeb.core.dates import today
from elevforloeb.core.words import join_words
from elevforloeb.models import Hold
from evaluering.models import Besvarelse, Evaluering, Underskrift
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
SHOWN = ("pk", "art", "status", "udgave", "frist", "udsat_til", "dag", "moede", "forseglet", "skema__med_elevansvarlig")
SHOWN += ("elev__bruger_id", "elev__bruger__navn", "elev__hold__navn", "elevvejleder_id", "elevvejleder__navn")
SHOWN += ("afdeling_id", "afdeling__navn", "afdeling__kortnavn", "afdeling__farve")
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
    fund: NamedTuple  # what SHOWN names, of the database
    farve: str
    ikon: str
    er_forsinket: bool
    mangler: str  # who is to do something now
    kan_aabnes: bool

    @property
    def status(self) -> str:
        return "Set af alle" if self.fund.status == S.FORSEGLET else S(self.fund.status).label

    @property
    def samtale(self) -> str:
        return Art(self.fund.art).label


def rows_of(evalueringer, user, *, opens: Iterable[int] | None = None) -> list[Evalueringsraekke]:
    """Those of one page, as `user` reads them. `opens`: the departments whose evaluations she may open; None: all."""
    rows = list(evalueringer.values_list(*SHOWN, named=True))
    drafts = _of_rows(Besvarelse, rows, "part", "delt", "forfatter_id", "forfatter__navn")  # never a text
    signed = _of_rows(Underskrift, rows, "part")
    return [
        Evalueringsraekke(
            fund=row,
            farve=COLOURS.get(row.status, ""),
            ikon=ICONS.get(row.status, ""),
            er_forsinket=row.status in TO_DO and row.dag < today(),
            mangler=_missing(row, user, drafts[row.pk], {each.part for each in signed[row.pk]}),
            kan_aabnes=opens is None or row.afdeling_id in opens,
        )
        for row in rows
    ]


def _of_rows(model, rows: list, *fields: str) -> dict[int, list]:
    found = defaultdict(list)
    of_them = model.objects.filter(evaluering__in=[row.pk for row in rows]).order_by()
    for each in of_them.values_list("evaluering_id", *fields, named=True):
        found[each.evaluering_id].append(each)
    return found


def _missing(row, user, drafts: list, signed: set[str]) -> str:
    waits = [Part.ELEV, Part.ELEVVEJLEDER]
    if row.status == S.IGANG:
        shared = {each.part for each in drafts if each.delt}
        waits = [part for part in waits if part not in shared]
    elif row.status == S.LAAST:
        all_parts = [*waits, Part.ELEVANSVARLIG] if row.skema__med_elevansvarlig else waits
        waits = [part for part in all_parts if part not in signed]
    elif row.status not in (S.PLANLAGT, S.SAMTALE):
        return ""
    names = _names(row, user, drafts)
    return join_words([names[part] for part in waits])


def _names(row, user, drafts: list) -> dict[str, str]:
    """The elevvejleder who began to write it, before the one of the stay."""
    writes = [(each.forfatter_id, each.forfatter__navn) for each in drafts if each.part == Part.ELEVVEJLEDER]
    vejleder = next(((pk, navn) for pk, navn in writes if pk), (row.elevvejleder_id, row.elevvejleder__navn))
    people = {Part.ELEV: (row.elev__bruger_id, row.elev__bruger__navn), Part.ELEVVEJLEDER: vejleder}
    names = {part: "dig" if pk == user.pk else navn for part, (pk, navn) in people.items() if pk}
    return {Part.ELEVVEJLEDER: "elevvejlederen", Part.ELEVANSVARLIG: "den elevansvarlige"} | names


def filter_choices() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    hold = Hold.objects.values_list("pk", "navn")
    return list(hold), list(Afdeling.objects.on(today()).values_list("pk", "navn"))


def count_by_status(visible: QuerySet[Evaluering]) -> list[tuple[str, str, int]]:
    """Those of which there are any: the value of the filter, the words and the number."""
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    return [(status, STATUS[status], counts[status]) for status in STATUS if status in counts]
