"""What is public, and the editing of it: facts, routes, questions and the text on data."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted
from rekruttering.forms import redaktion as forms
from rekruttering.models import Adgangsvej, Fakta, Spoergsmaal
from rekruttering.queries import redaktion as queries
from rekruttering.queries.offentlig import newest_oplysningstekst
from rekruttering.services import oplysninger as services

from .runder import form_page, trail


def text_trail(*steps):
    return trail(("De offentlige sider", reverse("offentligt")), *steps)


@roles(Rolle.ELEVANSVARLIG)
def offentligt(request):
    return render(request, "rekruttering/offentligt.html", {"side": queries.get_redaktion(), "sti": text_trail()})


def _form(request, form, titel, knap, **more):
    return form_page(request, form, titel, knap, text_trail((titel, None)), reverse("offentligt"), **more)


def _saved(request, told: str):
    messages.success(request, told)
    return redirect("offentligt")


# --- dated rows ---------------------------------------------------------------------------------------------------


def _new(request, model, form_class, titel):
    form = form_class(request.POST or None)
    if accepted(form, partial(services.create_dated, model=model), actor=request.user):
        return _saved(request, f"“{form.result}” er gemt.")
    return _form(request, form, titel, "Gem")


def _change(request, model, form_class, pk):
    row = get_object_or_404(model, pk=pk)
    form = forms.change_form(form_class, row, request.POST or None)
    if accepted(form, services.change_dated, actor=request.user, row=row):
        return _saved(request, f"“{form.result}” er gemt.")
    if getattr(form, "is_stale", False):
        form.renew(services.row_version(get_object_or_404(model, pk=pk)))
    more = {"tidligere": queries.earlier(row), "stop_url": reverse(f"{model._meta.model_name}_stop", args=[pk])}
    return _form(request, form, f"Ret “{row}”", "Gem", **more)


def _stop(request, model, pk):
    row = get_object_or_404(model, pk=pk)
    form = forms.StopForm(request.POST or None, initial={"version": services.row_version(row)})
    if accepted(form, services.end_dated, actor=request.user, row=row):
        return _saved(request, f"“{row}” holder op med at gælde.")
    text = "Teksten bliver ikke slettet: det kan stadig ses, hvad der stod hvornår."
    return _form(request, form, f"Stop “{row}”", "Stop", tekst=text)


@roles(Rolle.ELEVANSVARLIG)
def fakta_nyt(request):
    return _new(request, Fakta, forms.FaktaForm, "Tilføj fakta")


@roles(Rolle.ELEVANSVARLIG)
def fakta_ret(request, pk):
    return _change(request, Fakta, forms.FaktaForm, pk)


@roles(Rolle.ELEVANSVARLIG)
def fakta_stop(request, pk):
    return _stop(request, Fakta, pk)


@roles(Rolle.ELEVANSVARLIG)
def adgangsvej_ny(request):
    return _new(request, Adgangsvej, forms.AdgangsvejForm, "Ny adgangsvej")


@roles(Rolle.ELEVANSVARLIG)
def adgangsvej_ret(request, pk):
    return _change(request, Adgangsvej, forms.AdgangsvejForm, pk)


@roles(Rolle.ELEVANSVARLIG)
def adgangsvej_stop(request, pk):
    return _stop(request, Adgangsvej, pk)


# --- questions, and the text on data ------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def spoergsmaal_nyt(request):
    form = forms.SpoergsmaalForm(request.POST or None)
    if accepted(form, services.create_spoergsmaal, actor=request.user):
        return _saved(request, "Spørgsmålet er gemt.")
    return _form(request, form, "Nyt spørgsmål", "Gem")


@roles(Rolle.ELEVANSVARLIG)
def spoergsmaal_ret(request, pk):
    row = get_object_or_404(Spoergsmaal, pk=pk)
    form = forms.RetSpoergsmaalForm.of(row, request.POST or None)
    if accepted(form, services.update_spoergsmaal, actor=request.user, row=row):
        return _saved(request, "Spørgsmålet er gemt.")
    if getattr(form, "is_stale", False):
        form.renew(services.row_version(get_object_or_404(Spoergsmaal, pk=pk)))
    return _form(request, form, "Ret spørgsmål", "Gem")


@roles(Rolle.ELEVANSVARLIG)
def oplysningstekst_ny(request):
    """Begins with the words of the edition that counts now."""
    now = newest_oplysningstekst()
    form = forms.OplysningstekstForm(request.POST or None, initial={"tekst": now.tekst} if now else {})
    if accepted(form, services.publish_oplysningstekst, actor=request.user):
        return _saved(request, "Den nye udgave er udgivet. Dem, der allerede har søgt, peger stadig på den, de så.")
    text = "Det er det, ansøgere får at vide om deres oplysninger. Lad databeskyttelsesrådgiveren læse den først."
    return _form(request, form, "Ny udgave af oplysningsteksten", "Udgiv", tekst=text)
