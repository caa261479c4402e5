"""What every page of a round or an applicant begins with."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from rekruttering.models import Ansoegning, Runde
from rekruttering.permissions import steerable_ansoegninger, visible_ansoegninger, visible_runder
from rekruttering.queries.kort import with_messages, with_talks

UDVALG = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)


def find_runde(request, pk) -> Runde:
    return get_object_or_404(visible_runder(request.user), pk=pk)


def find_ansoegning(request, pk) -> Ansoegning:
    related = ("runde", "adgangsvej", "fortrinssag", "brev", "ansaettelse", "journal", "tilbagetraekning__bruger")
    rows = with_messages(with_talks(visible_ansoegninger(request.user))).select_related(*related).defer("journal__akt")
    return get_object_or_404(rows, pk=pk)


def find_steered(request, pk) -> Ansoegning:
    return get_object_or_404(steerable_ansoegninger(request.user).select_related("runde", "adgangsvej"), pk=pk)


def log(request, ansoegning: Ansoegning, art=Opslag.Art.VIS) -> None:
    """By number: the access log outlives the application and never holds a name."""
    audit.log_read(request, nr=ansoegning.pk, art=art)


def trail(request, runde: Runde) -> list[tuple[str, str]]:
    """Down to the applicants. A member who does not steer has no pages above them."""
    applicants = reverse("ansoegere", args=[runde.pk])
    if not is_elevansvarlig(request.user):
        return [(f"Ansøgere, {runde.titel}", applicants)]
    above = [("Rekruttering", reverse("runder")), (runde.titel, reverse("runde", args=[runde.pk]))]
    return [*above, ("Ansøgere", applicants)]
