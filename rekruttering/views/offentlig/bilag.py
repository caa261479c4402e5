"""The files of an application, behind its private link."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from elevforloeb.core.errors import add_errors, status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.rules import rules
from rekruttering import trin as skridt
from rekruttering.forms.ansoegning import BilagForm
from rekruttering.limits import files_are_spent
from rekruttering.services import bilag as services

from .ansoegning import can_be_edited, page
from .linket import too_often, with_link


@with_link
@can_be_edited
def ansoegning_filer(request, ansoegning):
    if request.method == "POST" and files_are_spent(request):
        return too_often(request)
    form = BilagForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_bilag(ansoegning=ansoegning, **form.cleaned_data)
            return redirect("ansoegning_filer", token=request.token)
        except ValidationError as problem:
            add_errors(form, problem)
    rows = ansoegning.bilag.select_related("fil")
    context = {"form": form, "bilag": rows, "trin": skridt.BILAG, "hoejst": rules().ansoegning_filer}
    return page(request, ansoegning, "bilag", status_of(form), **context)


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
