"""The forms: the list, one version, its preview, and the way from a draft to the version in force."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import accepted, status_of
from evaluering.forms.skema import SkemaForm, UdgivForm, VisForm
from evaluering.models import Art, Evalueringsskema
from evaluering.queries.skema import changes_of, content_of, problems, skema_lines, whole_forms
from evaluering.queries.skemavisning import get_preview
from evaluering.services import skema as services


def path_to(skema: Evalueringsskema) -> list[tuple[str, str]]:
    return [
        ("Evalueringer", reverse("evalueringer")),
        ("Skemaer", reverse("skemaer")),
        (str(skema), reverse("skema", args=[skema.pk])),
    ]


def find_draft(pk: int) -> Evalueringsskema:
    return get_object_or_404(Evalueringsskema, pk=pk, status=Evalueringsskema.Status.KLADDE)


def renewed(form, version: str):
    """After a conflict the next save is made knowing what the other person wrote."""
    if getattr(form, "is_stale", False):
        form.renew(version)
    return form


def done(request, act, words: str, url: str, *args):
    """Do it, say how it went, and go on."""
    try:
        act()
        messages.success(request, words)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(url, *args)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def skemaer(request):
    sti = [("Evalueringer", reverse("evalueringer")), ("Skemaer", None)]
    return render(request, "evaluering/skemaer.html", {"linjer": skema_lines(), "sti": sti})


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def skema(request, pk):
    """A draft with everything that can be done to it, or a published version as it stands."""
    found = get_object_or_404(whole_forms(), pk=pk)
    context = {"skema": found, "sti": path_to(found), "forskelle": changes_of(found)}
    context["mangler"] = problems(content_of(found))
    return render(request, "evaluering/skema.html", context)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def skema_ny(request, art):
    if art not in Art.values:
        raise Http404
    try:
        draft = services.begin_draft(request.user, art=art)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("skemaer")
    messages.success(request, "Kladden er en kopi af den seneste version. Ret den, og udgiv den, når den er klar.")
    return redirect("skema", draft.pk)


@roles(Rolle.ELEVANSVARLIG)
def skema_ret(request, pk):
    found = find_draft(pk)
    form = SkemaForm.of(found, request.POST or None)
    if request.method == "POST" and accepted(form, services.update_head, actor=request.user, skema=found):
        messages.success(request, "Skemaet er rettet.")
        return redirect("skema", pk)
    renewed(form, services.head_version(Evalueringsskema.objects.get(pk=pk)))
    return form_page(request, found, form, "Ret navn og indledning", "Gem")


@roles(Rolle.ELEVANSVARLIG)
def skema_udgiv(request, pk):
    found = get_object_or_404(whole_forms(), pk=pk, status=Evalueringsskema.Status.KLADDE)
    form = UdgivForm.of(found, request.POST or None)
    if request.method == "POST" and accepted(form, services.publish_skema, actor=request.user, skema=found):
        messages.success(request, f"{form.result} gælder fra {full_date(form.result.gaelder_fra)}.")
        return redirect("skemaer")
    renewed(form, services.skema_version(found))
    return form_page(request, found, form, "Udgiv skemaet", "Udgiv", template="evaluering/skema_udgiv.html")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def skema_kasser(request, pk):
    found = find_draft(pk)
    return done(request, lambda: services.discard_draft(request.user, skema=found), "Kladden er kasseret.", "skemaer")


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def skema_vis(request, pk):
    """What the elev, the elevvejleder and the two together would see in a department of her choice."""
    found = get_object_or_404(Evalueringsskema, pk=pk)
    form = VisForm.of(request.GET)
    afdeling, som = form.chosen
    context = {"skema": found, "form": form, "som": som, "afdeling": afdeling, "sti": [*path_to(found), ("Vis", None)]}
    return render(request, "evaluering/skema_vis.html", context | {"afsnit": get_preview(found, afdeling, som)})


def form_page(request, skema, form, titel: str, knap: str, *, template="evaluering/skema_form.html"):
    context = {
        "skema": skema,
        "form": form,
        "titel": titel,
        "knap": knap,
        "fortryd_url": reverse("skema", args=[skema.pk]),
        "sti": [*path_to(skema), (titel, None)],
        "forskelle": changes_of(skema),
    }
    return render(request, template, context, status=status_of(form))
