"""The parts of a draft: one page for each section, question and scale, and the buttons that move and remove them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted
from evaluering.forms.skema import AfsnitForm, SkalaForm, SpoergsmaalForm
from evaluering.models import Afsnit, Evalueringsskema, Skala, Spoergsmaal
from evaluering.services import skema as services

from .skema import find_draft, form_page, renewed

KLADDE = Evalueringsskema.Status.KLADDE


@roles(Rolle.ELEVANSVARLIG)
def skema_afsnit_ny(request, pk):
    return _edit(request, AfsnitForm, Afsnit(skema=find_draft(pk)), "Nyt afsnit")


@roles(Rolle.ELEVANSVARLIG)
def skema_afsnit(request, pk):
    return _edit(request, AfsnitForm, _find("afsnit", pk), "Ret afsnittet")


@roles(Rolle.ELEVANSVARLIG)
def skema_spoergsmaal_ny(request, pk):
    return _edit(request, SpoergsmaalForm, Spoergsmaal(afsnit=_find("afsnit", pk)), "Nyt spørgsmål")


@roles(Rolle.ELEVANSVARLIG)
def skema_spoergsmaal(request, pk):
    return _edit(request, SpoergsmaalForm, _find("spoergsmaal", pk), "Ret spørgsmålet")


@roles(Rolle.ELEVANSVARLIG)
def skema_skala_ny(request, pk):
    return _edit(request, SkalaForm, Skala(skema=find_draft(pk)), "Ny skala")


@roles(Rolle.ELEVANSVARLIG)
def skema_skala(request, pk):
    return _edit(request, SkalaForm, _find("skala", pk), "Ret skalaen")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def skema_del(request, del_, pk):
    """Move a part up or down, or remove it."""
    part = _find(del_, pk)
    act = request.POST.get("handling")
    try:
        if act == "fjern":
            services.remove_part(request.user, part=part)
            messages.success(request, f"Fjernet: {part}")
        elif act in ("op", "ned") and del_ != "skala":
            services.move_part(request.user, part=part, op=act == "op")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_back(part))


def _find(del_: str, pk: int):
    """A part of a draft: those of a published version have no page of their own."""
    if del_ not in services.PARTS:
        raise Http404
    model = services.PARTS[del_]
    way = "afsnit__skema" if model is Spoergsmaal else "skema"
    return get_object_or_404(model.objects.select_related(way), pk=pk, **{f"{way}__status": KLADDE})


def _skema(part) -> Evalueringsskema:
    return part.afsnit.skema if isinstance(part, Spoergsmaal) else part.skema


def _back(part) -> str:
    """To the place on the page that she came from."""
    section = part.afsnit_id if isinstance(part, Spoergsmaal) else part.pk if isinstance(part, Afsnit) else None
    return reverse("skema", args=[_skema(part).pk]) + (f"#afsnit-{section}" if section else "#skalaer")


def _edit(request, form_class, part, titel: str):
    form = form_class.of(part, request.POST or None)
    if request.method == "POST" and _save(request, form, part):
        messages.success(request, f"Gemt: {form.result}")
        return redirect(_back(form.result))
    if part.pk:
        now = type(part).objects.filter(pk=part.pk).first()
        renewed(form, services.part_version(now) if now else "")
    return form_page(request, _skema(part), form, titel, "Gem")


def _save(request, form, part) -> bool:
    if isinstance(part, Skala):
        return accepted(form, services.save_skala, actor=request.user, skala=part)
    return accepted(form, services.save_part, actor=request.user, part=part)
