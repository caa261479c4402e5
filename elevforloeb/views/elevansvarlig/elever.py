from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, add_errors
from elevforloeb.forms.elev import ElevForm, ForlaengForm, StopForm
from elevforloeb.queries.elev import stays_after
from elevforloeb.services import elev as services
from elevforloeb.services.hold import invite_elev, remove_elev


def _elev(request, pk):
    return get_object_or_404(permissions.visible_elever(request.user).select_related("bruger", "hold"), pk=pk)


@roles(Rolle.ELEVANSVARLIG)
def elev_ret(request, pk):
    elev = _elev(request, pk)
    form = ElevForm.of(_elev(request, pk), request.POST or None)
    if form.is_valid():
        try:
            services.update_elev(request.user, elev=elev, **form.values)
        except StaleError as error:
            add_errors(form, error)
            form.renew(elev)
            return _form_page(request, elev, form, "Ret aftalen", "Gem", status=409)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Aftale og oplysninger er gemt.")
            return redirect("elev", pk)
    return _form_page(request, elev, form, "Ret aftalen", "Gem")


@roles(Rolle.ELEVANSVARLIG)
def elev_forlaeng(request, pk):
    elev = _elev(request, pk)
    form = ForlaengForm(request.POST or None)
    if form.is_valid():
        try:
            services.extend_agreement(request.user, elev=elev, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Aftalen er forlænget. Husk at planen også skal gå til den nye sidste dag.")
            return redirect("elev", pk)
    text = "Forlængelsen gælder, når I har underskrevet et tillæg til uddannelsesaftalen."
    return _form_page(request, elev, form, "Forlæng aftalen", "Forlæng", tekst=text)


@roles(Rolle.ELEVANSVARLIG)
def elev_stop(request, pk):
    """First the consequences, then the stop."""
    elev = _elev(request, pk)
    form = StopForm(request.POST or None)
    context = {"elev": elev, "form": form}
    if form.is_valid():
        day = form.cleaned_data["stoppet"]
        if "ja" in request.POST:
            try:
                services.stop_elev(request.user, elev=elev, stoppet=day)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, f"{elev} er registreret som stoppet.")
                return redirect("elev", pk)
        else:
            context |= {"dag": day, "ophold": stays_after(elev, day), "vis_foelger": True}
    audit.log_read(request, person=elev.bruger)
    return render(request, "elevforloeb/elev_stop.html", context, status=422 if form.errors else 200)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def elev_genoptag(request, pk):
    services.resume_elev(request.user, elev=_elev(request, pk))
    messages.success(request, "Stoppet er fortrudt.")
    return redirect("elev", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def elev_fjern(request, pk):
    elev = _elev(request, pk)
    hold = elev.hold_id
    try:
        remove_elev(request.user, elev=elev)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("elev", pk)
    messages.success(request, f"{elev} er fjernet fra holdet.")
    return redirect("hold", hold)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def elev_inviter(request, pk):
    elev = _elev(request, pk)
    try:
        sent = invite_elev(request.user, elev=elev)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        text = f"{elev} får en mail med invitation." if sent else f"{elev} har allerede valgt en adgangskode."
        messages.success(request, text)
    return redirect("elev", pk)


def _form_page(request, elev, form, titel, knap, *, tekst="", status=None):
    audit.log_read(request, person=elev.bruger)
    url = reverse("elev", args=[elev.pk])
    context = {
        "form": form,
        "titel": titel,
        "tekst": tekst or elev.bruger.navn,
        "knap": knap,
        "fortryd_url": url,
        "sti": [("Elever", reverse("elever")), (elev.bruger.navn, url), (titel, None)],
    }
    status = status or (422 if form.errors else 200)
    return render(request, "elevforloeb/formularside.html", context, status=status)
