"""The public texts: written as a draft, looked at as everybody will see it, published, and brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from rekruttering.forms.redaktion import SideForm
from rekruttering.models import Side, Sideudgave
from rekruttering.queries.offentlig import get_forside
from rekruttering.queries.redaktion import get_sideside
from rekruttering.services import sider as services
from rekruttering.views.offentlig.sider import forside

from .redaktion import text_trail


def fetch(noegle) -> Side:
    return get_object_or_404(Side, noegle=noegle)


@roles(Rolle.ELEVANSVARLIG)
def side_ret(request, noegle):
    found = get_sideside(fetch(noegle))
    form = SideForm.of(found.nyeste, request.POST or None)
    if accepted(form, services.save_draft, actor=request.user, side=found.side):
        return redirect("side_vis", noegle)
    if getattr(form, "is_stale", False):
        found = get_sideside(found.side)
        form.renew(services.udgave_version(found.nyeste))
    context = {
        "side": found,
        "form": form,
        "version": services.udgave_version(found.kladde),
        "sti": text_trail((found.side.navn, None)),
        "fortryd_url": reverse("offentligt"),
    }
    return render(request, "rekruttering/side_ret.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def side_vis(request, noegle):
    """The whole public page, with the draft in it."""
    found = get_sideside(fetch(noegle))
    text = "Kladden er ikke udgivet endnu." if found.kladde else "Der er ingen kladde: det er det, alle ser."
    told = {"tekst": text, "url": reverse("side_ret", args=[noegle]), "knap": "Ret eller udgiv"}
    return forside(request, get_forside(kladde=found.kladde), forhaandsvisning=told)


def _act(request, noegle, told, service, **arguments):
    try:
        service(request.user, **arguments)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, told)
    return redirect("side_ret", noegle)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def side_udgiv(request, noegle):
    side, version = fetch(noegle), request.POST.get("version", "")
    return _act(request, noegle, f"“{side}” er udgivet.", services.publish, side=side, version=version)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def side_kasser(request, noegle):
    return _act(request, noegle, "Kladden er kasseret.", services.discard_draft, side=fetch(noegle))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def side_gendan(request, pk):
    row = get_object_or_404(Sideudgave.objects.select_related("side"), pk=pk)
    told = "Den gamle tekst er nu en kladde. Se den, og udgiv den, når den er rigtig."
    return _act(request, row.side.noegle, told, services.restore, udgave=row)
