"""Answers, saved one by one while somebody types. Two windows never overwrite each other in silence."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import now
from evaluering.models import Besvarelse, Evaluering, Punkt, Svar
from evaluering.models.skema import Part, Spoergeform
from evaluering.permissions import can_write_joint
from evaluering.queries.mangler import answers_to

from .tilstand import S, lock, refusal
from .vejen.gang import own_draft, own_part

LONGEST = Svar._meta.get_field("tekst").max_length


class Answer(NamedTuple):
    """What a window holds. `version`: of the row that it was shown; 0 when there was none."""

    punkt: int
    trin: int | None
    tekst: str
    version: int


class Conflict(NamedTuple):
    punkt: int
    theirs: Svar  # what stands there, written in another window; unsaved and empty when nothing does


class Saved(NamedTuple):
    versions: dict[int, int]  # by punkt: what the window has been shown from now on
    conflicts: list[Conflict]


@transaction.atomic
def save_answers(actor, *, evaluering: Evaluering, part: str, answers: list[Answer]) -> Saved:
    """`part`: one's own, or FAELLES at the talk. What does not conflict is saved; a conflicting answer is not."""
    evaluering = lock(evaluering)
    besvarelse = _joint(actor, evaluering) if part == Part.FAELLES else _own(actor, evaluering, part)
    punkter = {each.pk: each for each in evaluering.punkter.select_related("skala").prefetch_related("skala__trin")}
    answers = [_checked(answer, punkter, part) for answer in answers]
    rows = {row.punkt_id: row for row in besvarelse.svar.select_related("trin", "aendret_af")}
    saved = Saved({}, [])
    for answer in answers:
        _save(actor, besvarelse, answer, rows, saved)
    return saved


def _own(actor, evaluering: Evaluering, part: str) -> Besvarelse:
    if evaluering.status != S.IGANG:
        raise refusal(evaluering)
    if part != own_part(actor, evaluering):
        raise ValidationError("Du kan kun skrive dine egne svar.")
    besvarelse = own_draft(actor, evaluering, part)
    if besvarelse.delt:
        raise ValidationError("Du har delt dine svar, så de er låst. Tag resten op ved samtalen.")
    return besvarelse


def _joint(actor, evaluering: Evaluering) -> Besvarelse:
    if evaluering.status != S.SAMTALE:
        raise refusal(evaluering)
    if not can_write_joint(actor, evaluering):
        raise ValidationError("Kun dem, der holder samtalen, kan skrive, hvad der er aftalt.")
    return evaluering.besvarelser.get(part=Part.FAELLES)


def _checked(answer: Answer, punkter: dict[int, Punkt], part: str) -> Answer:
    """A joint remark may be made on every question; otherwise one answers what one is asked."""
    punkt = punkter.get(answer.punkt)
    if punkt is None or (part != Part.FAELLES and punkt.hvem not in answers_to(part)):
        raise ValidationError("Et af spørgsmålene stilles ikke til dig i denne evaluering. Genindlæs siden.")
    steps = {trin.pk for trin in punkt.skala.trin.all()} if punkt.svarform == Spoergeform.SKALA else set()
    if answer.trin is not None and answer.trin not in steps:
        raise ValidationError(f"Vælg et af de trin, der står ved “{punkt.tekst}”.")
    tekst = answer.tekst.replace("\r\n", "\n").replace("\x00", "")
    if len(tekst) > LONGEST:
        raise ValidationError(f"Svaret på “{punkt.tekst}” må højst være på {LONGEST} tegn. Kort det ned.")
    return answer._replace(tekst=tekst)


def _save(actor, besvarelse: Besvarelse, answer: Answer, rows: dict[int, Svar], saved: Saved) -> None:
    row = rows.get(answer.punkt) or Svar(besvarelse=besvarelse, punkt_id=answer.punkt, version=0)
    if (row.trin_id, row.tekst) != (answer.trin, answer.tekst):  # the same once more is no conflict, whoever wrote it
        if not is_current(row, answer):
            saved.conflicts.append(Conflict(answer.punkt, row))
            return
        row.trin_id, row.tekst, row.version = answer.trin, answer.tekst, row.version + 1
        row.aendret, row.aendret_af = now(), actor
        row.save()
        rows[answer.punkt] = row
    saved.versions[answer.punkt] = row.version


def is_current(row: Svar, answer: Answer) -> bool:
    """Has the window been shown what stands there? The evaluation is locked, so nothing comes between."""
    return row.version == answer.version
