"""What a department offers. Its own people answer until the deadline, the elevansvarlig for them at any time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.forms.oensker import UdbudForm
from elevforloeb.queries.oensker.pladser import answers_of
from elevforloeb.services.oensker import answer_udbud


@roles(Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)
def udbud(request, pk):
    visible = permissions.visible_udbudssvar(request.user)
    svar = get_object_or_404(visible.select_related("runde__hold__model"), pk=pk)
    answer = answers_of(visible.filter(pk=pk), svar.runde)[0]
    kan_svare = permissions.can_answer_udbud(request.user, answer.svar)
    paa_vegne = permissions.answers_for_another(request.user, answer.svar)
    form = UdbudForm.of(answer, request.POST if request.method == "POST" else None, paa_vegne=paa_vegne)
    if request.method == "POST" and form.is_valid() and _save(request, form, answer.svar, paa_vegne):
        messages.success(request, f"Svaret for {svar.afdeling.navn} er gemt.")
        if paa_vegne:
            return redirect("hold_oensker", svar.runde.hold_id)
        return redirect("udbud", pk)
    context = {"svar": answer.svar, "side": answer, "form": form, "kan_svare": kan_svare, "paa_vegne": paa_vegne}
    return render(request, "elevforloeb/oensker/udbud.html", context, status=status_of(form))


def _save(request, form: UdbudForm, svar, paa_vegne: bool) -> bool:
    try:
        answer_udbud(request.user, svar=svar, paa_vegne=paa_vegne, **form.svar)
    except ValidationError as error:
        form.is_stale = isinstance(error, StaleError)
        add_errors(form, error)
        if form.is_stale:
            svar.refresh_from_db(fields=["svar", "besvaret"])
            form.renew(svar)
        return False
    return True
