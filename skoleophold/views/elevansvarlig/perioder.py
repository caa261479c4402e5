"""Periods of a class: written, corrected, copied, deleted. What it does to each elev is shown first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from skoleophold import permissions
from skoleophold.forms.kalender import EgneDageForm, FremmoedeForm, KopierForm, PeriodeForm
from skoleophold.models import Skoleperiode
from skoleophold.queries import kalender as queries
from skoleophold.queries.foelger import find_skift, stand
from skoleophold.services import kalender as services

from .skolehold import fetch, trail


def fetch_periode(request, pk) -> Skoleperiode:
    rows = permissions.visible_skoleperioder(request.user).select_related("skolehold__skole", "indkaldelse", "tur")
    return get_object_or_404(rows, pk=pk)


def periode_trail(periode, *steps):
    found = periode.skolehold
    steps = steps or ((str(periode), None),)
    return trail((found.navn, reverse("skolehold", args=[found.pk])), *steps)


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode(request, pk):
    found = fetch_periode(request, pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"side": queries.get_periodeside(found), "sti": periode_trail(found)}
    return render(request, "skoleophold/skoleperiode.html", context)


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_ny(request, pk):
    found = fetch(request, pk)
    numbers = found.skoleperioder.values_list("nr", flat=True)
    row = Skoleperiode(skolehold=found, nr=max(numbers, default=0) + 1)
    return _edit(request, row, "Ny skoleperiode", reverse("skolehold", args=[pk]))


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_ret(request, pk):
    row = fetch_periode(request, pk)
    return _edit(request, row, f"Ret {row}", reverse("skoleperiode", args=[pk]))


def _edit(request, row, titel, back):
    form = PeriodeForm.of(row, request.POST or None)
    sti = periode_trail(row, *(((str(row), back),) if row.pk else ()), (titel, None))
    skift = None
    if form.is_valid():
        version = form.cleaned_data["version"] if row.pk else None
        form.into(row)
        skift = find_skift([row])
        nobody = not any(each.rammer for each in skift)
        if "gem" in request.POST or nobody:
            was = stand(skift) if nobody else request.POST.get("stand", "")
            if _save(request, form, [row], was, version):
                return redirect("skoleperiode", row.pk)
            skift = None if form.errors and not getattr(form, "is_stale", False) else skift
    return _consequences(request, form, skift, titel, "Gem perioden", back, sti)


def _save(request, form, rows, was, version=None) -> bool:
    try:
        services.save_perioder(request.user, perioder=rows, was=was, version=version)
    except ValidationError as error:
        form.is_stale = isinstance(error, StaleError)
        add_errors(form, error)
        if form.is_stale and version is not None:
            form.renew(services.periode_version(Skoleperiode.objects.get(pk=rows[0].pk)))
        return False
    messages.success(request, f"{count_noun(len(rows), 'skoleperiode', 'skoleperioder')} er gemt.")
    return True


@roles(Rolle.ELEVANSVARLIG)
def skolehold_kopier(request, pk):
    found = fetch(request, pk)
    sources = queries.earlier_classes(found)
    form, skift, rows = KopierForm(request.POST or None, kilder=sources), None, []
    back = reverse("skolehold", args=[pk])
    if form.is_valid():
        rows = queries.copied(found, form.cleaned_data["kilde"], form.cleaned_data["aar"])
        skift = find_skift(rows)
        if "gem" in request.POST and _save(request, form, rows, request.POST.get("stand", "")):
            return redirect(back)
    sti = trail((found.navn, back), ("Kopiér perioder", None))
    titel = "Kopiér perioder fra et andet år"
    return _consequences(request, form, skift, titel, "Gem perioderne", back, sti, perioder=rows)


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_slet(request, pk):
    row = fetch_periode(request, pk)
    back = reverse("skolehold", args=[row.skolehold_id])
    skift = find_skift([], slettes=[row])
    if request.method == "POST":
        try:
            services.delete_periode(request.user, periode=row, was=request.POST.get("stand", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("skoleperiode", pk)
        messages.success(request, f"{row} er slettet.")
        return redirect(back)
    sti = periode_trail(row, (str(row), reverse("skoleperiode", args=[pk])), ("Slet", None))
    back = reverse("skoleperiode", args=[pk])
    return _consequences(request, None, skift, f"Slet {row}", "Slet perioden", back, sti)


def _consequences(request, form, skift, titel, knap, back, sti, **more):
    context = {"form": form, "skift": skift, "stand": stand(skift) if skift is not None else "", "titel": titel}
    context |= {"knap": knap, "fortryd_url": back, "sti": sti, **more}
    return render(request, "skoleophold/foelger.html", context, status=status_of(form) if form else 200)


# --- one elev in one period ----------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def skoleophold_ret(request, pk):
    rows = permissions.editable_skoleophold(request.user)
    rows = rows.select_related("elev__bruger", "skoleperiode__skolehold", "kalenderperiode")
    ophold = get_object_or_404(rows, pk=pk)
    form = EgneDageForm.of(ophold, request.POST or None)
    back = reverse("skoleperiode", args=[ophold.skoleperiode_id])
    if form.is_valid() and _set_days(request, form, ophold):
        messages.success(request, f"{ophold.elev}: dagene på {ophold.skoleperiode} er gemt.")
        return redirect(back)
    audit.log_read(request, person=ophold.elev.bruger)
    titel = f"{ophold.elev}, {ophold.skoleperiode}"
    sti = periode_trail(ophold.skoleperiode, (str(ophold.skoleperiode), back), (str(ophold.elev), None))
    context = {"form": form, "titel": titel, "knap": "Gem dagene", "sti": sti, "fortryd_url": back}
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))


def _set_days(request, form, ophold) -> bool:
    valg, data = form.cleaned_data["valg"], form.cleaned_data
    try:
        if valg == "holdet":
            services.follow_class(request.user, ophold=ophold)
        else:
            own = valg == "egne"
            first, last = (data["startdato"], data["sidste_dag"]) if own else (None, None)
            services.set_own_days(request.user, ophold=ophold, startdato=first, sidste_dag=last)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_fremmoede(request, pk):
    """A table with a row for each elev; every row that is filled in is saved, or none when one is wrong."""
    periode = fetch_periode(request, pk)
    side = queries.get_periodeside(periode)
    rows = [(each.ophold, _row_form(request, each.ophold)) for each in side.deltagere if each.ophold.kalenderperiode]
    back = reverse("skoleperiode", args=[pk])
    wrong = request.method == "POST" and not all([form.is_valid() for _, form in rows])
    if request.method == "POST" and not wrong:
        filled = [(ophold, form.cleaned_data) for ophold, form in rows if form.er_udfyldt]
        services.set_fremmoede(request.user, rows=filled)
        messages.success(request, f"Fremmødet er gemt for {count_noun(len(filled), 'elev', 'elever')}.")
        return redirect(back)
    audit.log_read(request, art=Opslag.Art.LISTE)
    sti = periode_trail(periode, (str(periode), back), ("Fremmøde", None))
    context = {"periode": periode, "raekker": rows, "sti": sti, "fortryd_url": back, "forkert": wrong}
    return render(request, "skoleophold/fremmoede.html", context, status=422 if wrong else 200)


def _row_form(request, ophold) -> FremmoedeForm:
    first = {"til_stede": ophold.dage_til_stede, "syg": ophold.dage_syg, "ulovligt": ophold.dage_ulovligt}
    dage = ophold.kalenderperiode.span.days
    return FremmoedeForm(request.POST or None, initial=first, prefix=f"o{ophold.pk}", dage=dage)
