"""One expense and its receipts, for the elev and for who decides."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.models import Opslag
from skoleophold import permissions
from skoleophold.forms.udgifter import ReturnerForm
from skoleophold.models import Udlaeg
from skoleophold.queries.udlaeg import get_udlaegside


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def udlaeg(request, pk):
    return show(request, fetch_udlaeg(request, pk))


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def bilag(request, pk):
    rows = permissions.visible_bilag(request.user).select_related("fil", "udlaeg__elev__bruger")
    found = get_object_or_404(rows, pk=pk)
    audit.log_read(request, person=found.udlaeg.elev.bruger, art=Opslag.Art.HENT)
    return file_response(request, found.fil, inline=True)


def fetch_udlaeg(request, pk) -> Udlaeg:
    related = ("elev__bruger", "elev__hold", "art", "skoleperiode", "behandlet_af", "udbetaling")
    return get_object_or_404(permissions.visible_udlaeg(request.user).select_related(*related), pk=pk)


def show(request, found: Udlaeg, form: ReturnerForm | None = None):
    """`form`: the reason of a return that has to be mended."""
    audit.log_read(request, person=found.elev.bruger)
    side = get_udlaegside(request.user, found)
    form = form or ReturnerForm(initial={"version": found.version})
    all_of_them = [("Skole", reverse("skole")), ("Udlæg", reverse("udlaeg_liste"))]
    sti = [("Mine udlæg", reverse("mine_udlaeg"))] if side.er_egen else all_of_them
    context = {"side": side, "form": form, "sti": [*sti, (f"Udlæg nr. {found.pk}", None)]}
    return render(request, "skoleophold/udlaeg/udlaeg.html", context, status=status_of(form))
