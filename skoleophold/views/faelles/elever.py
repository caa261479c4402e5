"""School of one elev: the page, her grades and her optional subjects, for those who have to do with each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, add_errors, status_of
from skoleophold import permissions
from skoleophold.forms.karakterer import FagvalgForm, KarakterForm, RetKarakterForm
from skoleophold.models import Fag
from skoleophold.queries.elev import get_elevskole, with_fagproeve, with_sharing
from skoleophold.queries.fagvalg import current_class, get_fagvalg
from skoleophold.services import fagvalg as choices
from skoleophold.services import karakterer as services

STAFF = (Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)


def fetch_elev(request, pk):
    rows = permissions.visible_elever(request.user).select_related("bruger", "hold")
    return get_object_or_404(with_fagproeve(with_sharing(rows)), pk=pk)


def home(user, elev) -> str:
    return reverse("min_skole") if permissions.is_own(user, elev) else reverse("elev_skole", args=[elev.pk])


@roles(*STAFF, Rolle.ELEV)
def elev_skole(request, pk):
    return show(request, fetch_elev(request, pk))


def show(request, elev):
    audit.log_read(request, person=elev.bruger)
    return render(request, "skoleophold/elev.html", {"side": get_elevskole(request.user, elev), "elev": elev})


def elev_trail(request, elev, *steps):
    if permissions.is_own(request.user, elev):
        return [("Skole og karakterer", reverse("min_skole")), *steps]
    return [(str(elev), reverse("elev", args=[elev.pk])), ("Skole", home(request.user, elev)), *steps]


# --- grades -------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def karakter_ny(request, pk):
    elev = fetch_elev(request, pk)
    if not permissions.can_edit_karakterer(request.user, elev):
        raise PermissionDenied
    form = KarakterForm(request.POST or None, request.FILES or None, elev=elev)
    if accepted(form, services.add_karakter, actor=request.user, elev=elev):
        messages.success(request, f"Karakteren i {form.result.fag} er gemt.")
        return redirect(home(request.user, elev))
    return _form(request, elev, form, "Skriv en karakter ind", "Gem karakteren")


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def karakter_ret(request, pk):
    karakter = _karakter(request, pk)
    form = RetKarakterForm.of(karakter, request.POST or None)
    if accepted(form, services.update_karakter, actor=request.user, karakter=karakter):
        messages.success(request, f"Karakteren i {karakter.fag} er rettet.")
        return redirect(home(request.user, karakter.elev))
    if getattr(form, "is_stale", False):
        form.renew(services.karakter_version(_karakter(request, pk)))
    titel = f"{karakter.fag}, {karakter.hvornaar.lower()}"
    return _form(request, karakter.elev, form, titel, "Gem karakteren", karakter=karakter)


@require_POST
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def karakter_slet(request, pk):
    karakter = _karakter(request, pk)
    services.delete_karakter(request.user, karakter=karakter)
    messages.success(request, f"Karakteren i {karakter.fag} er fjernet.")
    return redirect(home(request.user, karakter.elev))


def _karakter(request, pk):
    rows = permissions.editable_karakterer(request.user).select_related("elev__bruger", "fag", "skoleperiode")
    return get_object_or_404(rows, pk=pk)


# --- optional subjects ----------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV)
def fagvalg(request, pk):
    """The elev and the elevvejleder answer each for herself; the elevansvarlig for one of them."""
    elev = fetch_elev(request, pk)
    own, manages = permissions.is_own(request.user, elev), is_elevansvarlig(request.user)
    if not (own or manages or permissions.is_vejleder_of(request.user, elev)):
        raise PermissionDenied
    side = get_fagvalg(elev, current_class(elev))
    fag = Fag.objects.filter(pk__in=[linje.fag.pk for linje in side.linjer])
    first = {"fag": side.said(own), "som": "vejleder"}
    posted = request.POST if request.method == "POST" else None
    form = FagvalgForm(posted, fag=fag, for_andre=manages and not own, initial=first)
    if form.is_valid():
        som_elev = own or form.cleaned_data.get("som") == "elev"
        try:
            chosen = list(form.cleaned_data["fag"])
            choices.choose(request.user, elev=elev, fag=chosen, som_elev=som_elev, altid=manages)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Valget er gemt. Et fag er valgt, når både eleven og elevvejlederen har sagt ja.")
            return redirect(home(request.user, elev))
    return _form(request, elev, form, "Valgfri specialefag", "Gem valget", fagvalg=side)


def _form(request, elev, form, titel, knap, **more):
    audit.log_read(request, person=elev.bruger)
    context = {"form": form, "titel": titel, "knap": knap, "fortryd_url": home(request.user, elev), "elev": elev}
    context["sti"] = elev_trail(request, elev, (titel, None))
    return render(request, "skoleophold/elevformular.html", context | more, status=status_of(form))
