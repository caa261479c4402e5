"""What the cellar may know about sealed evaluations: how one is printed, and where its rows differ from its text."""

import json

from elevforloeb.core import prints, seal
from elevforloeb.core.models import Dokument

from .models import Besvarelse, Evaluering, Punkt, Svar, Underskrift
from .pdf import evaluering_pdf

EVALUERING = "evaluering"
QUESTION = ("nr", "afsnit", "vejledning", "tekst", "hjaelp", "hvem", "svarform", "bruges_til")
SIGNATURE = ("part", "art", "navn", "vikar_for", "bemaerkning", "tid", "sha256")
HEAD = ("art", "udgave", "moede", "samtale_aabnet")


def differences(dokument: Dokument, text: dict) -> list[str]:
    """The rows of a sealed evaluation say what its text says. Read here in another way than when it was sealed."""
    found = Evaluering.objects.filter(dokument=dokument).first()
    if found is None:
        return ["Evalueringen, som teksten er om, er væk."]
    rows, told = _of_rows(found), _of_text(text)
    wrong = [f"{what} er ikke, som da dokumentet blev forseglet." for what in told if rows[what] != told[what]]
    signed = {key: value for key, value in text.items() if key != "underskrifter"}
    if found.laast_tekst != seal.canonical(signed):
        wrong.append("Den tekst, der blev kvitteret for, er en anden end den forseglede.")
    return wrong


def _of_text(text: dict) -> dict:
    """What both sides hold, by the words that a difference is told with."""
    sections = [(each["titel"], each["vejledning"], punkt) for each in text["afsnit"] for punkt in each["punkter"]]
    questions = [{**punkt, "afsnit": titel, "vejledning": words} for titel, words, punkt in sections]
    answers = [
        [punkt["nr"], part, svar["trin"] and svar["trin"]["nr"], svar["trin"] and svar["trin"]["navn"], svar["tekst"]]
        for punkt in questions
        for part, svar in punkt["svar"].items()
    ]
    shared = [[each["part"], each["delt"]] for each in text["parter"] if each["delt"]]
    return _in_order(
        {name: text[name] for name in HEAD},
        [[punkt[name] for name in QUESTION] for punkt in questions],
        answers,
        shared,
        [[row[name] for name in SIGNATURE] for row in text["underskrifter"]],
    )


def _of_rows(evaluering: Evaluering) -> dict:
    mine = Besvarelse.objects.filter(evaluering=evaluering)
    open_to_all = mine.exclude(delt=None) | mine.filter(part="faelles")
    given = Svar.objects.filter(besvarelse__in=open_to_all.values("pk")).exclude(trin=None, tekst="")
    answers = given.values_list("punkt__nr", "besvarelse__part", "trin__nr", "trin__navn", "tekst")
    return _in_order(
        {name: getattr(evaluering, name) for name in HEAD},
        list(Punkt.objects.filter(evaluering=evaluering).values_list(*QUESTION)),
        list(answers),
        list(mine.exclude(delt=None).values_list("part", "delt")),
        list(Underskrift.objects.filter(evaluering=evaluering).values_list(*SIGNATURE)),
    )


def _in_order(head, questions, answers, shared, signatures) -> dict:
    """The order of rows means nothing; letters and times are compared in the one form that they were sealed in."""
    found = {
        "Samtalen": head,
        "Spørgsmålene": questions,
        "Svarene": answers,
        "Delingen": shared,
        "Kvitteringerne": signatures,
    }
    plain = json.loads(seal.canonical(found))
    return {what: sorted(rows, key=repr) if isinstance(rows, list) else rows for what, rows in plain.items()}


prints.PRINTERS[EVALUERING] = evaluering_pdf
seal.CHECKS[EVALUERING] = differences
