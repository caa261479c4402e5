"""Letters to applicants, refusals and messages alike: written once, looked through, sent, followed and stopped."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, add_errors, status_of
from elevforloeb.core.words import count_noun
from rekruttering.forms.afgoerelse import BeskederForm, BreveForm, BrevForm
from rekruttering.models import Brevskabelon
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.afgoerelser import letters_of, steps_of
from rekruttering.services import breve as services
from rekruttering.views.find import find_runde, trail


@dataclass(frozen=True)
class Side:
    slags: services.Slags
    url: str
    titel: str
    form: type[BreveForm]
    ingen: str  # why there is nobody to write to
    skriv_til_alle: bool = False  # they are all ticked, until somebody takes a tick away


AFSLAG = Side(
    services.AFSLAG,
    "breve",
    "Breve om afslag",
    BreveForm,
    "Her skriver du til dem, der er flyttet til “Afslag”.",
    skriv_til_alle=True,
)
BESKED = Side(
    services.BESKED, "beskeder", "Skriv til flere", BeskederForm, "Her skriver du til dem, der har sendt en ansøgning."
)


@roles(Rolle.ELEVANSVARLIG)
def breve(request, pk):
    return _page(request, pk, AFSLAG)


@roles(Rolle.ELEVANSVARLIG)
def beskeder(request, pk):
    """Those who were ticked in the list come along in the address, so that no link of the page forgets them."""
    if "valgt" in request.POST:
        ticked = "-".join(each for each in request.POST.getlist("ansoegning") if each.isdecimal())
        return redirect(f"{reverse('beskeder', args=[pk])}?valgt={ticked}")
    return _page(request, pk, BESKED)


def _page(request, pk, side: Side):
    """The same form all the way, so nothing typed is lost."""
    runde = find_runde(request, pk)
    if request.htmx:
        return _progress(request, runde, side)
    waiting = side.slags.modtagere(runde).filter(pk__in=steerable_ansoegninger(request.user)).order_by("nummer")
    ticked = waiting if side.skriv_til_alle else _ticked(request, waiting)
    ticked = waiting if side.skriv_til_alle else _ticked(request, waiting)
    first = _first(request, side.slags) | {"ansoegning": list(ticked)}
    form = side.form(request.POST if request.method == "POST" else None, ansoegninger=waiting, initial=first)
    kladder = [] if "ret" in request.POST else _drafts(form)
    if kladder and "send" in request.POST:
        return _send(request, runde, side, form)
    context = {"runde": runde, "side": side, "form": form, "kladder": kladder, "venter": waiting.count()}
    context["sendte"] = letters_of(request.user, runde, side.slags)
    context["trin"] = [] if side.skriv_til_alle else steps_of(waiting)
    context["uden_for"] = max(0, len(_wanted(request)) - len(first["ansoegning"]))
    context["skabeloner"] = Brevskabelon.objects.filter(art__in=side.slags.skabeloner)
    context["sti"] = [*trail(request, runde), (side.titel, None)]
    return render(request, "rekruttering/breve.html", context, status=status_of(form))


def _ticked(request, waiting):
    if "valgt" in request.GET:
        return waiting.filter(pk__in=_wanted(request))
    return waiting.filter(tilstand=request.GET.get("tilstand", ""))


def _wanted(request) -> set[int]:
    return {int(each) for each in request.GET.get("valgt", "").split("-") if each.isdecimal() and len(each) < 10}


def _progress(request, runde, side: Side):
    """Asked again and again while they are sent. At last the whole page is shown, with what became of each."""
    sendte = letters_of(request.user, runde, side.slags)
    context = {"runde": runde, "side": side, "sendte": sendte}
    response = render(request, "rekruttering/_brevfremdrift.html", context)
    if not sendte.paa_vej:
        response.headers["HX-Refresh"] = "true"
    return response


def _send(request, runde, side: Side, form):
    done = services.send(request.user, runde=runde, slags=side.slags, **_chosen(form))
    passed_over = len(set(request.POST.getlist("ansoegning"))) - len(done)
    if done:
        messages.success(request, f"{count_noun(len(done), 'brev', 'breve')} er på vej. De sendes et ad gangen.")
    if passed_over:
        who = count_noun(passed_over, "ansøger", "ansøgere")
        messages.warning(request, f"{who} fik ikke brev: det er sendt, eller ansøgeren er flyttet imens.")
    return redirect(side.url, runde.pk)


def _first(request, slags: services.Slags) -> dict:
    art = request.GET.get("skabelon", slags.skabeloner[0])
    row = Brevskabelon.objects.filter(art__in=slags.skabeloner, art=art).first()
    return {"emne": row.emne, "tekst": row.tekst} if row else {}


def _chosen(form) -> dict:
    values = dict(form.cleaned_data)
    return {"ansoegninger": values.pop("ansoegning"), **values}


def _drafts(form):
    if not form.is_valid():
        return []
    values = form.cleaned_data
    try:
        return services.drafts(values["ansoegning"], emne=values["emne"], tekst=values["tekst"])
    except ValidationError as error:
        add_errors(form, error)
        return []


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def breve_stop(request, pk):
    return _stop(request, pk, AFSLAG)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def beskeder_stop(request, pk):
    return _stop(request, pk, BESKED)


def _stop(request, pk, side: Side):
    runde = find_runde(request, pk)
    mine = steerable_ansoegninger(request.user).filter(runde=runde)
    stopped = services.stop(request.user, ansoegninger=mine, slags=side.slags)
    told = count_noun(stopped, "brev blev", "breve blev")
    messages.success(request, f"{told} standset. Resten var allerede sendt." if stopped else "Alle var allerede sendt.")
    return redirect(side.url, pk)


@roles(Rolle.ELEVANSVARLIG)
def brevskabelon(request, art):
    skabelon = get_object_or_404(Brevskabelon, art=art)
    first = {"emne": skabelon.emne, "tekst": skabelon.tekst}
    form = BrevForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, services.save_skabelon, actor=request.user, skabelon=skabelon):
        messages.success(request, "Skabelonen er gemt.")
        return redirect("runder")
    context = {"form": form, "skabelon": skabelon, "sti": [("Rekruttering", reverse("runder")), (str(skabelon), None)]}
    return render(request, "rekruttering/brevskabelon.html", context, status=status_of(form))
