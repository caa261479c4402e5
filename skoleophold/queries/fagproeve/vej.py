"""The path of a fagprøve: what is done, what is next, who owes it and by which date."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from elevforloeb.core.dates import format_period
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde, Fagproevesvar

S = Fagproeve.Status
Part = Fagproevesvar.Part
ELEV, VEJLEDER, SKOLE = "Eleven", "Elevvejlederen", "Skolen"


@dataclass(frozen=True)
class Trin:
    kode: str
    navn: str
    hvem: str
    frist: date | None
    gjort: bool
    tekst: str = ""
    dag: date | None = None  # today
    er_naeste: bool = False

    @property
    def er_bagud(self) -> bool:
        return not self.gjort and self.frist is not None and self.frist < self.dag


def steps(work: Fagproeve, forsoeg: Fagproeveforsoeg | None, svar: dict[str, bool], day: date) -> list[Trin]:
    """`svar`: what was said to the version that counts, by part. `forsoeg`: whose exam it is told about."""
    r = work.runde or Fagproeverunde()
    sent, approved = work.status in (S.SENDT, S.GODKENDT, S.AFLEVERET), work.status in (S.GODKENDT, S.AFLEVERET)
    handed_in = work.status == S.AFLEVERET
    rows = [
        ("emne", "Vælg emne", ELEV, r.emne_senest, work.status != S.EMNE, work.emne),
        ("problem", "Send problemformuleringen", ELEV, r.problem_senest, sent, ""),
        (
            "arbejdsplads",
            "Godkendt af arbejdspladsen",
            VEJLEDER,
            r.godkendt_senest,
            _said(approved, svar, "arbejdsplads"),
            "",
        ),
        ("skole", "Godkendt af skolen", SKOLE, r.godkendt_senest, _said(approved, svar, "skole"), ""),
        (
            "data",
            "Saml data ind",
            ELEV,
            r.data_senest,
            work.data_indsamlet is not None or handed_in,
            "Før skriveperioden",
        ),
        ("skriv", "Skriv rapporten", ELEV, None, handed_in, _writing(work.runde)),
        (
            "fortrolighed",
            "Svar om fortrolighed",
            ELEV,
            r.afleveres,
            bool(work.fortrolighed),
            work.get_fortrolighed_display(),
        ),
        ("aflever", "Aflevér", ELEV, r.afleveres, handed_in, ""),
    ]
    if forsoeg:
        rows += _exam(work, forsoeg, day)
    found = [Trin(*row, dag=day) for row in rows]
    waits = _next([each.kode for each in found if not each.gjort and each.kode != "skriv"])
    return [replace(each, er_naeste=each.kode in waits) for each in found]


def _next(undone: list[str]) -> set[str]:
    """The first that is not done. The two approvals are waited for at the same time."""
    return set(undone[:2]) if undone[:2] == ["arbejdsplads", "skole"] else set(undone[:1])


def _said(approved: bool, svar: dict[str, bool], part: str) -> bool:
    return approved or svar.get(part, False)


def _writing(runde: Fagproeverunde | None) -> str:
    return format_period(runde.startdato, runde.sidste_dag) if runde else "Skolens datoer mangler"


def exam_day(work: Fagproeve, forsoeg: Fagproeveforsoeg) -> date | None:
    """Her own day, else the last that the school has said of the class."""
    return forsoeg.eksamen or (work.runde and work.runde.eksamen_til)


def _exam(work: Fagproeve, forsoeg: Fagproeveforsoeg, day: date) -> list[tuple]:
    last, runde = exam_day(work, forsoeg), work.runde
    held = bool(forsoeg.vaerdi) or (last is not None and last < day and work.status == S.AFLEVERET)
    text = "Hver for sig, også når rapporten er skrevet sammen"
    if not forsoeg.eksamen and runde and runde.eksamen_fra:
        text = f"{format_period(runde.eksamen_fra, runde.eksamen_til)}. {text}"
    return [
        ("eksamen", "Mundtlig eksamen", ELEV, last, held, text),
        ("resultat", "Skriv karakteren ind", ELEV, last, bool(forsoeg.vaerdi), ""),
    ]


# --- the same in the database, for lists and reminders; tests hold the two together ----------------------------------

BEHIND = {
    S.EMNE: "emne_senest",
    S.SKRIVES: "problem_senest",
    S.SENDT: "godkendt_senest",
    S.GODKENDT: "afleveres",
}


def behind(day: date) -> Q:
    """Attempts of which a step is overdue; `rows` from with_exam_day."""
    found = Q()
    for status, field in BEHIND.items():
        found |= Q(**{"fagproeve__status": status, f"fagproeve__runde__{field}__lt": day})
    late_data = Q(fagproeve__data_indsamlet=None, fagproeve__runde__data_senest__lt=day)
    found |= late_data & ~Q(fagproeve__status=S.AFLEVERET)
    return found | Q(vaerdi="", eksamensdag__lt=day)


def with_exam_day(rows):
    return rows.annotate(eksamensdag=Coalesce(F("eksamen"), F("fagproeve__runde__eksamen_til")))
