"""One's own calendar, and the secret address at which other programs fetch it."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.audit import log_read
from elevforloeb.core.dates import today
from elevforloeb.core.models import Opslag
from elevforloeb.project import abonnement as abonnementer
from elevforloeb.project.kalender import entries
from elevforloeb.project.kalendervisning import Visning, days_with_entries, under_way, weeks
from elevforloeb.project.models import Kalenderabonnement
from elevforloeb.queries.kalender import Slags

COOKIE = "kalendervalg"


@roles(*Rolle)
def min_kalender(request):
    """The view and the kinds of last time come back with the page, in its address."""
    if not request.GET and (kept := _remembered(request)):
        return redirect(f"{reverse('min_kalender')}?{kept}")
    visning = Visning.of(request.GET, today())
    found = [entry for entry in entries(request.user, visning.dage) if visning.wants(entry)]
    if abonnementer.reads_of_others(request.user):
        log_read(request, art=Opslag.Art.LISTE)
    context = {
        "visning": visning,
        "er_tom": not found,
        "uger": weeks(visning, found),
        "igang": under_way(visning, found),
        "dage": days_with_entries(visning, found),
        "slags": [each for each in Slags if each != Slags.FERIE or request.user.har_rolle(Rolle.ELEV)],
    }
    template = "project/kalender.html#kalender" if request.htmx else "project/kalender.html"
    response = render(request, template, context)
    response.set_cookie(
        COOKIE, visning.husket, path=reverse("min_kalender"), secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def _remembered(request) -> str:
    """Read as a choice again, so that nothing else can come back with it."""
    kept = QueryDict(request.COOKIES.get(COOKIE, ""))
    return Visning.of(kept, today()).husket if kept else ""


@roles(*Rolle)
def abonnement(request):
    """A POST makes the address and shows it, once: it is in no session and no redirect."""
    context = {}
    if request.method == "POST":
        context["adresse"] = abonnementer.address(abonnementer.subscribe(request.user))
    context["abonnement"] = Kalenderabonnement.objects.filter(bruger=request.user).first()
    return render(request, "project/kalender_abonnement.html", context)


@roles(*Rolle)
@require_POST
def abonnement_fjern(request):
    abonnementer.unsubscribe(request.user)
    messages.success(request, "Adressen er fjernet. Den kan ikke bruges længere.")
    return redirect("min_kalender_abonnement")
