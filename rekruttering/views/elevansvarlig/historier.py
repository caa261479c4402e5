"""An elev is asked to tell. What she answers is hers alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted
from rekruttering.forms.redaktion import NyHistorieForm, RetHistorieForm
from rekruttering.models import Elevhistorie
from rekruttering.queries.redaktion import consent_days, elever_to_ask
from rekruttering.services import elevhistorie as services

from .redaktion import text_trail
from .runder import form_page


def _form(request, form, titel, knap, tekst):
    back = reverse("offentligt")
    return form_page(request, form, titel, knap, text_trail((titel, None)), back, tekst=tekst, filer=True)


@roles(Rolle.ELEVANSVARLIG)
def elevhistorie_ny(request):
    first = consent_days()
    form = NyHistorieForm(request.POST or None, request.FILES or None, elever=elever_to_ask(), initial=first)
    if accepted(form, services.ask, actor=request.user):
        messages.success(request, f"{form.result.elev} er spurgt og får en mail.")
        return redirect("offentligt")
    text = "Skriv det, som eleven har fortalt det. Intet bliver vist, før hun eller han har læst det og sagt ja."
    return _form(request, form, "Spørg en elev", "Send til eleven", text)


@roles(Rolle.ELEVANSVARLIG)
def elevhistorie_ret(request, pk):
    row = get_object_or_404(Elevhistorie.objects.select_related("elev"), pk=pk)
    form = RetHistorieForm.of(row, request.POST or None, request.FILES or None)
    if accepted(form, services.change, actor=request.user, row=row):
        messages.success(request, f"Historien er rettet, og {row.elev} er spurgt igen.")
        return redirect("offentligt")
    if getattr(form, "is_stale", False):
        form.renew(services.historie_version(get_object_or_404(Elevhistorie, pk=pk)))
    text = f"{row.elev} bliver spurgt igen, og historien bliver ikke vist, før der er sagt ja til den nye."
    return _form(request, form, f"Ret “{row}”", "Gem, og spørg igen", text)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def elevhistorie_fjern(request, pk):
    services.remove(request.user, row=get_object_or_404(Elevhistorie, pk=pk))
    messages.success(request, "Historien er fjernet.")
    return redirect("offentligt")
