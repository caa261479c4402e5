"""The steps of an application, behind its private link."""

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.core.rules import rules
from rekruttering import trin as skridt
from rekruttering.forms.ansoegning import SendForm, TrinForm, step_form
from rekruttering.models import Ansoegning, Oplysningstekst
from rekruttering.queries.ansoegning import (
    answers,
    find_ansoegning,
    has_receipt,
    in_words,
    newest_oplysningstekst,
    shown,
    step_version,
    timetable,
    what_is_missing,
)
from rekruttering.queries.frist import can_edit, closes
from rekruttering.services import ansoegning as services

from .linket import url_of, with_link


def page(request, ansoegning: Ansoegning, template: str, status=200, **more):
    """Every page behind the link knows the application, the link and the way through the steps."""
    way, runde = [(each, url_of(each, request.token)) for each in skridt.ALLE], ansoegning.runde
    context = {"ansoegning": ansoegning, "runde": runde, "token": request.token, "alle_trin": way}
    context["senest"] = closes(runde) if runde.fristen_er_gaaet else runde.frist
    return render(request, f"rekruttering/{template}.html", context | {"regler": rules()} | more, status=status)


def can_be_edited(view):
    """Too late, or decided: the page about the application says so, and what can be done instead."""

    @wraps(view)
    def guarded(request, ansoegning, **kwargs):
        if request.method in ("GET", "HEAD") and not can_edit(ansoegning):
            return redirect("min_ansoegning", token=request.token)
        return view(request, ansoegning, **kwargs)

    return guarded


@with_link
@can_be_edited
def ansoegning_trin(request, ansoegning, trin):
    if trin not in skridt.SKEMAER:
        raise Http404
    form = step_form(skridt.SKEMAER[trin], ansoegning, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show_step(request, ansoegning, form)
    form.is_valid()
    by_itself = request.htmx or "stille" in request.POST
    try:
        saved = save_step(ansoegning, form)
    except StaleError as problem:
        if by_itself:
            return saved_line(request, ansoegning, fejl=problem, to_udgaver=True)
        return show_conflict(request, ansoegning, form, problem)
    except ValidationError as problem:
        add_errors(form, problem)
        return saved_line(request, ansoegning, fejl=problem) if by_itself else show_step(request, ansoegning, form)
    if by_itself:
        return saved_line(request, saved, version=step_version(saved, form.trin))
    if request.POST.get("handling") == "senere":
        return redirect("ansoegning_senere", token=request.token)
    if form.errors:
        form.renew(step_version(saved, form.trin))
        return show_step(request, saved, form)
    if not saved.er_kladde:
        return redirect("min_ansoegning", token=request.token)
    return redirect(url_of(skridt.after(form.trin), request.token))


def save_step(ansoegning: Ansoegning, form: TrinForm) -> Ansoegning:
    """A draft keeps what is there. What is sent is only changed by a step that is whole."""
    if ansoegning.er_kladde:
        return services.save_draft(
            ansoegning=ansoegning, trin=form.trin, valid=form.valid(), typed=form.typed(), version=form.version
        )
    if form.errors:
        return ansoegning
    return services.correct(ansoegning=ansoegning, trin=form.trin, valid=form.valid(), version=form.version)


def saved_line(request, ansoegning, *, fejl=None, **more):
    """The answer to a page that saves by itself. Whoever is still writing when the deadline passes is told here."""
    runde = ansoegning.runde
    context = {"tid": timezone.localtime(), "fejl": fejl, "token": request.token} | more
    context["senest"] = closes(runde) if runde.fristen_er_gaaet else None
    return render(request, "rekruttering/gemt.html", context, status=409 if fejl else 200)


def show_step(request, ansoegning, form, **more):
    before = skridt.before(form.trin)
    context = {
        "form": form,
        "trin": form.trin,
        "tilbage": before and url_of(before, request.token),
    }
    return page(request, ansoegning, "trin", status_of(form), **context, **more)


def show_conflict(request, ansoegning, form, problem):
    """Both texts: what is saved stands above, what was typed here stands in the form."""
    saved = find_ansoegning(request.token) or ansoegning
    there = shown(saved, form.trin)
    differs = [
        (form.fields[name].label, in_words(saved, name))
        for name in form.answers
        if str(there[name] or "") != str(form[name].data or "")
    ]
    form.renew(step_version(saved, form.trin))
    form.is_stale = True
    return show_step(request, saved, form, konflikt=problem.message, forskelle=differs)


@with_link
@can_be_edited
def ansoegning_send(request, ansoegning):
    tekst = newest_oplysningstekst()
    start = {"version": ansoegning.version, "tekst": tekst and tekst.pk, "kontakt": bool(ansoegning.kontakt_igen)}
    form = SendForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.send(
                ansoegning=ansoegning,
                version=form.cleaned_data["version"],
                oplysningstekst=Oplysningstekst.objects.filter(pk=form.cleaned_data["tekst"]).first(),
                kontakt=form.cleaned_data["kontakt"],
            )
            return redirect("ansoegning_kvittering", token=request.token)
        except ValidationError as problem:
            form.is_stale = isinstance(problem, StaleError)
            add_errors(form, problem)
            form.data = form.data.copy() | {"version": str(find_ansoegning(request.token).version)}
    if not ansoegning.er_kladde:
        return redirect("min_ansoegning", token=request.token)
    context = {"form": form, "mangler": what_is_missing(ansoegning), "svar": answers(ansoegning), "trin": skridt.SEND}
    context |= {"bilag": ansoegning.bilag.select_related("fil"), "oplysningstekst": tekst}
    return page(request, ansoegning, "send", status_of(form), **context)


@with_link
def ansoegning_kvittering(request, ansoegning):
    if ansoegning.er_kladde:
        return redirect("ansoegning_send", token=request.token)
    context = {"tidsplan": timetable(ansoegning.runde), "har_mail": has_receipt(ansoegning)}
    return page(request, ansoegning, "kvittering", **context)
