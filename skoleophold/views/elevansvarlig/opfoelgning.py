from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from skoleophold import permissions
from skoleophold.services import karakterer as services


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def karakter_fulgt_op(request, pk):
    """Somebody has talked with her about a grade that was not passed."""
    rows = permissions.editable_karakterer(request.user).select_related("elev__bruger", "fag", "skoleperiode")
    karakter = get_object_or_404(rows, pk=pk)
    try:
        services.mark_followed_up(request.user, karakter=karakter)
        messages.success(request, "Det er skrevet ned, at der er fulgt op.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("elev_skole", karakter.elev_id)
