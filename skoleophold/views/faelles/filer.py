"""Files from the school about a class or an elev: read by those who may, put there by the elev or elevansvarlig."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.models import Opslag
from skoleophold import permissions
from skoleophold.forms.filer import BilagForm
from skoleophold.services import filer as services

from .elever import elev_trail, home

WRITERS = (Rolle.ELEVANSVARLIG, Rolle.ELEV)
READERS = (*WRITERS, Rolle.ELEVVEJLEDER)
OF_THE_ELEV = "Elevvejlederen kan kun læse det, når eleven deler sine karakterer."


@roles(*READERS)
def skoleperiode_indkaldelse(request, pk):
    rows = permissions.visible_indkaldelser(request.user).select_related("indkaldelse")
    return _hand_out(request, get_object_or_404(rows, pk=pk))


@roles(*READERS)
def skolevejledning(request, pk):
    rows = permissions.visible_skolevejledninger(request.user).select_related("elev__bruger", "skolevejledning")
    return _hand_out(request, get_object_or_404(rows, pk=pk))


@roles(*READERS)
def karakter_bevis(request, pk):
    """As the grade itself: an elevvejleder reads it when the elev shares."""
    rows = permissions.visible_karakterer(request.user).select_related("elev__bruger", "bevis")
    return _hand_out(request, get_object_or_404(rows, pk=pk))


@roles(*READERS)
def fagproeve_bevis(request, pk):
    """`pk`: of the attempt."""
    rows = permissions.readable_forsoeg(request.user).select_related("elev__bruger", "bevis")
    return _hand_out(request, get_object_or_404(rows, pk=pk))


def _hand_out(request, ejer):
    fil = services.file_of(ejer)
    if fil is None:
        raise Http404
    elev = getattr(ejer, "elev", None)
    audit.log_read(request, person=elev and elev.bruger, art=Opslag.Art.HENT)
    return file_response(request, fil, inline=True)


# --- a skolevejledning and the proofs of grades -----------------------------------------------------------------------


@roles(*WRITERS)
def skolevejledning_ret(request, pk):
    tekst = "Skolens skriftlige tilbagemelding efter skoleopholdet. Elevvejlederen kan læse den."
    return _put(request, _ophold(request, pk), tekst, "skolevejledning_slet")


@require_POST
@roles(*WRITERS)
def skolevejledning_slet(request, pk):
    return _remove(request, _ophold(request, pk))


@roles(*WRITERS)
def karakter_bevis_ret(request, pk):
    return _put(request, _karakter(request, pk), OF_THE_ELEV, "karakter_bevis_slet")


@require_POST
@roles(*WRITERS)
def karakter_bevis_slet(request, pk):
    return _remove(request, _karakter(request, pk))


@roles(*WRITERS)
def fagproeve_bevis_ret(request, pk):
    return _put(request, _forsoeg(request, pk), OF_THE_ELEV, "fagproeve_bevis_slet")


@require_POST
@roles(*WRITERS)
def fagproeve_bevis_slet(request, pk):
    return _remove(request, _forsoeg(request, pk))


def _forsoeg(request, pk):
    rows = permissions.editable_forsoeg(request.user).exclude(vaerdi="")
    return get_object_or_404(rows.select_related("elev__bruger", "bevis"), pk=pk)


def _ophold(request, pk):
    rows = permissions.editable_skolevejledninger(request.user)
    return get_object_or_404(rows.select_related("elev__bruger", "skoleperiode", "skolevejledning"), pk=pk)


def _karakter(request, pk):
    rows = permissions.editable_karakterer(request.user)
    return get_object_or_404(rows.select_related("elev__bruger", "fag", "skoleperiode", "bevis"), pk=pk)


def _put(request, ejer, tekst, slet):
    elev, titel = ejer.elev, services.what(ejer)
    form = BilagForm(request.POST or None, request.FILES or None)
    if accepted(form, services.attach, actor=request.user, ejer=ejer):
        messages.success(request, f"{titel} er gemt.")
        return redirect(home(request.user, elev))
    audit.log_read(request, person=elev.bruger)
    context = {"form": form, "titel": titel, "tekst": tekst, "fil": services.file_of(ejer), "ejer": ejer, "slet": slet}
    context |= {"fortryd_url": home(request.user, elev), "sti": elev_trail(request, elev, (titel, None))}
    return render(request, "skoleophold/bilag.html", context, status=status_of(form))


def _remove(request, ejer):
    try:
        services.detach(request.user, ejer=ejer)
        messages.success(request, f"{services.what(ejer)} er fjernet.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(home(request.user, ejer.elev))
