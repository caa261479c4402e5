"""The door: begin an application, get a lost link again, hear about the next round. Nobody is logged in."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from elevforloeb.core.dates import now
from elevforloeb.core.errors import add_errors, status_of
from elevforloeb.core.rules import rules
from rekruttering import trin as skridt
from rekruttering.forms.ansoegning import AdresseForm, BegyndForm
from rekruttering.limits import is_spent
from rekruttering.links import token
from rekruttering.models import Runde
from rekruttering.queries.ansoegning import newest_oplysningstekst, timetable
from rekruttering.queries.frist import closes
from rekruttering.queries.interesse import find_interesse
from rekruttering.services import interesse as services
from rekruttering.services.ansoegning import begin
from rekruttering.services.post import request_link

from .linket import private, too_often, wrong_link


@login_not_required
@never_cache
def ansoeg(request, slug):
    runde = get_object_or_404(Runde.objects.exclude(tilstand=Runde.Tilstand.KLADDE), slug=slug)
    form = BegyndForm(request.POST if request.method == "POST" else None, initial={"formular": uuid4()})
    if request.method == "POST" and form.is_valid():
        if is_spent(request, "ansoeg"):
            return too_often(request)
        try:
            found = begin(runde=runde, formular=form.cleaned_data["formular"])
            return redirect("ansoegning_trin", token=token(found.noegle), trin=skridt.OM_DIG.slug)
        except ValidationError as problem:
            add_errors(form, problem)
    context = {"runde": runde, "form": form, "tidsplan": timetable(runde)}
    if not runde.er_aaben:
        context["for_tidligt"] = now() < runde.aabner and runde.tilstand == Runde.Tilstand.OFFENTLIG
        return render(request, "rekruttering/lukket.html", context, status=409 if form.errors else 200)
    context |= {"luk": closes(runde), "oplysningstekst": newest_oplysningstekst()}
    return render(request, "rekruttering/begynd.html", context, status=status_of(form))


@login_not_required
@never_cache
def ansoegning_link(request):
    """The answer is the same whether the address has applied or not."""
    return _ask_for_mail(request, "rekruttering/link.html", request_link)


@login_not_required
@never_cache
def interesse(request):
    return _ask_for_mail(request, "rekruttering/interesse.html", services.ask_for_notice)


def _ask_for_mail(request, template, service):
    form = AdresseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_spent(request, "mail"):
            return too_often(request)
        service(email=form.cleaned_data["email"])
        return render(request, template, {"sendt_til": form.cleaned_data["email"], "regler": rules()})
    return render(request, template, {"form": form}, status=status_of(form))


@login_not_required
def interesse_bekraeft(request, token):
    """One page to confirm and to take back. Opening it changes nothing: programs that check mail open links too."""
    found = find_interesse(token)
    if found is None:
        return private(wrong_link(request))
    if request.method == "POST" and request.POST.get("handling") == "slet":
        services.take_back(interesse=found)
        return private(render(request, "rekruttering/interesse_slettet.html"))
    if request.method == "POST":
        services.confirm(interesse=found)
        found.refresh_from_db()
    return private(render(request, "rekruttering/interesse_bekraeft.html", {"interesse": found}))
