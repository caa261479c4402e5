"""What is done before a new elev's first day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.permissions import visible_elever
from rekruttering.forms.afgoerelse import PunktForm
from rekruttering.models import Opstartspunkt
from rekruttering.permissions import visible_ansaettelser
from rekruttering.queries.opstart import get_opstart
from rekruttering.services import ansaettelse as services

from .runder import trail


@roles(Rolle.ELEVANSVARLIG)
def opstartsliste(request):
    context = {"elever": get_opstart(request.user), "sti": trail(("Før start", None))}
    return render(request, "rekruttering/opstartsliste.html", context)


@roles(Rolle.ELEVANSVARLIG)
def opstart(request, pk):
    """The list of one elev, with a line more. Who did not come by an application here has none until it is begun."""
    elev = get_object_or_404(visible_elever(request.user).select_related("bruger", "hold"), pk=pk)
    row = visible_ansaettelser(request.user).filter(elev=elev).select_related("buddy").first()
    sti = [(str(elev), reverse("elev", args=[pk])), ("Før start", None)]
    if row is None:
        return render(request, "rekruttering/opstart.html", {"elev": elev, "sti": sti})
    form = PunktForm(request.POST if request.method == "POST" else None)
    if accepted(form, services.add_punkt, actor=request.user, ansaettelse=row):
        messages.success(request, "Punktet er tilføjet.")
        return redirect("opstart", pk)
    punkter = row.punkter.select_related("gjort_af")
    context = {"elev": elev, "ansaettelse": row, "punkter": punkter, "form": form, "sti": sti}
    return render(request, "rekruttering/opstart.html", context, status=status_of(form))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def opstart_begynd(request, pk):
    elev = get_object_or_404(visible_elever(request.user), pk=pk)
    services.begin_list(request.user, elev=elev)
    return redirect("opstart", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def opstart_kryds(request, pk):
    rows = Opstartspunkt.objects.filter(ansaettelse__in=visible_ansaettelser(request.user))
    punkt = get_object_or_404(rows.select_related("ansaettelse__elev__bruger"), pk=pk)
    services.tick(request.user, punkt=punkt, gjort="gjort" in request.POST)
    return redirect(f"{reverse('opstart', args=[punkt.ansaettelse.elev_id])}#punkt-{pk}")
