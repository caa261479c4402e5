"""Whose data are to be erased: the list, the page that asks once more, and one person at a time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from afdelinger.permissions import erasable_brugere
from afdelinger.services import lift, put_off
from elevforloeb.core.audit import log_read
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from elevforloeb.project import sletning as services
from elevforloeb.project.forms import SletForm, TidligSletForm, UdsaetForm
from elevforloeb.queries import sletning as queries


@roles(Rolle.ELEVANSVARLIG)
def sletning(request):
    log_read(request, art=Opslag.Art.LISTE)
    liste = queries.get_sletteliste(erasable_brugere(request.user))
    return render(request, "project/sletning.html", {"liste": liste})


@roles(Rolle.ELEVANSVARLIG)
def sletning_bekraeft(request):
    """Those who were ticked on the list; who is no longer due falls out."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = [int(pk) for pk in sent.getlist("person")[: queries.MOST] if pk.isdecimal() and len(pk) < 10]
    found = queries.frister(erasable_brugere(request.user), ticked)
    if not found:
        messages.error(request, "Sæt kryds ved mindst én person på listen.")
        return redirect("sletning")
    form = SletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _erase_all(request, found)
    log_read(request, art=Opslag.Art.LISTE)
    context = {"form": form, "frister": found, "omfang": services.extent(found)}
    return render(request, "project/sletning_bekraeft.html", context, status=status_of(form))


def _erase_all(request, found):
    """Each by itself: what is in the way of one keeps nobody else."""
    done = 0
    for each in found:
        try:
            services.erase_person(request.user, person=each.person)
            done += 1
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
    if done:
        messages.success(request, f"Oplysningerne om {count_noun(done, 'person', 'personer')} er slettet.")
    return redirect("sletning")


def _frist(request, pk):
    found = queries.frist(erasable_brugere(request.user), pk)
    if found is None:
        raise Http404
    return found


@roles(Rolle.ELEVANSVARLIG)
def sletning_person(request, pk):
    """What the rules say about one person. Before the time somebody must say why."""
    found = _frist(request, pk)
    form = (SletForm if found.er_forfalden else TidligSletForm)(request.POST or None)
    if request.method == "POST" and accepted(form, services.erase_person, actor=request.user, person=found.person):
        messages.success(request, "Oplysningerne er slettet.")
        return redirect("sletning")
    log_read(request, person=found.person)
    regel = queries.regler_for_sletning().get(found.regel)
    context = {"form": form, "frist": found, "regel": regel, "omfang": services.extent([found])}
    return render(request, "project/sletning_person.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def sletning_udsaet(request, pk):
    person = _frist(request, pk).person
    udsat = getattr(person, "udsaettelse", None)
    first = {"til": udsat.til, "grund": udsat.grund} if udsat else None
    form = UdsaetForm(request.POST or None, initial=first)
    if request.method == "POST" and accepted(form, put_off, actor=request.user, person=person):
        messages.success(request, "Sletningen er udsat.")
        return redirect("sletning")
    log_read(request, person=person)
    return render(request, "project/sletning_udsaet.html", {"form": form, "person": person}, status=status_of(form))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def sletning_ophaev(request, pk):
    lift(request.user, person=get_object_or_404(erasable_brugere(request.user), pk=pk))
    messages.success(request, "Udsættelsen er ophævet.")
    return redirect("sletning")
