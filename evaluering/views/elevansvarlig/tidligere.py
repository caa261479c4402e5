"""The evaluations of a hold: how many are how far, and what was not held here of its past."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from elevforloeb.permissions import visible_hold
from evaluering.forms.tidligere import PAPIR, TidligereForm
from evaluering.permissions import visible_evalueringer
from evaluering.queries.liste import count_by_status
from evaluering.queries.tidligere import earlier_talks
from evaluering.services import tidligere as services


@roles(Rolle.ELEVANSVARLIG)
def hold_evalueringer(request, pk):
    hold = get_object_or_404(visible_hold(request.user), pk=pk)
    form = TidligereForm(request.POST if request.method == "POST" else None, tidligere=earlier_talks(hold.elever.all()))
    if accepted(form, lambda **_: _take_up(request.user, form)):
        messages.success(request, form.result)
        return redirect("hold_evalueringer", pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    counts = count_by_status(visible_evalueringer(request.user).filter(elev__hold=hold))
    context = {"hold": hold, "form": form, "antal": counts}
    return render(request, "evaluering/hold_evalueringer.html", context, status=status_of(form))


def _take_up(actor, form: TidligereForm) -> str:
    data = form.cleaned_data
    if data["hvad"] == PAPIR:
        number = services.held_on_paper(actor, samtaler=form.valgte, papir=data["papir"])
        return f"{count_noun(number, 'samtale', 'samtaler')} står som holdt på papir."
    number = services.hold_now(actor, samtaler=form.valgte, til=data["til"])
    return f"{count_noun(number, 'samtale', 'samtaler')} skal holdes nu. De, der skal svare, kan begynde."
