"""A study trip as each reads it, an elev's checklist, her contact, and the list with whom to call."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.pdf import pdf_response
from skoleophold import permissions
from skoleophold.forms.studietur import NoedkontaktForm, TjeklisteForm
from skoleophold.models import Turfil
from skoleophold.queries import studietur as queries
from skoleophold.services import studietur as services

READERS = (*permissions.LEDSAGERE, Rolle.ELEV)
WRITERS = (Rolle.ELEVANSVARLIG, Rolle.ELEV)


def fetch_tur(request, pk):
    rows = permissions.visible_studieture(request.user).select_related("skoleperiode__skolehold", "ledsager")
    return get_object_or_404(rows, pk=pk)


def tur_trail(request, tur, *steps):
    user, here = request.user, (str(tur), reverse("studietur", args=[tur.pk]) if steps else None)
    if permissions.is_elevansvarlig(user):
        periode = tur.skoleperiode
        above = [("Skole", reverse("skole")), (str(periode), reverse("skoleperiode", args=[periode.pk]))]
    elif user.har_rolle(Rolle.ELEV):
        above = [("Skole og karakterer", reverse("min_skole"))]
    else:
        above = [("Overblik", reverse("forside"))]
    return [*above, here, *steps]


@roles(*READERS)
def studietur(request, pk):
    tur = fetch_tur(request, pk)
    side = queries.get_turside(request.user, tur)
    if side.kan_rette:
        audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "skoleophold/studietur.html", {"side": side, "sti": tur_trail(request, tur)})


@roles(*READERS)
def turfil(request, pk):
    rows = Turfil.objects.filter(studietur__in=permissions.visible_studieture(request.user)).select_related("fil")
    return file_response(request, get_object_or_404(rows, pk=pk).fil, inline=True)


# --- whom to call ----------------------------------------------------------------------------------------------------


def _kontaktliste(request, pk, art):
    tur = fetch_tur(request, pk)
    if not permissions.can_see_kontakter(request.user, tur):
        raise Http404
    audit.log_read(request, art=art)
    return queries.get_kontaktliste(tur)


@roles(*permissions.LEDSAGERE)
def studietur_kontakter(request, pk):
    liste = _kontaktliste(request, pk, Opslag.Art.LISTE)
    context = {"liste": liste, "sti": tur_trail(request, liste.tur, ("Kontaktliste", None))}
    return render(request, "skoleophold/studietur_kontakter.html", context)


@roles(*permissions.LEDSAGERE)
def studietur_kontakter_pdf(request, pk):
    liste = _kontaktliste(request, pk, Opslag.Art.HENT)
    return pdf_response(request, "skoleophold/studietur_kontakter_pdf.html", {"liste": liste}, f"kontaktliste-{pk}.pdf")


# --- one elev --------------------------------------------------------------------------------------------------------


def _of_elev(request, pk, elev):
    """The trip and the elev on it: herself, or anybody for the elevansvarlig."""
    tur = fetch_tur(request, pk)
    rows = queries.deltagere(tur)
    if not permissions.is_elevansvarlig(request.user):
        rows = rows.filter(bruger=request.user)
    found = get_object_or_404(rows, pk=elev)
    audit.log_read(request, person=found.bruger)
    return tur, found


@roles(*WRITERS)
def studietur_tjekliste(request, pk, elev):
    tur, found = _of_elev(request, pk, elev)
    form = TjeklisteForm(request.POST if request.method == "POST" else None, tur=tur)
    if accepted(form, services.set_kryds, actor=request.user, tur=tur, elev=found):
        messages.success(request, "Tjeklisten er gemt.")
        return redirect("studietur", pk)
    (liste,) = queries.tjeklister(tur, [found])
    titel = "Min tjekliste" if permissions.is_own(request.user, found) else f"Tjekliste: {found}"
    context = {"form": form, "tur": tur, "liste": liste, "titel": titel}
    context["sti"] = tur_trail(request, tur, (titel, None))
    return render(request, "skoleophold/studietur_tjekliste.html", context, status=status_of(form))


@roles(*WRITERS)
def studietur_noedkontakt(request, pk, elev):
    tur, found = _of_elev(request, pk, elev)
    kontakt = tur.noedkontakter.filter(elev=found).first()
    form = NoedkontaktForm.of(kontakt, request.POST or None)
    back = reverse("studietur_tjekliste", args=[pk, elev])
    if accepted(form, services.save_noedkontakt, actor=request.user, tur=tur, elev=found):
        messages.success(request, "Nødkontakten er gemt. Den bliver slettet nogle uger efter turen.")
        return redirect(back)
    context = {"form": form, "tur": tur, "elev": found, "kontakt": kontakt, "fortryd_url": back, "knap": "Gem"}
    context["sti"] = tur_trail(request, tur, ("Tjekliste", back), ("Nødkontakt", None))
    return render(request, "skoleophold/studietur_noedkontakt.html", context, status=status_of(form))


@require_POST
@roles(*WRITERS)
def studietur_noedkontakt_slet(request, pk, elev):
    tur, found = _of_elev(request, pk, elev)
    kontakt = get_object_or_404(tur.noedkontakter, elev=found)
    services.delete_noedkontakt(request.user, kontakt=kontakt)
    messages.success(request, "Nødkontakten er slettet.")
    return redirect("studietur_tjekliste", pk, elev)
