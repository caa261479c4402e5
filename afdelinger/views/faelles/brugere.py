"""Accounts and roles. The administrator sees no trainee content here: names, addresses and rights only."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger import forms, permissions, services
from afdelinger.guards import roles
from afdelinger.models import Rolle, Rolletildeling
from afdelinger.queries import brugere as queries
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag

STYRER = (Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)
PER_SIDE = 50


@roles(*STYRER)
def brugere(request):
    form = forms.BrugereFilterForm(request.GET)
    form.is_valid()
    valg = form.cleaned_data  # what is not a known choice is simply not there
    rows = queries.brugerliste(permissions.visible_brugere(request.user), **valg)
    side = Paginator(rows, PER_SIDE).get_page(request.GET.get("side"))
    q = valg.get("q", "")
    audit.log_read(request, art=Opslag.Art.SOEG if q else Opslag.Art.LISTE, soegetekst=q)
    template = "afdelinger/brugere.html#liste" if request.htmx else "afdelinger/brugere.html"
    return render(request, template, {"form": form, "side": side, "q": q})


@roles(*STYRER)
def bruger(request, pk):
    person = editable(request, pk)
    audit.log_read(request, person=person)
    context = {
        "person": person,
        "roller": queries.roller(person),
        "invitation": person.invitationer.first(),
        "historik": queries.historik(person),
        "kan_slette": permissions.can_erase_bruger(request.user, person),
        "har_totrin": is_mfa_enabled(person),
    }
    return render(request, "afdelinger/bruger.html", context)


def editable(request, pk):
    return get_object_or_404(permissions.visible_brugere(request.user), pk=pk)


@roles(*STYRER)
def bruger_ny(request):
    form = forms.NyBrugerForm(request.POST or None, initial={"fra": today(), "inviter": True})
    if request.method == "POST" and accepted(form, create_with_role, actor=request.user):
        also = " En invitation er på vej." if form.cleaned_data["inviter"] else ""
        messages.success(request, f"{form.result} er oprettet.{also}")
        return redirect(form.result)
    return render(request, "afdelinger/bruger_ny.html", {"form": form}, status=status_of(form))


@transaction.atomic
def create_with_role(actor, *, navn, email, telefon, stilling, inviter, **role):
    """The three steps of the form, all or nothing."""
    person = services.create_bruger(actor, navn=navn, email=email, telefon=telefon, stilling=stilling)
    services.give_role(actor, bruger=person, **role)
    if inviter:
        services.invite(actor, bruger=person)
    return person


@roles(*STYRER)
def bruger_ret(request, pk):
    person = editable(request, pk)
    felter = ["navn", "email", "telefon", "stilling"]
    form = forms.BrugerForm(request.POST or None, initial=model_to_dict(person, felter))
    if request.method == "POST" and accepted(form, services.update_bruger, actor=request.user, bruger=person):
        messages.success(request, "Oplysningerne er gemt.")
        return redirect(person)
    context = {"form": form, "person": editable(request, pk)}  # read again: the service may have changed it
    return render(request, "afdelinger/bruger_ret.html", context, status=status_of(form))


@roles(*STYRER)
def bruger_rolle_ny(request, pk):
    person = editable(request, pk)
    form = forms.RolleForm(request.POST or None, initial={"fra": today()})
    if request.method == "POST" and accepted(form, services.give_role, actor=request.user, bruger=person):
        messages.success(request, f"{person} har fået rollen.")
        return redirect(person)
    return render(request, "afdelinger/rolle_ny.html", {"form": form, "person": person}, status=status_of(form))


@roles(*STYRER)
def bruger_rolle(request, pk):
    tildeling = editable_role(request, pk)
    form = forms.RolleperiodeForm(request.POST or None, initial={"sidste_dag": tildeling.sidste_dag})
    if request.method == "POST" and accepted(form, services.change_role, actor=request.user, tildeling=tildeling):
        messages.success(request, "Perioden er gemt.")
        return redirect(tildeling.bruger)
    context = {"form": form, "tildeling": tildeling, "person": tildeling.bruger}
    return render(request, "afdelinger/rolle.html", context, status=status_of(form))


def editable_role(request, pk):
    """The role elev follows the uddannelsesaftale and is not ended here."""
    rows = Rolletildeling.objects.filter(bruger__in=permissions.visible_brugere(request.user))
    return get_object_or_404(rows.exclude(rolle=Rolle.ELEV).select_related("bruger", "afdeling"), pk=pk)


@roles(*STYRER)
@require_POST
def bruger_rolle_slut(request, pk):
    tildeling = editable_role(request, pk)
    return act(request, tildeling.bruger, services.end_role, "Rollen er slut fra nu.", tildeling=tildeling)


@roles(*STYRER)
@require_POST
def bruger_luk(request, pk):
    person = editable(request, pk)
    return act(request, person, services.deactivate_bruger, f"{person} kan ikke længere logge ind.", bruger=person)


@roles(*STYRER)
@require_POST
def bruger_aabn(request, pk):
    person = editable(request, pk)
    return act(request, person, services.reactivate_bruger, f"{person} kan logge ind igen.", bruger=person)


@roles(*STYRER)
@require_POST
def bruger_inviter(request, pk):
    person = editable(request, pk)
    return act(request, person, services.invite, f"En ny invitation til {person} er på vej.", bruger=person)


@roles(*STYRER)
@require_POST
def bruger_totrin_nulstil(request, pk):
    person = editable(request, pk)
    done = f"{person} er logget ud og skal sætte totrinslogin op igen. Der er en mail på vej om det."
    return act(request, person, services.reset_second_factor, done, bruger=person)


def act(request, person, service, done, **what):
    """One button: do it, and say how it went."""
    try:
        service(request.user, **what)
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(person)
