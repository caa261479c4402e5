"""The files of an application, behind its private link."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from elevforloeb.core.errors import add_errors, status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.rules import rules
from rekruttering import trin as skridt
from rekruttering.forms.ansoegning import BilagForm
from rekruttering.limits import files_are_spent
from rekruttering.models import Ansoegningsbilag
from rekruttering.services import bilag as services

from .ansoegning import can_be_edited, page
from .linket import too_often, url_of, with_link


@with_link
@can_be_edited
def ansoegning_filer(request, ansoegning):
    """Both buttons send the form: a file that is chosen and not put up yet comes along when one goes on."""
    if request.method != "POST":
        return show_files(request, ansoegning, BilagForm(initial={"art": _still_lacking(ansoegning)}))
    if "videre" in request.POST and not request.FILES:
        return go(request, _next(request, ansoegning))
    if files_are_spent(request):
        return too_often(request)
    form = BilagForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            bilag = services.add_bilag(ansoegning=ansoegning, **form.cleaned_data)
            here = reverse("ansoegning_filer", args=[request.token], query={"ny": bilag.pk})
            return go(request, _next(request, ansoegning) if "videre" in request.POST else here)
        except ValidationError as problem:
            add_errors(form, problem)
    return show_files(request, ansoegning, form)


def show_files(request, ansoegning, form):
    rows = list(ansoegning.bilag.select_related("fil"))
    ny = next((row for row in rows if str(row.pk) == request.GET.get("ny")), None)
    context = {"form": form, "bilag": rows, "ny": ny, "trin": skridt.BILAG, "hoejst": rules().ansoegning_filer}
    return page(request, ansoegning, "bilag", status_of(form), **context)


def go(request, url: str):
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _next(request, ansoegning) -> str:
    if ansoegning.er_kladde:
        return url_of(skridt.SEND, request.token)
    return reverse("min_ansoegning", args=[request.token])


def _still_lacking(ansoegning) -> str:
    """A guess at what comes next: proof, cv, the rest."""
    there = set(ansoegning.bilag.values_list("art", flat=True))
    return next((art for art in Ansoegningsbilag.Art.values if art not in there), Ansoegningsbilag.Art.ANDET)


@require_POST
@with_link
def ansoegning_fil_fjern(request, ansoegning, pk):
    bilag = get_object_or_404(ansoegning.bilag, pk=pk)
    try:
        services.remove_bilag(ansoegning=ansoegning, bilag=bilag)
    except ValidationError:
        return redirect("min_ansoegning", token=request.token)
    return redirect("ansoegning_filer", token=request.token)


@with_link
def ansoegning_fil(request, ansoegning, pk):
    bilag = get_object_or_404(ansoegning.bilag.select_related("fil"), pk=pk)
    return file_response(request, bilag.fil)
