"""A file from the school: read, looked at, saved whole or thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from skoleophold import permissions
from skoleophold.forms.karakterer import FilForm
from skoleophold.models import Indlaesning
from skoleophold.queries.foelger import find_skift, stand
from skoleophold.queries.linjer import Udfald, counts
from skoleophold.services import indlaesning as services

from .skolehold import trail

PER_PAGE = 100
SHOWN = {"fejl": Udfald.FEJL, "ny": Udfald.NY, "aendret": Udfald.AENDRET, "uaendret": Udfald.UAENDRET}


@roles(Rolle.ELEVANSVARLIG)
def skole_indlaes(request):
    first = {"art": request.GET.get("art", Indlaesning.Art.PERIODER), "skolehold": request.GET.get("hold")}
    form = FilForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        hold = data["skolehold"] if data["art"] == Indlaesning.Art.PERIODER else None
        standard = {"skolehold": hold.navn} if hold else None
        try:
            found = services.read_file(request.user, art=data["art"], fil=data["fil"], standard=standard)
        except ValidationError as error:
            form.add_error("fil", error)
        else:
            return redirect("indlaesning", found.pk)
    context = {"form": form, "sti": trail(("Hent fra fil", None))}
    return render(request, "skoleophold/indlaes.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def indlaesning(request, pk):
    """What is there on the way in. Wrong lines stand first."""
    found = get_object_or_404(permissions.visible_indlaesninger(request.user), pk=pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    linjer = services.lines_of(found)
    chosen = SHOWN.get(request.GET.get("vis", ""))
    shown = [linje for linje in linjer if chosen in (None, linje.udfald)]
    if chosen is None:
        shown.sort(key=lambda linje: linje.udfald != Udfald.FEJL)
    context = {
        "indlaesning": found,
        "antal": counts(linjer),
        "i_alt": len(linjer),
        "vis": request.GET.get("vis", ""),
        "side": Paginator(shown, PER_PAGE).get_page(request.GET.get("side")),
        "sti": trail(("Hent fra fil", reverse("skole_indlaes")), (found.filnavn, None)),
    }
    return render(request, "skoleophold/indlaesning.html", context | _for_the_elever(found, context["antal"]))


def _for_the_elever(found: Indlaesning, antal) -> dict:
    """What the periods do to the calendars, once all lines can be used."""
    if found.art != Indlaesning.Art.PERIODER or antal[Udfald.FEJL]:
        return {"stand": ""}
    _, rows = services.judged_again(found)
    skift = find_skift(rows)
    hits = [each for each in skift if each.rammer]
    return {"stand": stand(skift), "skift": hits[:PER_PAGE], "skift_i_alt": len(hits)}


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def indlaesning_gem(request, pk):
    found = _find(request.user, pk)
    if found is None:
        return _dealt_with(request)
    try:
        number = services.confirm(request.user, indlaesning=found, was=request.POST.get("stand", ""))
    except ValidationError as error:
        services.show_again(found)
        messages.error(request, error.messages[0])
        return redirect("indlaesning", pk)
    saved = number[Udfald.NY] + number[Udfald.AENDRET]
    messages.success(
        request,
        f"{count_noun(saved, 'linje', 'linjer')} er gemt: {count_noun(number[Udfald.NY], 'ny', 'nye')}, "
        f"{count_noun(number[Udfald.AENDRET], 'ændret', 'ændrede')}.",
    )
    return redirect("skole")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def indlaesning_kasser(request, pk):
    found = _find(request.user, pk)
    if found is None:
        return _dealt_with(request)
    services.discard(found)
    messages.success(request, "Filen er lagt væk. Der er ikke gemt noget fra den.")
    return redirect("skole_indlaes")


def _find(user, pk) -> Indlaesning | None:
    """None when it is dealt with already: by a second click, or in a second window."""
    if not Indlaesning.objects.filter(pk=pk).exists():
        return None
    return get_object_or_404(permissions.visible_indlaesninger(user), pk=pk)


def _dealt_with(request):
    messages.info(request, "Filen er allerede gemt eller lagt væk, måske i et andet vindue.")
    return redirect("skole")
