"""What every page of one evaluation, or about one elev, begins with."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_elever
from evaluering.models import Evaluering
from evaluering.permissions import visible_evalueringer
from evaluering.queries.side import RELATED, Side, get_side

# A leder sees in the list how far each one is, and opens none: there is nothing in it for her to read.
DELTAGERE = (Rolle.ELEV, Rolle.ELEVVEJLEDER, Rolle.ELEVANSVARLIG)


def find_elev(request, pk) -> Elev:
    return get_object_or_404(visible_elever(request.user).select_related("bruger", "hold", "maalsaet"), pk=pk)


def find_self(request) -> Elev:
    return get_object_or_404(Elev.objects.select_related("bruger", "hold"), bruger=request.user)


def find_evaluering(request, pk) -> Evaluering:
    return get_object_or_404(visible_evalueringer(request.user).select_related(*RELATED), pk=pk)


def find_side(request, pk) -> Side:
    return get_side(request.user, find_evaluering(request, pk))


def find_own(request, pk) -> Side:
    """For those who hold the talk. Others who may know of the evaluation can do nothing in it."""
    side = find_side(request, pk)
    if side.part not in side.evaluering.parter:
        raise Http404
    return side


def log(request, evaluering: Evaluering) -> None:
    audit.log_read(request, person=evaluering.elev.bruger, nr=evaluering.pk)
