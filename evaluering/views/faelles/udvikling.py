"""Between the evaluations: what is carried on from the last stay, and short notes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from evaluering import permissions
from evaluering.forms.noter import NoteForm
from evaluering.queries.udvikling import get_udviklingsside
from evaluering.services.dialognoter import add_note, withdraw_note
from evaluering.views.find import find_elev


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV)
def udvikling(request, pk):
    elev = find_elev(request, pk)
    audit.log_read(request, person=elev.bruger)
    return _page(request, elev, NoteForm())


def _page(request, elev, form):
    context = {"side": get_udviklingsside(request.user, elev), "form": form, "elev": elev}
    return render(request, "evaluering/udvikling.html", context, status=status_of(form))


@require_POST
@roles(Rolle.ELEVVEJLEDER, Rolle.ELEV)
def dialognote_ny(request, pk):
    elev = find_elev(request, pk)
    form = NoteForm(request.POST)
    if accepted(form, add_note, actor=request.user, elev=elev):
        messages.success(request, "Noten er gemt.")
        return redirect("udvikling", pk)
    return _page(request, elev, form)


@require_POST
@roles(Rolle.ELEVVEJLEDER, Rolle.ELEV)
def dialognote_fjern(request, pk):
    note = get_object_or_404(permissions.visible_dialognoter(request.user).select_related("elev", "afdeling"), pk=pk)
    try:
        withdraw_note(request.user, note=note)
        messages.success(request, "Noten er fjernet.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("udvikling", note.elev_id)
