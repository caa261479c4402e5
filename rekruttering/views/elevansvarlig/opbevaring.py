"""How long cases are kept, and how they are filed before they are deleted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit, filejob
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.files.store import Damaged
from elevforloeb.core.models import Opslag
from elevforloeb.core.pdf import PdfUnavailable
from elevforloeb.core.words import count_noun
from rekruttering.forms.opbevaring import BeholdForm, SagsjournalForm
from rekruttering.models import Sagsmappe
from rekruttering.permissions import keepable_ansoegninger, steerable_ansoegninger, visible_ansoegninger
from rekruttering.queries.opbevaring import get_opbevaring, unfiled
from rekruttering.services import beholdelse, sagsjournal
from rekruttering.services import sagsmappe as services
from rekruttering.views.find import find_steered, log

from .runder import fetch, form_page, trail

SIDE = "Journalisering og sletning"


@roles(Rolle.ELEVANSVARLIG)
def runde_sletning(request, pk):
    """What goes when, what is kept, and what is not filed. The form marks those that are."""
    runde = fetch(request, pk)
    mine = steerable_ansoegninger(request.user).filter(runde=runde)
    form = SagsjournalForm(request.POST if request.method == "POST" else None, ansoegninger=mine)
    if form.is_valid():
        chosen = unfiled(mine) if form.alle else form.cleaned_data["ansoegning"]
        done = sagsjournal.enter(request.user, ansoegninger=chosen, **form.facts)
        told = "på vej til journalen" if form.sendes else "markeret som journaliseret"
        messages.success(request, f"{count_noun(done, 'sag', 'sager')} er {told}.")
        return redirect("runde_sletning", pk)
    audit.log_read(request, nr=runde.pk, art=Opslag.Art.LISTE)
    context = {"side": get_opbevaring(request.user, runde), "form": form}
    context["valgte"] = {int(each) for each in request.POST.getlist("ansoegning") if each.isdecimal()}
    context["sti"] = trail((runde.titel, reverse("runde", args=[pk])), (SIDE, None))
    return render(request, "rekruttering/runde_sletning.html", context, status=status_of(form))


# --- kept beyond its time -------------------------------------------------------------------------------------------


def _keepable(request, pk):
    return get_object_or_404(keepable_ansoegninger(request.user).select_related("runde"), pk=pk)


@roles(Rolle.ELEVANSVARLIG)
def ansoegning_behold(request, pk):
    """By number when the reader may not read the case."""
    row = _keepable(request, pk)
    log(request, row)
    first = {"beholdes_til": row.beholdes_til, "beholdes_grund": row.beholdes_grund}
    form = BeholdForm(request.POST if request.method == "POST" else None, initial=first)
    back = _back(request, row)
    if accepted(form, beholdelse.keep, actor=request.user, ansoegning=row):
        messages.success(request, f"{row} bliver ikke slettet før den dag.")
        return redirect(back)
    tekst = f"{row} i {row.runde}. {_when(row)} Vælg en dag, og skriv grunden: så venter sletningen på den."
    sti = trail(
        (row.runde.titel, reverse("runde", args=[row.runde_id])),
        (SIDE, reverse("runde_sletning", args=[row.runde_id])),
        ("Slet ikke endnu", None),
    )
    return form_page(request, form, "Slet ikke endnu", "Gem", sti, back, tekst=tekst)


def _when(row) -> str:
    if row.runde.slettes is None:
        return "Runden er ikke afsluttet, så intet bliver slettet endnu."
    if row.runde.er_slettet:
        return f"De andre ansøgninger blev slettet {full_date(row.runde.slettes)}."
    return f"Slettes ellers {full_date(row.runde.slettes)}."


def _back(request, row) -> str:
    """To the case, for whoever may read it."""
    if visible_ansoegninger(request.user).filter(pk=row.pk).exists():
        return reverse("ansoeger", args=[row.pk])
    return reverse("runde_sletning", args=[row.runde_id])


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def ansoegning_behold_ikke(request, pk):
    row = _keepable(request, pk)
    try:
        beholdelse.let_go(request.user, ansoegning=row)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("runde_sletning", row.runde_id)
    messages.success(request, f"{row} følger igen rundens frist.")
    return redirect(_back(request, row))


# --- files for the journal ------------------------------------------------------------------------------------------


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def ansoegning_sag(request, pk):
    """The whole case as a ZIP file."""
    row = find_steered(request, pk)
    log(request, row, Opslag.Art.HENT)
    try:
        content = services.case_file(request.user, ansoegning=row)
    except PdfUnavailable as missing:
        return render(request, "core/pdf_mangler.html", {"mangler": str(missing)}, status=503)
    except Damaged:
        messages.error(request, "Et af ansøgerens bilag kan ikke læses. Sig det til den, der driver systemet.")
        return redirect("ansoeger", pk)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="sag-{row.runde.slug}-{row.nummer}.zip"'
    return response


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def sagsmappe_ny(request, pk):
    runde = fetch(request, pk)
    try:
        ordered = services.order(request.user, runde=runde)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("runde_sletning", pk)
    if len(ordered) == 1:
        return redirect("sagsmappe", ordered[0].pk)
    messages.success(request, f"Bilagene fylder så meget, at sagerne kommer i {len(ordered)} filer. De laves nu.")
    return redirect(f"{reverse('runde_sletning', args=[pk])}#h-mappe")


def find_mappe(request, pk) -> Sagsmappe:
    """Only the one who asked for it."""
    rows = Sagsmappe.objects.filter(bestilt_af=request.user).select_related("runde").defer("fil")
    return get_object_or_404(rows, pk=pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def sagsmappe(request, pk):
    found = find_mappe(request, pk)
    back = reverse("runde_sletning", args=[found.runde_id])
    context = {"mappe": found, "job": found, "url": reverse("sagsmappe", args=[pk]), "hvad": "sag,sager"}
    context["sti"] = trail(
        (found.runde.titel, reverse("runde", args=[found.runde_id])), (SIDE, back), ("Sager i en fil", None)
    )
    return filejob.followed(request, found, "rekruttering/sagsmappe.html", context)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def sagsmappe_stop(request, pk):
    filejob.stop(find_mappe(request, pk))
    return redirect("sagsmappe", pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def sagsmappe_hent(request, pk):
    found = find_mappe(request, pk)
    if found.status != Sagsmappe.Status.FAERDIG:
        raise Http404
    audit.log_read(request, nr=found.runde_id, art=Opslag.Art.HENT)
    return filejob.file_of(found, f"sager-{found.runde.slug}-{found.foerste}-{found.sidste}.zip")
