"""A department's texts, tasks and parts: the elevansvarlig for all, leder and elevvejledere for their own."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger import forms, permissions, services
from afdelinger.guards import roles
from afdelinger.models import Delophold, ItSystem, Opgave, Rolle, Underomraade
from afdelinger.queries import afdelinger as queries
from afdelinger.services.afdelinger import STAMDATA, TEKSTER
from afdelinger.services.opgaver import TEKSTER as OPGAVETEKSTER
from elevforloeb.core.errors import accepted, fingerprint, status_of

RETTER = (Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)
DELE = {
    "underomraade": (Underomraade, forms.UnderomraadeForm),
    "itsystem": (ItSystem, forms.ItSystemForm),
    "delophold": (Delophold, forms.DelopholdForm),
}


def editable(request, kode):
    return get_object_or_404(permissions.editable_afdelinger(request.user), kode=kode)


def page(request, template, afdeling, **context):
    styrer = permissions.can_govern_afdeling(request.user, afdeling)
    form = context.get("form")
    context |= {"afdeling": afdeling, "kan_styre": styrer}
    return render(request, template, context, status=status_of(form) if form else 200)


@roles(*RETTER)
def afdeling_ret(request, kode):
    afdeling = editable(request, kode)
    styrer = permissions.can_govern_afdeling(request.user, afdeling)
    felter = STAMDATA + TEKSTER if styrer else TEKSTER
    initial = model_to_dict(afdeling, felter) | {"version": fingerprint(afdeling, felter)}
    form = (forms.AfdelingForm if styrer else forms.TeksterForm)(request.POST or None, initial=initial)
    if request.method == "POST" and accepted(form, services.update_afdeling, actor=request.user, afdeling=afdeling):
        messages.success(request, f"{form.cleaned_data.get('navn', afdeling)} er gemt.")
        return redirect(afdeling)
    if status_of(form) == 409:
        form.renew(initial["version"])
    return page(request, "afdelinger/ret.html", afdeling, form=form)


@roles(*RETTER)
def afdeling_opgaver(request, kode):
    afdeling = editable(request, kode)
    grupper, udgaaede = queries.opgaver_at_rette(afdeling)
    return page(request, "afdelinger/ret_opgaver.html", afdeling, grupper=grupper, udgaaede=udgaaede)


@roles(*RETTER)
def afdeling_opgave_ny(request, kode):
    return edit_opgave(request, Opgave(afdeling=editable(request, kode)))


@roles(*RETTER)
def afdeling_opgave(request, pk):
    return edit_opgave(request, editable_opgave(request, pk))


def editable_opgave(request, pk):
    mine = Opgave.objects.filter(afdeling__in=permissions.editable_afdelinger(request.user))
    return get_object_or_404(mine.select_related("afdeling"), pk=pk)


def edit_opgave(request, opgave):
    afdeling = opgave.afdeling
    initial = {"underomraade": request.GET.get("underomraade")}
    if opgave.pk:
        felter = [*OPGAVETEKSTER, "underomraade", "maal", "jobkompetencer"]
        initial = model_to_dict(opgave, felter) | {"version": fingerprint(opgave, OPGAVETEKSTER)}
    form = forms.OpgaveForm(request.POST or None, initial=initial, afdeling=afdeling, maal=queries.valgbare_maal())
    if request.method == "POST" and accepted(form, services.save_opgave, actor=request.user, opgave=opgave):
        if request.htmx:
            return opgave_row(request, opgave)
        messages.success(request, f"Opgaven “{opgave}” er gemt.")
        return redirect("afdeling_opgaver", afdeling.kode)
    if status_of(form) == 409:
        form.renew(initial["version"])
    template = "afdelinger/opgave.html"
    if request.htmx and opgave.pk:
        template = "afdelinger/dele/opgave_form.html"
        form.fields["navn"].widget.attrs["autofocus"] = not form.errors
    return page(request, template, afdeling, form=form, opgave=opgave)


def opgave_row(request, opgave):
    row = queries.opgaver(opgave.afdeling).get(pk=opgave.pk)
    context = {"opgave": row, "tilbage": True, "gemt": request.method == "POST"}
    return render(request, "afdelinger/dele/opgave_raekke.html", context)


@roles(*RETTER)
def afdeling_opgave_vis(request, pk):
    """The row as it is: what "Fortryd" in the row's form asks for. Without htmx: the whole page."""
    opgave = editable_opgave(request, pk)
    return opgave_row(request, opgave) if request.htmx else redirect("afdeling_opgaver", opgave.afdeling.kode)


@roles(*RETTER)
@require_POST
def afdeling_opgave_handling(request, pk):
    """Up, down, retired or back: one button each."""
    opgave = editable_opgave(request, pk)
    handling = request.POST.get("handling")
    text = ""
    if handling in ("op", "ned"):
        services.move_opgave(request.user, opgave=opgave, op=handling == "op")
        text = f"Opgaven “{opgave}” er flyttet {handling}."
    elif handling in ("udgaa", "genbrug"):
        services.retire_opgave(request.user, opgave=opgave, udgaaet=handling == "udgaa")
        text = f"Opgaven “{opgave}” er {'udgået' if handling == 'udgaa' else 'i brug igen'}."
    if not request.htmx:
        if text:
            messages.success(request, text)
        return redirect("afdeling_opgaver", opgave.afdeling.kode)
    grupper, udgaaede = queries.opgaver_at_rette(opgave.afdeling)
    context = {"grupper": grupper, "udgaaede": udgaaede, "flyttet": opgave.pk, "retning": handling, "status": text}
    return page(request, "afdelinger/ret_opgaver.html#opgaver", opgave.afdeling, **context)


# --- Sub-areas, IT systems and sub-placements -------------------------------------------------------------------
@roles(*RETTER)
def afdeling_dele(request, kode):
    afdeling = editable(request, kode)
    dele = [(art, model._meta, model.objects.filter(afdeling=afdeling)) for art, (model, _) in DELE.items()]
    return page(request, "afdelinger/ret_dele.html", afdeling, dele=dele)


@roles(*RETTER)
def afdeling_del_ny(request, kode, art):
    return edit_del(request, kind(art)[0](afdeling=editable(request, kode)), art)


@roles(*RETTER)
def afdeling_del(request, pk, art):
    return edit_del(request, editable_del(request, pk, art), art)


def kind(art):
    if art not in DELE:
        raise Http404
    return DELE[art]


def editable_del(request, pk, art):
    model, _ = kind(art)
    mine = model.objects.filter(afdeling__in=permissions.editable_afdelinger(request.user))
    return get_object_or_404(mine.select_related("afdeling"), pk=pk)


def edit_del(request, part, art):
    form = kind(art)[1](request.POST or None, initial=model_to_dict(part))
    if request.method == "POST" and accepted(form, services.save_del, actor=request.user, part=part):
        messages.success(request, f"“{part}” er gemt.")
        return redirect("afdeling_dele", part.afdeling.kode)
    navn = part._meta.verbose_name
    return page(request, "afdelinger/del.html", part.afdeling, form=form, part=part, art=art, navn=navn)


@roles(*RETTER)
@require_POST
def afdeling_del_handling(request, pk, art):
    part = editable_del(request, pk, art)
    handling = request.POST.get("handling")
    if handling in ("op", "ned") and hasattr(part, "nr"):
        services.move_del(request.user, part=part, op=handling == "op")
    elif handling == "fjern":
        services.delete_del(request.user, part=part)
        messages.success(request, f"“{part}” er fjernet.")
    return redirect("afdeling_dele", part.afdeling.kode)
