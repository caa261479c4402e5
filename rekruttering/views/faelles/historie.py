"""What an elev tells: her own page of it, and its picture before it is public."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.files.serve import file_response
from rekruttering.permissions import own_historier, visible_historier
from rekruttering.services import elevhistorie as services

JA = "Tak. Din historie kan ses på siden, så længe du har sagt ja til."
NEJ = "Den bliver ikke vist. Du behøver ikke sige hvorfor."
VAEK = "Historien er ikke din, eller den er fjernet."


def min_historie(request):
    """Open to whoever is logged in, so that she can take it back when she is no elev any more."""
    rows = [(row, services.historie_version(row)) for row in own_historier(request.user)]
    return render(request, "rekruttering/min_historie.html", {"historier": rows})


@require_POST
def historie_svar(request):
    number = request.POST.get("historie", "")
    row = own_historier(request.user).filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    if row is None:
        messages.error(request, VAEK)
        return redirect("min_historie")
    try:
        if request.POST.get("svar") == "ja":
            services.say_yes(request.user, row=row, version=request.POST.get("version", ""))
            messages.success(request, JA)
        else:
            services.say_no(request.user, row=row)
            messages.success(request, NEJ)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("min_historie")


@roles(Rolle.ELEV, Rolle.ELEVANSVARLIG)
def elevhistorie_billede(request, pk):
    """The public page has an address of its own for it."""
    rows = visible_historier(request.user).exclude(billede=None).select_related("billede")
    return file_response(request, get_object_or_404(rows, pk=pk).billede, inline=True)
