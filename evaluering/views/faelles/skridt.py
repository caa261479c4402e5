"""The steps of an evaluation, each a button: begun, shared, opened, put off, and when they meet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from evaluering.forms.skridt import MoedeForm, UdsaetForm
from evaluering.models import Evaluering
from evaluering.queries.mangler import unanswered
from evaluering.services import vejen
from evaluering.views.find import DELTAGERE, find_own, find_side

S = Evaluering.Status
WRITERS = (Rolle.ELEV, Rolle.ELEVVEJLEDER)


def step(request, side, service, done: str = "", **more):
    """One press of a button. What stands in the way is said on the page one comes back to."""
    try:
        service(request.user, evaluering=side.evaluering, **more)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect("evaluering", side.evaluering.pk)


@roles(*WRITERS)
@require_POST
def evaluering_begynd(request, pk):
    return step(request, find_own(request, pk), vejen.begin)


@roles(*WRITERS)
def evaluering_del(request, pk):
    """What happens when one shares, what is missing, and the button."""
    side = find_own(request, pk)
    if side.visning not in ("kladde", "samtale") or not side.egen or side.egen.delt:
        return redirect("evaluering", pk)
    if request.method == "POST":
        return _share(request, side)
    missing = unanswered(side.evaluering, side.part) if side.evaluering.status == S.IGANG else []
    return render(request, "evaluering/del.html", {"side": side, "mangler": missing})


def _share(request, side):
    missing = unanswered(side.evaluering, side.part) if side.evaluering.status == S.IGANG else []
    if missing:
        return render(request, "evaluering/del.html", {"side": side, "mangler": missing}, status=422)
    return step(request, side, vejen.share, "Dine svar er delt.")


@roles(*DELTAGERE)
def evaluering_aabn(request, pk):
    """The meeting begins before both have shared: what that means, and the button."""
    side = find_own(request, pk)
    if not side.kan_aabne:
        return redirect("evaluering", pk)
    if request.method == "POST":
        return step(request, side, vejen.open_talk, "Samtalen er åbnet.")
    return render(request, "evaluering/aabn.html", {"side": side})


@roles(Rolle.ELEVVEJLEDER)
def evaluering_overtag(request, pk):
    """Another elevvejleder of the department has begun, and cannot finish."""
    side = find_own(request, pk)
    if side.visning != "optaget":
        return redirect("evaluering", pk)
    if request.method == "POST":
        return step(request, side, vejen.take_over, "Du har overtaget evalueringen.")
    return render(request, "evaluering/overtag.html", {"side": side})


@roles(*DELTAGERE)
def evaluering_moede(request, pk):
    side = find_side(request, pk)
    if not side.kan_saette_moede:
        return redirect("evaluering", pk)
    form = MoedeForm.of(side.evaluering, request.POST if request.method == "POST" else None)
    if accepted(form, lambda **_: vejen.set_moede(request.user, evaluering=side.evaluering, moede=form.moede)):
        messages.success(request, "Tidspunktet er gemt.")
        return redirect("evaluering", pk)
    words = {"titel": "Hvornår holder I samtalen?", "knap": "Gem tidspunktet"}
    return form_page(request, side, form, **words)


@roles(Rolle.ELEVVEJLEDER, Rolle.ELEVANSVARLIG)
def evaluering_udsaet(request, pk):
    side = find_side(request, pk)
    if not side.kan_udsaette:
        raise Http404
    form = UdsaetForm(request.POST if request.method == "POST" else None)
    if accepted(form, vejen.put_off, actor=request.user, evaluering=side.evaluering):
        messages.success(request, "Fristen er udsat.")
        return redirect("evaluering", pk)
    words = {"titel": "Udsæt evalueringen", "knap": "Udsæt", "tekst": "Påmindelserne følger den nye frist."}
    return form_page(request, side, form, **words)


def form_page(request, side, form, **words):
    context = {"side": side, "form": form, **words}
    return render(request, "evaluering/formular.html", context, status=status_of(form))
