"""Classes: the list, one class, and who follows it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, add_errors, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from skoleophold import permissions
from skoleophold.forms.kalender import ForladForm, RetSkoleholdForm, SkoleholdForm, TilknytForm
from skoleophold.models import Tilknytning
from skoleophold.queries import kalender as queries
from skoleophold.queries.foelger import stand
from skoleophold.services import skolehold as services

LISTE = ("Skole", "skole")


def trail(*steps):
    return [("Skole", reverse("skole")), *steps]


def fetch(request, pk):
    return get_object_or_404(permissions.visible_skolehold(request.user).select_related("skole"), pk=pk)


@roles(Rolle.ELEVANSVARLIG)
def skole(request):
    return render(request, "skoleophold/skole.html", {"linjer": queries.get_skolehold_list()})


@roles(Rolle.ELEVANSVARLIG)
def skolehold(request, pk):
    found = fetch(request, pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"side": queries.get_skoleholdside(found), "sti": trail((found.navn, None))}
    return render(request, "skoleophold/skolehold.html", context)


@roles(Rolle.ELEVANSVARLIG)
def skolehold_nyt(request):
    form = SkoleholdForm(request.POST or None)
    if accepted(form, services.create_skolehold, actor=request.user):
        messages.success(request, f"{form.result} er oprettet. Skriv nu perioderne ind.")
        return redirect("skolehold", form.result.pk)
    return _form(request, form, "Opret skolehold", "Opret holdet", trail(("Opret skolehold", None)), reverse("skole"))


@roles(Rolle.ELEVANSVARLIG)
def skolehold_ret(request, pk):
    found = fetch(request, pk)
    form = RetSkoleholdForm.of(found, request.POST or None)
    url = reverse("skolehold", args=[pk])
    if accepted(form, services.update_skolehold, actor=request.user, skolehold=found):
        messages.success(request, "Skoleholdet er rettet.")
        return redirect(url)
    if getattr(form, "is_stale", False):
        form.renew(services.skolehold_version(fetch(request, pk)))
    return _form(request, form, "Ret skolehold", "Gem", trail((found.navn, url), ("Ret", None)), url)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def skolehold_slet(request, pk):
    found = fetch(request, pk)
    try:
        services.delete_skolehold(request.user, skolehold=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("skolehold", pk)
    messages.success(request, f"{found} er slettet.")
    return redirect("skole")


def _form(request, form, titel, knap, sti, back):
    context = {"form": form, "titel": titel, "knap": knap, "sti": sti, "fortryd_url": back}
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))


# --- who follows ---------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def skolehold_elever(request, pk):
    """Chosen first, then shown what it does to each of them, then saved."""
    found = fetch(request, pk)
    form = TilknytForm(request.POST or None, elever=_candidates(found), initial={"fra": today()})
    skift = None
    if form.is_valid():
        chosen = {"skolehold": found, "elever": list(form.cleaned_data["elever"]), "fra": form.cleaned_data["fra"]}
        if "gem" in request.POST:
            try:
                services.join(request.user, **chosen, was=request.POST.get("stand", ""))
            except ValidationError as error:
                add_errors(form, error)
            else:
                number = count_noun(len(chosen["elever"]), "elev", "elever")
                messages.success(request, f"{number} følger nu {found}.")
                return redirect("skolehold", pk)
        skift = services.joining(**chosen)
    return _consequences(request, found, form, skift, "Tilføj elever", "Følg holdet")


def _candidates(skolehold):
    """Under training now or later, and not in the class already."""
    here = Tilknytning.objects.within(today()).filter(skolehold=skolehold).values("elev")
    found = Elev.objects.employed_from(today()).exclude(pk__in=here).select_related("bruger", "hold")
    return found.order_by("-hold__startdato", "hold", "bruger__sortering")


@roles(Rolle.ELEVANSVARLIG)
def skolehold_forlad(request, pk):
    rows = permissions.visible_tilknytninger(request.user).select_related("elev__bruger", "skolehold")
    row = get_object_or_404(rows, pk=pk)
    form, skift = ForladForm(request.POST or None), None
    if form.is_valid():
        last = form.cleaned_data["sidste_dag"]
        if "gem" in request.POST:
            try:
                was = request.POST.get("stand", "")
                services.leave(request.user, tilknytning=row, sidste_dag=last, was=was)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, f"{row.elev} er taget af {row.skolehold}.")
                return redirect("skolehold", row.skolehold_id)
        if last < row.startdato:
            form.add_error("sidste_dag", "Vælg en dag, der ikke ligger før den første dag på holdet.")
        else:
            skift = services.leaving(row, last)
    titel = f"{row.elev} forlader {row.skolehold}"
    return _consequences(request, row.skolehold, form, skift, titel, "Tag af holdet")


def _consequences(request, found, form, skift, titel, knap):
    url = reverse("skolehold", args=[found.pk])
    context = {
        "form": form,
        "skift": skift,
        "stand": stand(skift) if skift is not None else "",
        "titel": titel,
        "knap": knap,
        "fortryd_url": url,
        "sti": trail((found.navn, url), (titel, None)),
    }
    return render(request, "skoleophold/foelger.html", context, status=status_of(form))
