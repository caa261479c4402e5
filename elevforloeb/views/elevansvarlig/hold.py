from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, add_errors, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.forms.hold import HoldForm, RetHoldForm
from elevforloeb.queries import hold as queries
from elevforloeb.services import hold as services


@roles(Rolle.ELEVANSVARLIG)
def hold_liste(request):
    return render(request, "elevforloeb/hold_liste.html", {"hold": queries.hold_list()})


@roles(Rolle.ELEVANSVARLIG)
def hold(request, pk):
    found = get_object_or_404(permissions.visible_hold(request.user).select_related("model"), pk=pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "elevforloeb/hold.html", {"side": queries.get_holdside(found), "hold": found})


@roles(Rolle.ELEVANSVARLIG)
def hold_nyt(request):
    form = HoldForm(request.POST or None, initial=queries.propose_hold())
    if form.is_valid():
        try:
            new = services.create_hold(request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{new} er oprettet. Skriv nu eleverne ind.")
            return redirect("hold_elever_nye", new.pk)
    context = {
        "form": form,
        "titel": "Opret hold",
        "tekst": "Trin 1 af 2: holdet. Bagefter skriver du eleverne ind.",
        "knap": "Opret holdet",
        "fortryd_url": reverse("hold_liste"),
        "sti": [("Hold og plan", reverse("hold_liste")), ("Opret hold", None)],
    }
    return _form_page(request, context)


@roles(Rolle.ELEVANSVARLIG)
def hold_ret(request, pk):
    found = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    version = services.hold_version(found)  # before the form writes into it
    form = RetHoldForm(request.POST or None, instance=found, initial={"version": version})
    url = reverse("hold", args=[pk])
    if accepted(form, services.update_hold, actor=request.user, hold=found):
        messages.success(request, "Holdet er rettet.")
        return redirect(url)
    if status_of(form) == 409:
        form.renew(version)
    context = {
        "form": form,
        "titel": "Ret holdet",
        "tekst": "Elevernes aftaler og planen ændres ikke af, at du retter startdatoen her.",
        "knap": "Gem",
        "fortryd_url": url,
        "sti": [("Hold og plan", reverse("hold_liste")), (form.initial["navn"], url), ("Ret", None)],
    }
    return _form_page(request, context)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_slet(request, pk):
    found = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    try:
        services.delete_hold(request.user, hold=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("hold", pk)
    messages.success(request, f"{found} er slettet.")
    return redirect("hold_liste")


def _form_page(request, context):
    return render(request, "elevforloeb/formularside.html", context, status=status_of(context["form"]))
