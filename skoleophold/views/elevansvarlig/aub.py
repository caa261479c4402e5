"""The AUB register, one refund, and the rates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from skoleophold import permissions
from skoleophold.excel_aub import register_sheet
from skoleophold.forms.aub import AarssatserForm, AubfilterForm, AubForm, AubraekkeForm, SatsForm
from skoleophold.models import Aub, Aubsats
from skoleophold.queries import aub as queries
from skoleophold.services import aub as services

from .perioder import fetch_periode
from .skolehold import trail

PER_PAGE = 50


def _filter(request) -> AubfilterForm:
    skolehold, hold = queries.filter_choices()
    return AubfilterForm(request.GET, skolehold=skolehold, hold=hold)


@roles(Rolle.ELEVANSVARLIG)
def aub(request):
    form, rates = _filter(request), queries.read_rates()
    lines = queries.find_lines(**form.chosen, rates=rates)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"form": form, "side": Paginator(lines, PER_PAGE).get_page(request.GET.get("side"))}
    context |= {"sum": queries.total(lines), "gammelt_aar": queries.old_year(rates), "sti": trail(("AUB", None))}
    return render(request, "skoleophold/aub.html", context)


@roles(Rolle.ELEVANSVARLIG)
def aub_excel(request):
    lines = queries.find_lines(**_filter(request).chosen)
    audit.log_read(request, art=Opslag.Art.HENT)
    return excel_response("aub.xlsx", register_sheet(lines))


@roles(Rolle.ELEVANSVARLIG)
def aub_ret(request, pk):
    """`pk`: of the stay, which has no row of its own before the first save."""
    rows = queries.stays().filter(pk__in=permissions.editable_skoleophold(request.user).values("pk"))
    ophold = get_object_or_404(rows, pk=pk)
    (line,) = queries.lines_of([ophold])
    form = AubForm.of(line.aub, ophold.elev.voksenelev, request.POST or None)
    if accepted(form, services.save_aub, actor=request.user, ophold=ophold):
        messages.success(request, f"AUB for {ophold.elev}, {ophold.skoleperiode}, er gemt.")
        return redirect("aub")
    if getattr(form, "is_stale", False):
        newest = Aub.objects.filter(skoleophold=ophold).first() or Aub(skoleophold=ophold)
        form.renew(services.aub_version(newest))
    audit.log_read(request, person=ophold.elev.bruger)
    sti = trail(("AUB", reverse("aub")), (f"{ophold.elev}, {ophold.skoleperiode}", None))
    context = {"form": form, "linje": line, "sti": sti, "knap": "Gem", "fortryd_url": reverse("aub")}
    return render(request, "skoleophold/aub_ret.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def aub_periode(request, pk):
    """All of a period in one table. Rows that differ are saved, or none when one is wrong."""
    periode = fetch_periode(request, pk)
    lines = queries.lines_of(queries.stays().filter(skoleperiode=periode).order_by("elev__bruger__sortering"))
    rows = [(line, AubraekkeForm.of(line, request.POST or None)) for line in lines]
    back = reverse("aub")
    if request.method == "POST" and _save_rows(request, rows):
        messages.success(request, f"AUB for {periode}, {periode.skolehold}, er gemt.")
        return redirect(back)
    audit.log_read(request, art=Opslag.Art.LISTE)
    wrong = [form for _, form in rows if form.errors]
    stale = any(getattr(form, "is_stale", False) for form in wrong)
    context = {"periode": periode, "raekker": rows, "forkert": wrong, "fortryd_url": back}
    context["sti"] = trail(("AUB", back), (f"{periode}, {periode.skolehold}", None))
    status = 409 if stale else 422 if wrong else 200
    return render(request, "skoleophold/aub_periode.html", context, status=status)


def _save_rows(request, rows) -> bool:
    if not all([form.is_valid() for _, form in rows]):
        return False
    with transaction.atomic():
        for line, form in rows:
            if form.differs:
                accepted(form, services.save_aub, actor=request.user, ophold=line.ophold, **form.rest)
        wrong = any(form.errors for _, form in rows)
        transaction.set_rollback(wrong)
    return not wrong


# --- rates -----------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def aub_satser(request):
    groups = queries.get_satser()
    context = {
        "grupper": groups,
        "gamle": [each for each in groups if each.er_gammel],
        "sti": trail(("AUB", reverse("aub")), ("Satser", None)),
    }
    return render(request, "skoleophold/aub_satser.html", context)


@roles(Rolle.ELEVANSVARLIG)
def aub_satser_aar(request):
    form = AarssatserForm(request.POST or None, grupper=queries.get_satser())
    if accepted(form, services.set_satser, actor=request.user):
        messages.success(request, "Satserne er gemt. Beløb, der bygger på dem, er regnet om.")
        return redirect("aub_satser")
    sti = trail(("AUB", reverse("aub")), ("Satser", reverse("aub_satser")), ("Årets satser", None))
    tekst = "Find dem på virk.dk. Lad et felt være tomt, hvis satsen ikke er ny. Satserne før slutter dagen før."
    context = {"form": form, "titel": "Årets satser", "tekst": tekst, "knap": "Gem satserne", "sti": sti}
    context["fortryd_url"] = reverse("aub_satser")
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def aub_sats_ny(request):
    form = SatsForm(request.POST or None, initial={"art": request.GET.get("art", "1")})
    if accepted(form, services.set_sats, actor=request.user):
        messages.success(request, "Satsen er gemt. Beløb, der bygger på den, er regnet om.")
        return redirect("aub_satser")
    sti = trail(("AUB", reverse("aub")), ("Satser", reverse("aub_satser")), ("Ny sats", None))
    tekst = "Satsen før slutter dagen før. Beløb i registret bliver regnet om, også for ophold, der er overstået."
    context = {"form": form, "titel": "Ny sats", "tekst": tekst, "knap": "Gem satsen", "sti": sti}
    context["fortryd_url"] = reverse("aub_satser")
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def aub_sats_slet(request, pk):
    sats = get_object_or_404(Aubsats, pk=pk)
    services.remove_sats(request.user, sats=sats)
    messages.success(request, "Satsen er fjernet.")
    return redirect("aub_satser")
