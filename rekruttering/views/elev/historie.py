"""The elev's own page about what she tells: yes, no, and no longer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from rekruttering.permissions import own_historier
from rekruttering.services import elevhistorie as services


@roles(Rolle.ELEV)
def min_historie(request):
    rows = [(row, services.historie_version(row)) for row in own_historier(request.user)]
    return render(request, "rekruttering/min_historie.html", {"historier": rows})


def _answer(request, pk, service, told, **arguments):
    row = get_object_or_404(own_historier(request.user), pk=pk)
    try:
        service(request.user, row=row, **arguments)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, told)
    return redirect("min_historie")


@require_POST
@roles(Rolle.ELEV)
def historie_ja(request, pk):
    told = "Tak. Din historie kan ses på siden, så længe du har sagt ja til."
    return _answer(request, pk, services.say_yes, told, version=request.POST.get("version", ""))


@require_POST
@roles(Rolle.ELEV)
def historie_nej(request, pk):
    return _answer(request, pk, services.say_no, "Den bliver ikke vist. Du behøver ikke sige hvorfor.")
