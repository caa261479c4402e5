"""Figures of the rounds that are closed, and the list of those who want to hear about the next one."""

from django.contrib import messages
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from rekruttering.excel import rundetal_excel
from rekruttering.forms.opbevaring import FjernAdresseForm
from rekruttering.queries.interesse import get_talentliste
from rekruttering.queries.rundetal import get_rundetal
from rekruttering.services.interesse import forget_address

from .runder import trail


@roles(Rolle.ELEVANSVARLIG)
def rundetal(request):
    context = {"side": get_rundetal(request.user), "sti": trail(("Tal", None))}
    return render(request, "rekruttering/rundetal.html", context)


@roles(Rolle.ELEVANSVARLIG)
def rundetal_fil(request):
    return rundetal_excel(get_rundetal(request.user, highest=None))


@roles(Rolle.ELEVANSVARLIG)
def talentliste(request):
    """Numbers, and a way to take somebody off who rings."""
    form = FjernAdresseForm(request.POST if request.method == "POST" else None)
    if accepted(form, forget_address, actor=request.user):
        if form.result:
            messages.success(request, "Adressen er slettet. Der kommer ikke flere mails om nye runder til den.")
        else:
            messages.info(request, "Adressen står ikke på listen. Måske er den stavet på en anden måde.")
        return redirect("talentliste")
    context = {"side": get_talentliste(), "form": form, "sti": trail(("Besked om næste runde", None))}
    return render(request, "rekruttering/talentliste.html", context, status=status_of(form))
