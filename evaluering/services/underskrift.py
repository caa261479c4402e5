"""Acknowledged by everybody, then sealed. The first signature locks the text; the last one seals it.

A signature means "I have read this", not "I agree". It carries the fingerprint of the text that was on the screen.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, seal
from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError, save_checked
from evaluering.models import Evaluering, Underskrift
from evaluering.models.skema import Part
from evaluering.permissions import can_steer, part_of, parts_of
from evaluering.queries import tekst
from evaluering.queries.mangler import unanswered

from .deling import follow_edition
from .tilstand import S, lock, move, refusal

DOKUMENT = "evaluering"  # the kind of document in the cellar


@transaction.atomic
def sign(actor, *, evaluering: Evaluering, sha256: str, bemaerkning: str = "", part: str = "") -> Evaluering:
    """One's own signature, with a remark of one's own. Clicked twice it is the same signature.

    `part`: as which party, for who is two of them. It comes from the form, so that a second click is no second party.
    """
    evaluering = lock(evaluering)
    part = part or part_of(actor, evaluering)
    if part not in parts_of(actor, evaluering):
        raise ValidationError("Kun dem, der holdt samtalen, kan kvittere.")
    if earlier := evaluering.underskrifter.filter(part=part).first():
        return _same(earlier, actor, evaluering)
    who = {"bruger": actor, "navn": actor.navn, "vikar_for": _stands_in_for(actor, evaluering, part)}
    return _add(actor, evaluering, sha256, Underskrift(part=part, bemaerkning=bemaerkning.strip(), **who))


@transaction.atomic
def sign_for(actor, *, evaluering: Evaluering, part: str, art: str, bemaerkning: str) -> Evaluering:
    """The elevansvarlig writes down that a party will not or cannot acknowledge, and why."""
    evaluering = lock(evaluering)
    if not can_steer(actor, evaluering):
        raise ValidationError("Kun den elevansvarlige kan skrive, at en anden ikke kvitterer.")
    if part not in evaluering.parter or art not in (Underskrift.Art.NAEGTET, Underskrift.Art.UDEBLEVET):
        raise ValidationError("Vælg, hvem der ikke kvitterer, og om det er et nej eller et fravær.")
    if earlier := evaluering.underskrifter.filter(part=part).first():
        return _same(earlier, actor, evaluering, art)
    navn = next(each["navn"] for each in tekst.content(evaluering)["parter"] if each["part"] == part)
    row = Underskrift(part=part, art=art, bruger=actor, navn=navn or Part(part).label, bemaerkning=bemaerkning.strip())
    return _add(actor, evaluering, tekst.fingerprint(evaluering), row)


def _same(earlier: Underskrift, actor, evaluering: Evaluering, art: str = Underskrift.Art.SET) -> Evaluering:
    if (earlier.bruger_id, earlier.art) != (actor.pk, art):
        raise ValidationError(f"{earlier}. Der kan kun kvitteres én gang for hver part.")
    return evaluering


def _stands_in_for(actor, evaluering: Evaluering, part: Part) -> str:
    named = evaluering.elevvejleder
    return named.navn if part == Part.ELEVVEJLEDER and named and named != actor else ""


def _add(actor, evaluering: Evaluering, sha256: str, row: Underskrift) -> Evaluering:
    if evaluering.status not in (S.SAMTALE, S.LAAST):
        raise refusal(evaluering)
    if missing := unanswered(evaluering, Part.FAELLES):
        raise ValidationError([each.sentence for each in missing])
    if sha256 != tekst.fingerprint(evaluering):
        raise StaleError("Teksten er ændret, siden du læste den. Læs den igen, og kvittér så.")
    if evaluering.status == S.SAMTALE:
        move(evaluering, S.LAAST, laast_tekst=tekst.text(evaluering))
    row.evaluering, row.sha256 = evaluering, sha256
    save_checked(row)
    audit.record(actor, "evaluering.kvitteret", evaluering, f"{evaluering}: {row}", part=row.part, sha256=sha256)
    if not set(evaluering.parter) - {each.part for each in evaluering.underskrifter.all()}:
        _seal(actor, evaluering)
    return evaluering


def _seal(actor, evaluering: Evaluering) -> None:
    """The document and the state in one transaction: neither is ever seen without the other."""
    dokument = seal.seal(
        actor,
        art=DOKUMENT,
        titel=f"{evaluering}"[:200],
        person=evaluering.elev.bruger,
        indhold=tekst.content(evaluering)
        | {"underskrifter": [_signature(row) for row in evaluering.underskrifter.all()]},
    )
    move(evaluering, S.FORSEGLET, forseglet=now(), dokument=dokument)
    if evaluering.retter:
        follow_edition(evaluering.retter, evaluering)
    audit.record(actor, "evaluering.forseglet", evaluering, f"{evaluering} forseglet", sha256=dokument.sha256)


def _signature(row: Underskrift) -> dict:
    fields = ("part", "art", "navn", "vikar_for", "bemaerkning", "tid", "sha256")
    words = {"skrevet_af": row.bruger.navn, "tekst": row.get_art_display()}
    return {name: getattr(row, name) for name in fields} | words


@transaction.atomic
def correct(actor, *, evaluering: Evaluering, grund: str) -> Evaluering:
    """A new edition at the talk, with the same questions and answers. The sealed one stays for ever."""
    evaluering = lock(evaluering)
    if newer := Evaluering.objects.filter(retter=evaluering).first():
        return newer
    if evaluering.status != S.FORSEGLET:
        raise ValidationError("Kun en forseglet evaluering kan rettes i en ny udgave.")
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvorfor evalueringen skal rettes."})
    new = _next_edition(evaluering)
    audit.record(actor, "evaluering.rettes", new, f"{new} rettes i udgave {new.udgave}: {grund.strip()}")
    return new


def _next_edition(old: Evaluering) -> Evaluering:
    kept = ("elev", "ophold", "afdeling", "elevvejleder", "art", "skema", "frist", "moede", "begyndt", "samtale_aabnet")
    fields = {name: getattr(old, name) for name in kept}
    new = Evaluering.objects.create(status=S.SAMTALE, udgave=old.udgave + 1, retter=old, **fields)
    punkter = _copies(old.punkter.order_by("nr"), evaluering=new)
    for besvarelse in old.besvarelser.exclude(part=Part.AFLOEST):
        answers = list(besvarelse.svar.all())
        (copy,) = _copies([besvarelse], evaluering=new).values()
        for svar in answers:
            svar.punkt = punkter[svar.punkt_id]
        _copies(answers, besvarelse=copy)
    return new


def _copies(rows, **changes) -> dict:
    """The same rows once more, by the number of the old one."""
    copies = {}
    for row in rows:
        old_pk, row.pk = row.pk, None
        row._state.adding = True
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        copies[old_pk] = row
    return copies
