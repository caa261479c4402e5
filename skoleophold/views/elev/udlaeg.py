"""The elev's own expenses. What she has written and photographed is kept, also when something is missing."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.models import Elev
from skoleophold import permissions
from skoleophold.forms.udgifter import UdlaegForm
from skoleophold.models import Bilag, Udlaeg
from skoleophold.queries.udlaeg import current_arter, get_mine_udlaeg
from skoleophold.services import udlaeg as services


@roles(Rolle.ELEV)
def mine_udlaeg(request):
    elev = get_object_or_404(Elev.objects.select_related("bruger", "hold"), bruger=request.user)
    return render(request, "skoleophold/udlaeg/mine.html", {"side": get_mine_udlaeg(request.user), "elev": elev})


@roles(Rolle.ELEV)
def udlaeg_nyt(request):
    elev = get_object_or_404(Elev.objects.select_related("bruger"), bruger=request.user)
    return _write(request, Udlaeg(elev=elev, noegle=uuid4()))


@roles(Rolle.ELEV)
def udlaeg_ret(request, pk):
    udlaeg = _own(request, pk)
    if not udlaeg.kan_rettes:
        messages.error(request, services.REASONS[udlaeg.status])
        return redirect("udlaeg", pk)
    return _write(request, udlaeg)


def _write(request, udlaeg):
    form = UdlaegForm.of(udlaeg, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        saved = _save(request, form, udlaeg) or udlaeg
        if not form.errors:
            return _go_on(request, saved)
        udlaeg = _own(request, saved.pk) if saved.pk else saved
        form.renew(str(udlaeg.version if udlaeg.pk else ""))
    context = {
        "form": form,
        "udlaeg": udlaeg,
        "bilag": udlaeg.bilag.select_related("fil") if udlaeg.pk else [],
        "arter": current_arter(),
        "action": reverse("udlaeg_ret", args=[udlaeg.pk]) if udlaeg.pk else reverse("udlaeg_nyt"),
        "sti": [("Mine udlæg", reverse("mine_udlaeg")), ("Ret udlæg" if udlaeg.pk else "Nyt udlæg", None)],
    }
    return render(request, "skoleophold/udlaeg/skriv.html", context, status=status_of(form))


def _save(request, form: UdlaegForm, udlaeg: Udlaeg) -> Udlaeg | None:
    """What was understood is kept as a draft first: a photograph must not be taken twice."""
    whole = form.is_valid()
    noegle = form.cleaned_data.get("noegle")
    if udlaeg.pk and noegle != udlaeg.noegle:
        form.add_error(None, "Siden er ikke hel. Genindlæs den, og prøv igen.")
    if "noegle" in form.errors or form.non_field_errors():
        return None
    what = {"noegle": noegle, "version": form.set_version, "felter": form.felter, "filer": form.filer}
    try:
        udlaeg = services.save_udlaeg(request.user, elev=udlaeg.elev, **what)
        if whole and "send" in request.POST:
            services.send_udlaeg(request.user, udlaeg=udlaeg)
    except ValidationError as error:
        form.is_stale = isinstance(error, StaleError)
        add_errors(form, error)
    return udlaeg


def _go_on(request, udlaeg):
    if "send" in request.POST:
        messages.success(request, "Udlægget er sendt. Du får en mail, når den elevansvarlige har taget stilling.")
        return redirect("udlaeg", udlaeg.pk)
    messages.success(request, "Kladden er gemt. Ingen andre kan se den, før du sender den.")
    return redirect("udlaeg_ret", udlaeg.pk)


@require_POST
@roles(Rolle.ELEV)
def udlaeg_slet(request, pk):
    return _act(request, pk, services.delete_udlaeg, "Udlægget er slettet.", reverse("mine_udlaeg"))


@require_POST
@roles(Rolle.ELEV)
def udlaeg_tilbage(request, pk):
    done = "Udlægget er taget tilbage. Ret det, og send det igen."
    return _act(request, pk, services.take_back, done, reverse("udlaeg_ret", args=[pk]))


def _act(request, pk, act, done, url):
    try:
        act(request.user, udlaeg=_own(request, pk))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("udlaeg", pk)
    messages.success(request, done)
    return redirect(url)


@require_POST
@roles(Rolle.ELEV)
def bilag_fjern(request, pk):
    rows = Bilag.objects.filter(udlaeg__in=permissions.own_udlaeg(request.user)).select_related("udlaeg", "fil")
    bilag = get_object_or_404(rows, pk=pk)
    try:
        services.remove_bilag(request.user, bilag=bilag)
        messages.success(request, f"{bilag} er fjernet.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("udlaeg_ret", bilag.udlaeg_id)


def _own(request, pk) -> Udlaeg:
    rows = permissions.own_udlaeg(request.user).select_related("elev__bruger", "art", "skoleperiode", "udbetaling")
    return get_object_or_404(rows, pk=pk)
