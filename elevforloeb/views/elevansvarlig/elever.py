from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, accepted, status_of
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
    if accepted(form, lambda **_: services.update_elev(request.user, elev=elev, **form.values)):
        messages.success(request, "Aftale og oplysninger er gemt.")
        return redirect("elev", pk)
    if status_of(form) == 409:
        form.renew(services.elev_version(elev))
    return _form_page(request, elev, form, "Ret aftalen", "Gem")


@roles(Rolle.ELEVANSVARLIG)
def elev_forlaeng(request, pk):
    elev = _elev(request, pk)
    version = services.aftale_version(elev)
    form = ForlaengForm(request.POST or None, initial={"version": version})
    if accepted(form, services.extend_agreement, actor=request.user, elev=elev):
        messages.success(request, "Aftalen er forlænget. Husk at planen også skal gå til den nye sidste dag.")
        return redirect("elev", pk)
    if status_of(form) == 409:
        form.renew(version)
    text = "Forlængelsen gælder, når I har underskrevet et tillæg til uddannelsesaftalen."
    return _form_page(request, elev, form, "Forlæng aftalen", "Forlæng", tekst=text)


@roles(Rolle.ELEVANSVARLIG)
def elev_stop(request, pk):
    """First the consequences, then the stop."""
    elev = _elev(request, pk)
    version = services.aftale_version(elev)
    form = StopForm(request.POST or None, initial={"version": version})
    if "ja" in request.POST and accepted(form, services.stop_elev, actor=request.user, elev=elev):
        messages.success(request, f"{elev} er registreret som stoppet.")
        return redirect("elev", pk)
    if status_of(form) == 409:
        form.renew(version)
    context = {"elev": elev, "form": form}
    if form.is_valid():
        day = form.cleaned_data["stoppet"]
        context |= {"dag": day, "ophold": stays_after(elev, day), "vis_foelger": True}
    audit.log_read(request, person=elev.bruger)
    return render(request, "elevforloeb/elev_stop.html", context, status=status_of(form))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def elev_genoptag(request, pk):
    elev = _elev(request, pk)
    try:
        services.resume_elev(request.user, elev=elev, version=request.POST.get("version", ""))
    except StaleError:
        messages.error(request, "Aftalen er ændret, siden du så den. Se den igennem, før du fortryder stoppet.")
    else:
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


def _form_page(request, elev, form, titel, knap, *, tekst=""):
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
    return render(request, "elevforloeb/formularside.html", context, status=status_of(form))
