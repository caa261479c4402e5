"""Study trips are made and kept by the elevansvarlig: the trip, its checklist and its documents."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from skoleophold import permissions
from skoleophold.forms.studietur import PunktForm, StudieturForm, TurfilForm
from skoleophold.models import Studietur, Turfil, Turpunkt
from skoleophold.services import studietur as services
from skoleophold.views.faelles.studietur import tur_trail

from .perioder import fetch_periode, periode_trail


def _tur(request, pk) -> Studietur:
    rows = permissions.editable_studieture(request.user).select_related("skoleperiode__skolehold")
    return get_object_or_404(rows, pk=pk)


def _part(request, model, pk):
    """A point or a document of a trip that the user may change."""
    rows = model.objects.filter(studietur__in=permissions.editable_studieture(request.user))
    return get_object_or_404(rows.select_related("studietur__skoleperiode__skolehold"), pk=pk)


def _form(request, form, titel, tekst, sti, back, **more):
    context = {"form": form, "titel": titel, "tekst": tekst, "knap": "Gem", "sti": sti, "fortryd_url": back} | more
    return render(request, "skoleophold/studietur_form.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def studietur_ny(request, pk):
    """`pk`: of the school period. One that has a trip already leads to it."""
    periode = fetch_periode(request, pk)
    there = Studietur.objects.filter(skoleperiode=periode).first()
    if there:
        return redirect("studietur", there.pk)
    form = StudieturForm.new(periode, request.POST or None)
    if accepted(form, services.create_studietur, actor=request.user, skoleperiode=periode):
        messages.success(request, "Turen er gjort klar, og eleverne får en mail om tjeklisten. Se den igennem.")
        return redirect("studietur", form.result.pk)
    back = reverse("skoleperiode", args=[pk])
    tekst = "Tjeklisten kommer med af sig selv og kan rettes bagefter. Eleverne får en mail, når du gemmer."
    return _form(
        request,
        form,
        "Gør studieturen klar",
        tekst,
        periode_trail(periode, (str(periode), back), ("Studietur", None)),
        back,
    )


@roles(Rolle.ELEVANSVARLIG)
def studietur_ret(request, pk):
    tur, back = _tur(request, pk), reverse("studietur", args=[pk])
    form = StudieturForm.of(tur, request.POST or None)
    if accepted(form, services.update_studietur, actor=request.user, tur=tur):
        messages.success(request, "Turen er rettet.")
        return redirect(back)
    if getattr(form, "is_stale", False):
        form.renew(services.tur_version(_tur(request, pk)))
    tekst = "Fristerne på tjeklisten følger afrejsen."
    slet = (reverse("studietur_slet", args=[pk]), "Slet turen", "Krydser, nødkontakter og dokumenter går med.")
    return _form(request, form, f"Ret {tur}", tekst, tur_trail(request, tur, ("Ret", None)), back, slet=slet)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def studietur_slet(request, pk):
    tur = _tur(request, pk)
    periode = tur.skoleperiode_id
    services.delete_studietur(request.user, tur=tur)
    messages.success(request, "Turen er slettet.")
    return redirect("skoleperiode", periode)


# --- checklist -------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def turpunkt_ny(request, pk):
    tur = _tur(request, pk)
    return _punkt(request, Turpunkt(studietur=tur, dage_foer=14), "Nyt punkt")


@roles(Rolle.ELEVANSVARLIG)
def turpunkt_ret(request, pk):
    punkt = _part(request, Turpunkt, pk)
    slet = (reverse("turpunkt_slet", args=[pk]), "Fjern punktet", "Elevernes krydser ved det går med.")
    return _punkt(request, punkt, "Ret punktet", slet=slet)


def _punkt(request, punkt, titel, **more):
    tur, form = punkt.studietur, PunktForm.of(punkt, request.POST or None)
    back = reverse("studietur", args=[tur.pk])
    if accepted(form, services.save_punkt, actor=request.user, punkt=punkt):
        messages.success(request, "Punktet er gemt.")
        return redirect(back)
    tekst = "Spørg kun om det, der skal være i orden. Spørg aldrig om helbred, medicin eller numre på pas og kort."
    return _form(request, form, titel, tekst, tur_trail(request, tur, (titel, None)), back, **more)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def turpunkt_slet(request, pk):
    punkt = _part(request, Turpunkt, pk)
    services.delete_punkt(request.user, punkt=punkt)
    messages.success(request, "Punktet er fjernet.")
    return redirect("studietur", punkt.studietur_id)


# --- documents -------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def turfil_ny(request, pk):
    tur, back = _tur(request, pk), reverse("studietur", args=[pk])
    form = TurfilForm(request.POST or None, request.FILES or None)
    if accepted(form, services.add_turfil, actor=request.user, tur=tur):
        messages.success(request, f"“{form.result}” er lagt op.")
        return redirect(back)
    tekst = "Alle, der skal med, og deres elevvejledere kan læse det. Læg ikke noget op om en enkelt elev."
    return _form(request, form, "Læg et dokument op", tekst, tur_trail(request, tur, ("Dokument", None)), back)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def turfil_slet(request, pk):
    turfil = _part(request, Turfil, pk)
    tur = turfil.studietur_id
    services.delete_turfil(request.user, turfil=turfil)
    messages.success(request, "Dokumentet er slettet.")
    return redirect("studietur", tur)
