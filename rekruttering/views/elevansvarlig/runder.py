"""Rounds: the list, one round, its advert before it is out, its committee, and the moves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from rekruttering import permissions
from rekruttering.forms.runde import NyRundeForm, RundeForm, UdvalgForm
from rekruttering.models import Brevskabelon
from rekruttering.queries import runder as queries
from rekruttering.queries.offentlig import get_runder
from rekruttering.services import runde as services
from rekruttering.services.udvalg import set_medlemmer
from rekruttering.views.offentlig.sider import vis_stillingsopslag


def trail(*steps):
    return [("Rekruttering", reverse("runder")), *steps]


def fetch(request, pk):
    return get_object_or_404(permissions.editable_runder(request.user), pk=pk)


def form_page(request, form, titel, knap, sti, back, **more):
    context = {"form": form, "titel": titel, "knap": knap, "sti": sti, "fortryd_url": back, **more}
    return render(request, "rekruttering/formularside.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def runder(request):
    context = {"runder": queries.get_rundeliste(request.user), "skabeloner": Brevskabelon.objects.all()}
    return render(request, "rekruttering/runder.html", context)


@roles(Rolle.ELEVANSVARLIG)
def runde(request, pk):
    side = queries.get_rundeside(fetch(request, pk))
    return render(request, "rekruttering/runde.html", {"side": side, "sti": trail((side.runde.titel, None))})


@roles(Rolle.ELEVANSVARLIG)
def runde_ny(request):
    form = NyRundeForm(request.POST or None, initial=queries.new_runde())
    if accepted(form, services.create_runde, actor=request.user):
        messages.success(request, f"{form.result} er oprettet som kladde.")
        return redirect("runde", form.result.pk)
    return form_page(request, form, "Ny ansøgningsrunde", "Gem kladden", trail(("Ny runde", None)), reverse("runder"))


@roles(Rolle.ELEVANSVARLIG)
def runde_ret(request, pk):
    found = fetch(request, pk)
    form = RundeForm.of(found, request.POST or None)
    url = reverse("runde", args=[pk])
    if accepted(form, services.update_runde, actor=request.user, runde=found):
        messages.success(request, "Runden er rettet.")
        return redirect(url)
    if getattr(form, "is_stale", False):
        form.renew(services.runde_version(fetch(request, pk)))
    return form_page(request, form, f"Ret {found}", "Gem", trail((found.titel, url), ("Ret", None)), url)


@roles(Rolle.ELEVANSVARLIG)
def runde_vis(request, pk):
    """The advert as everybody will see it."""
    found = fetch(request, pk)
    told = {"tekst": "Det er opslaget, som alle kan læse.", "url": reverse("runde", args=[pk]), "knap": "Til runden"}
    if found.er_kladde:
        told["tekst"] = "Opslaget er ikke offentliggjort endnu."
    return vis_stillingsopslag(request, found, get_runder(vist=found), forhaandsvisning=told)


@roles(Rolle.ELEVANSVARLIG)
def runde_udvalg(request, pk):
    found = fetch(request, pk)
    seated = list(found.medlemmer.filter(udtraadt=None).values_list("bruger", flat=True))
    form = UdvalgForm(request.POST or None, brugere=queries.committee_candidates(), initial={"brugere": seated})
    url = reverse("runde", args=[pk])
    if request.method == "POST" and accepted(form, set_medlemmer, actor=request.user, runde=found):
        messages.success(request, "Ansættelsesudvalget er gemt.")
        return redirect(url)
    text = "Medlemmerne kan læse ansøgningerne, når de har sagt, om de er inhabile i forhold til nogen."
    sti = trail((found.titel, url), ("Ansættelsesudvalg", None))
    return form_page(request, form, "Ansættelsesudvalg", "Gem udvalget", sti, url, tekst=text)


# --- the moves ----------------------------------------------------------------------------------------------------


def _move(request, pk, service, told: str):
    found = fetch(request, pk)
    try:
        service(request.user, runde=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, told.format(found))
    return redirect("runde", pk) if found.pk else redirect("runder")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def runde_offentliggoer(request, pk):
    return _move(request, pk, services.publish_runde, "{} er offentliggjort. Del linket.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def runde_tag_ned(request, pk):
    return _move(request, pk, services.withdraw_runde, "{} er taget ned og er en kladde igen.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def runde_afslut(request, pk):
    return _move(request, pk, services.close_runde, "{} er afsluttet.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def runde_slet(request, pk):
    return _move(request, pk, services.delete_runde, "{} er slettet.")
