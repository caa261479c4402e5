"""The elev decides which later department reads an evaluation, and sees who has."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Afdeling, Rolle
from elevforloeb.models import Elev
from evaluering.queries.delinger import get_delingsside, own_sealed
from evaluering.services.deling import share_with, take_back_share

ACTS = {"del": (share_with, "{} kan nu læse evalueringen."), "tilbage": (take_back_share, "{} kan ikke længere læse.")}


@roles(Rolle.ELEV)
def evaluering_delinger(request):
    elev = get_object_or_404(Elev.objects.select_related("bruger"), bruger=request.user)
    if request.method != "POST":
        return render(request, "evaluering/delinger.html", {"side": get_delingsside(elev)})
    sent = {name: request.POST.get(name, "") for name in ("evaluering", "afdeling", "handling")}
    numbers = (sent["evaluering"], sent["afdeling"])
    if sent["handling"] not in ACTS or not all(each.isdecimal() and len(each) < 10 for each in numbers):
        return HttpResponseBadRequest("Siden er ikke hel. Genindlæs den, og prøv igen.")
    act, done = ACTS[sent["handling"]]
    evaluering = get_object_or_404(own_sealed(elev).select_related("elev"), pk=sent["evaluering"])
    afdeling = get_object_or_404(Afdeling, pk=sent["afdeling"])
    try:
        act(request.user, evaluering=evaluering, afdeling=afdeling)
        messages.success(request, done.format(afdeling.navn))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("evaluering_delinger")
