"""Goals, dated numbers and who lacks a course: kept by the elevansvarlig."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger import forms, services
from afdelinger.guards import roles
from afdelinger.models import Kursus, Rolle
from afdelinger.queries import brugere as brugerqueries
from afdelinger.queries import stamdata as queries
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag, Regel
from elevforloeb.core.rules import rules


@roles(Rolle.ELEVANSVARLIG)
def maalsaet_ny(request):
    """First a preview, then the version itself: the same form with another button."""
    form = forms.MaalsaetForm(request.POST or None, initial={"fra": today()})
    is_decided = request.POST.get("handling") == "opret"
    if is_decided and accepted(form, create, actor=request.user):
        messages.success(request, f"{form.result} er oprettet.")
        return redirect("maal")
    linjer = form.linjer if form.is_bound and form.is_valid() else None
    return render(request, "afdelinger/maalsaet_ny.html", {"form": form, "linjer": linjer}, status=status_of(form))


def create(actor, *, liste, **data):
    linjer, _ = forms.stamdata.maalliste.parse(liste)
    return services.create_maalsaet(actor, linjer=linjer, **data)


@roles(Rolle.ELEVANSVARLIG)
def regel_ny(request, noegle):
    regel = queries.regel(noegle)
    if regel is None:
        raise Http404
    form = forms.RegelForm(request.POST or None)
    if request.method == "POST" and accepted(form, services.set_regel, actor=request.user, noegle=noegle):
        messages.success(request, f"{regel.navn}: den nye værdi er gemt.")
        return redirect("regler")
    return render(request, "afdelinger/regel_ny.html", {"form": form, "regel": regel}, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
@require_POST
def regel_fjern(request, pk):
    try:
        services.remove_regel(request.user, regel=get_object_or_404(Regel, pk=pk))
        messages.success(request, "Værdien er taget tilbage.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("regler")


@roles(Rolle.ELEVANSVARLIG)
def kurser_mangler(request):
    nummer = rules().values.get("vejlederklar_kursus")
    mangler = list(brugerqueries.uden_kursus(nummer)) if nummer else []
    audit.log_read(request, art=Opslag.Art.LISTE)
    kursus = Kursus.objects.filter(nummer=str(nummer)).first() if nummer else None
    return render(request, "afdelinger/kurser_mangler.html", {"nummer": nummer, "kursus": kursus, "mangler": mangler})
