"""The text of an evaluation as it is signed: one dict, always in the same form, and its fingerprint.

Until the first signature it is what stands in the tables now. From then on it is what was read and signed, whatever
a department, a person or a form is called later.
"""

import json
from itertools import groupby

from elevforloeb.core import seal
from evaluering.models import Besvarelse, Evaluering, Punkt, Svar
from evaluering.models.skema import Part

FORMAT = 1  # of the dict; readers of old documents ask for it


def content(evaluering: Evaluering) -> dict:
    """Only JSON's own types. Holds nothing that somebody has not shared."""
    return json.loads(text(evaluering))


def text(evaluering: Evaluering) -> str:
    """Canonical JSON."""
    return evaluering.laast_tekst or seal.canonical(_written(evaluering))


def fingerprint(evaluering: Evaluering) -> str:
    return seal.fingerprint(text(evaluering))


def _written(evaluering: Evaluering) -> dict:
    related = ("elev__bruger", "elev__hold", "afdeling", "ophold", "skema", "elevvejleder", "retter__dokument")
    row = Evaluering.objects.select_related(*related).get(pk=evaluering.pk)
    drafts = {each.part: each for each in row.besvarelser.select_related("forfatter")}
    return {
        "format": FORMAT,
        "evaluering": row.pk,
        "art": row.art,
        "titel": row.get_art_display(),
        "udgave": row.udgave,
        "retter": row.retter and {"udgave": row.retter.udgave, "sha256": row.retter.dokument.sha256},
        "skema": row.skema
        and {"navn": row.skema.navn, "version": row.skema.version, "indledning": row.skema.indledning},
        "elev": {"navn": row.elev.bruger.navn, "hold": row.elev.hold.navn},
        "afdeling": row.afdeling.navn,
        "ophold": row.ophold and {"startdato": row.ophold.startdato, "sidste_dag": row.ophold.sidste_dag},
        "moede": row.moede,
        "samtale_aabnet": row.samtale_aabnet,
        "parter": [_party(row, part, drafts.get(part)) for part in row.parter],
        "afsnit": _sections(row, [each.pk for each in drafts.values() if each.delt or each.part == Part.FAELLES]),
    }


def _party(evaluering: Evaluering, part: Part, draft: Besvarelse | None) -> dict:
    """`delt` None: the party has not shared, or answers at the talk only."""
    name = draft.forfatter.navn if draft else _name(evaluering, part)
    return {"part": part.value, "titel": part.label, "navn": name, "delt": draft and draft.delt}


def _name(evaluering: Evaluering, part: Part) -> str:
    if part == Part.ELEV:
        return evaluering.elev.bruger.navn
    return evaluering.elevvejleder.navn if part == Part.ELEVVEJLEDER and evaluering.elevvejleder else ""


def _sections(evaluering: Evaluering, shared: list[int]) -> list[dict]:
    given: dict[int, list[Svar]] = {}
    for svar in Svar.objects.filter(besvarelse__in=shared).select_related("besvarelse", "trin"):
        given.setdefault(svar.punkt_id, []).append(svar)
    punkter = evaluering.punkter.order_by("nr").select_related("skala").prefetch_related("skala__trin")
    return [
        {
            "titel": titel,
            "vejledning": vejledning,
            "punkter": [_question(punkt, given.get(punkt.pk, [])) for punkt in rows],
        }
        for (titel, vejledning), rows in groupby(punkter, key=lambda punkt: (punkt.afsnit, punkt.vejledning))
    ]


def _question(punkt: Punkt, svar: list[Svar]) -> dict:
    return {
        "nr": punkt.nr,
        "tekst": punkt.tekst,
        "hjaelp": punkt.hjaelp,
        "hvem": punkt.hvem,
        "svarform": punkt.svarform,
        "bruges_til": punkt.bruges_til,
        "trin": [_step(trin) for trin in punkt.skala.trin.all()] if punkt.skala else [],
        "svar": {each.besvarelse.part: _answer(each) for each in svar if each.trin_id or each.tekst},
    }


def _answer(svar: Svar) -> dict:
    return {"trin": svar.trin and _step(svar.trin), "tekst": svar.tekst}


def _step(trin) -> dict:
    return {"nr": trin.nr, "navn": trin.navn, "forklaring": trin.forklaring, "er_niveau": trin.er_niveau}
