"""Answers, saved while somebody types and when somebody presses a button. Nothing typed is ever thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from elevforloeb.core.dates import now
from evaluering.forms.svar import Typed, read_answers, read_choice
from evaluering.models import Svar
from evaluering.models.skema import Part
from evaluering.queries.felter import get_fields, mark
from evaluering.queries.mangler import unanswered
from evaluering.queries.side import Side
from evaluering.services.svar import save_answers
from evaluering.views.find import DELTAGERE, find_own

from .evaluering import context_of

NEXT = {"del": "evaluering_del", "kvitter": "evaluering_underskriv"}


@roles(*DELTAGERE)
@require_POST
def evaluering_svar(request, pk):
    side = find_own(request, pk)
    part = Part.FAELLES if request.POST.get("part") == Part.FAELLES else side.part
    typed = _decided(side, part, read_answers(request.POST), read_choice(request.POST))
    try:
        saved = save_answers(request.user, evaluering=side.evaluering, part=part, answers=typed.changed)
    except ValidationError as error:
        return _refused(request, side, typed, error)
    if request.POST.get("stille"):  # a page that is being left
        return HttpResponse(status=204)
    if request.htmx:
        return _told(request, side, part, typed, saved)
    if saved.conflicts:
        context = context_of(side, _unsaved(typed, saved), saved.conflicts)
        return render(
            request, f"evaluering/{side.visning}.html", {"side": side, "konflikt": True, **context}, status=409
        )
    return _onwards(request, side, part)


def _decided(side: Side, part: str, typed: Typed, choice) -> Typed:
    """What was chosen between two texts. The version says which text the choice was made against."""
    if choice is None or choice.punkt not in typed.answers:
        return typed
    if choice.hvad == "brug":
        return typed.without(choice.punkt)
    mine = typed.answers[choice.punkt]._replace(version=choice.version)
    if choice.hvad == "begge":
        rows = Svar.objects.filter(besvarelse__evaluering=side.evaluering, besvarelse__part=part, punkt=choice.punkt)
        theirs = rows.values_list("tekst", flat=True).first() or ""
        mine = mine._replace(tekst="\n\n".join(each for each in (theirs, mine.tekst) if each))
    return typed.replaced(mine)


def _unsaved(typed: Typed, saved) -> dict:
    conflicts = {each.punkt for each in saved.conflicts}
    return {pk: answer for pk, answer in typed.answers.items() if pk in conflicts}


def _told(request, side: Side, part: str, typed: Typed, saved):
    """The line above the form, the new versions, and a box at each answer that was not saved."""
    answers = {each.punkt: each for each in typed.changed}
    context = {
        "side": side,
        "tid": now(),
        "vist": [
            (pk, f"{version}-{mark(answers[pk].trin, answers[pk].tekst)}") for pk, version in saved.versions.items()
        ],
        "besvaret": sum(bool(each.trin or each.tekst.strip()) for each in typed.answers.values()),
        "konflikter": [],
        "faelles": part == Part.FAELLES,
    }
    if saved.conflicts:
        fields = get_fields(side.evaluering, part, _unsaved(typed, saved), saved.conflicts)
        context["konflikter"] = [felt for afsnit in fields for felt in afsnit.felter if felt.konflikt]
    return render(request, "evaluering/gemt.html", context)


def _refused(request, side: Side, typed: Typed, error: ValidationError):
    """The state has moved on, or a text is too long: what was typed is shown, to be copied."""
    context = {"fejl": error.messages, "side": side}
    if request.htmx:
        return render(request, "evaluering/ikke_gemt.html", context, status=409)
    questions = {each.pk: each for each in side.evaluering.punkter.all()}
    context["skrevet"] = [(questions.get(each.punkt), each.tekst) for each in typed.changed if each.tekst]
    return render(request, "evaluering/ikke_gemt_side.html", context, status=409)


def _onwards(request, side: Side, part: str):
    choice = read_choice(request.POST)
    if choice:
        return redirect(f"{reverse('evaluering', args=[side.evaluering.pk])}#punkt-{choice.punkt}")
    what = request.POST.get("handling")
    if what == "kvitter" and (missing := unanswered(side.evaluering, Part.FAELLES)):
        context = {"side": side, "mangler": missing, **context_of(side)}
        return render(request, f"evaluering/{side.visning}.html", context, status=422)
    if what not in NEXT:
        messages.success(request, "Det, I har skrevet, er gemt." if part == Part.FAELLES else "Kladden er gemt.")
    return redirect(NEXT.get(what, "evaluering"), side.evaluering.pk)
