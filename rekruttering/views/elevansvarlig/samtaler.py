"""Planning interviews: days and times, invitations, a given time, and who receives the applicants."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.words import count_noun
from rekruttering.forms.samtaler import LokaleForm, TiderForm, TidForm, VagtForm
from rekruttering.models import Samtale, Samtaledag, Samtaletid, Samtalevagt
from rekruttering.permissions import editable_runder, steerable_ansoegninger
from rekruttering.queries.sammenfald import clashes_by_time
from rekruttering.queries.samtaler import free_times, receivers
from rekruttering.services import samtaler as services
from rekruttering.services import vagter
from rekruttering.views.find import find_runde, trail

from .sag import form_page


@roles(Rolle.ELEVANSVARLIG)
def samtaletider_nye(request, pk):
    """Somebody of the committee who is elsewhere is a warning, with a tick to go on all the same."""
    runde = find_runde(request, pk)
    first = {"nr": request.GET.get("nr", 1)}
    form = TiderForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, services.add_times, actor=request.user, runde=runde):
        messages.success(request, "Tiderne er lagt ind.")
        return redirect("samtaler", pk)
    form.ask_only_when_needed()
    context = {"runde": runde, "form": form, "titel": "Nye samtaletider", "knap": "Læg tiderne ind"}
    return _page(request, context, form)


@roles(Rolle.ELEVANSVARLIG)
def samtaledag_lokale(request, pk):
    rows = Samtaledag.objects.filter(runde__in=editable_runder(request.user))
    dag = get_object_or_404(rows.select_related("runde"), pk=pk)
    form = LokaleForm(request.POST if request.method == "POST" else None, initial={"lokale": dag.lokale})
    if accepted(form, services.change_room, actor=request.user, dag=dag):
        messages.success(request, "Lokalet er skiftet. De, der har en tid, får en ny indkaldelse.")
        return redirect("samtaler", dag.runde_id)
    tekst = f"Samtalerne {full_date(dag.dato)}. De ansøgere, der har en tid, og eleverne, der tager imod, får en mail."
    context = {"runde": dag.runde, "form": form, "titel": "Skift lokale", "knap": "Skift lokalet", "tekst": tekst}
    return _page(request, context, form)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtaletid_fjern(request, pk):
    tid = get_object_or_404(Samtaletid.objects.filter(dag__runde__in=editable_runder(request.user)), pk=pk)
    return _act(request, tid.dag.runde_id, "Tiden er fjernet.", services.remove_time, tid=tid)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtaler_inviter(request, pk):
    """Those who are ticked, to the round of interviews that the form is about."""
    runde = find_runde(request, pk)
    nr = {"2": 2, "3": 3}.get(request.POST.get("nr"), 1)
    wanted = steerable_ansoegninger(request.user).filter(runde=runde, pk__in=_numbers(request))
    sent = services.invite(request.user, ansoegninger=wanted, nr=nr)
    if sent:
        messages.success(request, f"{count_noun(len(sent), 'ansøger', 'ansøgere')} er inviteret til at vælge en tid.")
    else:
        messages.error(request, "Ingen blev inviteret. Sæt kryds ved dem, der skal have en mail.")
    return redirect("samtaler", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtale_igen(request, pk):
    samtale = _samtale(request, pk)
    told = f"{samtale.ansoegning.navn} er inviteret til at vælge en ny tid."
    return _act(request, samtale.ansoegning.runde_id, told, services.invite_again, samtale=samtale)


def _numbers(request) -> list[int]:
    return [int(each) for each in request.POST.getlist("ansoegning") if each.isdecimal() and len(each) < 10]


@roles(Rolle.ELEVANSVARLIG)
def samtale_tid(request, pk):
    """Give or change the time of one interview."""
    samtale = _samtale(request, pk)
    runde = samtale.ansoegning.runde
    is_post = request.method == "POST"
    tider = free_times(runde, samtale.nr, own=samtale if is_post else None)
    clashes = clashes_by_time(runde, tider)
    form = TidForm(request.POST if is_post else None, tider=tider, sammenfald=clashes)
    if accepted(form, services.book, actor=request.user, samtale=samtale):
        messages.success(request, f"{samtale.ansoegning.navn} får en indkaldelse med tiden.")
        return redirect("samtaler", samtale.ansoegning.runde_id)
    tekst = f"{samtale.ansoegning.navn} får en mail med tiden, som kan lægges i en kalender."
    return form_page(request, samtale.ansoegning, form, "Vælg en tid", "Send indkaldelsen", tekst)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtale_aflys(request, pk):
    samtale = _samtale(request, pk)
    return _act(request, samtale.ansoegning.runde_id, "Samtalen er aflyst.", services.cancel, samtale=samtale)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtale_status(request, pk):
    samtale = _samtale(request, pk)
    chosen = {"samtale": samtale, "tilstand": request.POST.get("tilstand", "")}
    return _act(request, samtale.ansoegning.runde_id, "Det er skrevet ind.", services.mark, **chosen)


@roles(Rolle.ELEVANSVARLIG)
def samtalevagt_ny(request, pk):
    dag = get_object_or_404(Samtaledag.objects.filter(runde__in=editable_runder(request.user)), pk=pk)
    form = VagtForm(request.POST if request.method == "POST" else None, elever=receivers(dag))
    if accepted(form, vagter.put_on_duty, actor=request.user, dag=dag):
        messages.success(request, f"{form.result.elev} tager imod.")
        return redirect("samtaler", dag.runde_id)
    tekst = "Eleven ser navn, tid og lokale, og ikke andet. Dem, der har gjort det mindst, står øverst."
    context = {"runde": dag.runde, "form": form, "titel": "Hvem tager imod?", "knap": "Vælg eleven", "tekst": tekst}
    return _page(request, context, form)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def samtalevagt_fjern(request, pk):
    vagt = get_object_or_404(Samtalevagt.objects.filter(dag__runde__in=editable_runder(request.user)), pk=pk)
    return _act(request, vagt.dag.runde_id, "Eleven er taget af.", vagter.take_off_duty, vagt=vagt)


def _samtale(request, pk) -> Samtale:
    rows = Samtale.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    return get_object_or_404(rows.select_related("ansoegning__runde", "tid__dag"), pk=pk)


def _act(request, runde, words, act, **what):
    try:
        act(request.user, **what)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("samtaler", runde)


def _page(request, context, form):
    runde = context["runde"]
    context["sti"] = [
        *trail(request, runde),
        ("Samtaler", reverse("samtaler", args=[runde.pk])),
        (context["titel"], None),
    ]
    context["fortryd_url"] = reverse("samtaler", args=[runde.pk])
    return render(request, "rekruttering/formularside.html", context, status=status_of(form))
