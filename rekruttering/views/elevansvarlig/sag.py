"""What the elevansvarlig does with applicants: moves, one or many, and the duties of the law."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.words import count_noun
from rekruttering.forms.proces import (
    FlytFlereForm,
    FlytForm,
    FortrinssagForm,
    OplysningForm,
    PartshoeringForm,
    ReferenceForm,
    SamtykkeForm,
)
from rekruttering.models import Ansoegning, Fortrinssag, Partshoering, Reference
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.services import flyt, sag
from rekruttering.views.find import find_runde, find_steered, log, trail
from rekruttering.views.flytning import board, forget_moves, keep_moves, last_move

TOO_LATE = "Det kan ikke fortrydes mere: der er sket noget siden."


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def ansoegning_flyt(request, pk):
    """Back to where the button was pressed: the board or the applicant's own page."""
    ansoegning = find_steered(request, pk)
    form = FlytForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Vælg, hvor ansøgeren skal flyttes hen.")
    else:
        _place(request, ansoegning, form.cleaned_data["til"])
    if "tavle" in request.POST:
        return redirect(f"{board(request, ansoegning.runde)}#ansoeger-{pk}")
    return redirect("ansoeger", pk)


def _place(request, ansoegning, til) -> None:
    try:
        done = flyt.place_one(request.user, ansoegning=ansoegning, to=til)
    except ValidationError as error:
        messages.error(request, f"{ansoegning.navn}: {' '.join(error.messages)}")
    else:
        keep_moves(request, ansoegning.runde, [done])
        messages.success(request, f"{ansoegning.navn} er flyttet til “{Ansoegning.Tilstand(til).label}”.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def ansoegninger_fortryd(request, pk):
    """The last moves, while nothing has followed from them."""
    runde = find_runde(request, pk)
    moves = last_move(request, runde)
    mine = set(steerable_ansoegninger(request.user).filter(runde=runde).values_list("pk", flat=True))
    done = flyt.undo(request.user, flytninger=[each for each in moves if each.pk in mine])
    forget_moves(request)
    if done:
        messages.success(request, f"{count_noun(len(done), 'flytning', 'flytninger')} er fortrudt.")
    if not done or len(done) < len(moves):
        messages.error(request, "Resten kan ikke fortrydes mere: der er sket noget siden." if done else TOO_LATE)
    return redirect(board(request, runde))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def ansoegninger_flyt(request, pk):
    """First what would happen to each; then, by the same form with `ja`, it happens."""
    runde = find_runde(request, pk)
    rows = steerable_ansoegninger(request.user).filter(runde=runde).order_by("nummer")
    form = FlytFlereForm(request.POST, ansoegninger=rows)
    if not form.is_valid():
        messages.error(request, "Sæt kryds ved dem, der skal flyttes, og vælg hvorhen.")
        return redirect(board(request, runde))
    til, chosen = form.cleaned_data["til"], form.cleaned_data["ansoegning"]
    if "ja" in request.POST:
        return _place_many(request, runde, chosen, til)
    udfald = flyt.judge(chosen, til)
    context = {
        "runde": runde,
        "til": til,
        "titel": f"{flyt.BUTTONS[til]}?",
        "kan": sum(each.kan for each in udfald),
        "udfald": udfald,
        "tilbage": request.POST.get("tilbage", ""),
        "tilbage_url": board(request, runde),
    }
    context["sti"] = [*trail(request, runde), ("Flyt flere", None)]
    return render(request, "rekruttering/flyt.html", context)


def _place_many(request, runde, chosen, til):
    done = flyt.place(request.user, ansoegninger=chosen, to=til)
    keep_moves(request, runde, done)
    messages.success(request, f"{len(done)} flyttet til “{Ansoegning.Tilstand(til).label}”.")
    if len(done) < len(chosen):
        stay = count_noun(len(chosen) - len(done), "ansøger blev", "ansøgere blev")
        messages.warning(request, f"{stay} stående: der er sket noget med dem imens.")
    return redirect(board(request, runde))


# --- references, hearings, fortrinsadgang --------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def reference_ny(request, pk):
    ansoegning = find_steered(request, pk)
    form = SamtykkeForm(request.POST if request.method == "POST" else None)
    if accepted(form, sag.add_reference, actor=request.user, ansoegning=ansoegning):
        return saved(request, ansoegning, "Samtykket er skrevet ind. Nu må du spørge referencen.")
    tekst = "Spørg først ansøgeren om lov. Der må kun spørges hos dem, ansøgeren har sagt ja til."
    return form_page(request, ansoegning, form, "Samtykke til en reference", "Gem samtykket", tekst)


@roles(Rolle.ELEVANSVARLIG)
def reference_skriv(request, pk):
    rows = Reference.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    reference = get_object_or_404(rows.select_related("ansoegning__runde"), pk=pk)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if accepted(form, sag.write_reference, actor=request.user, reference=reference):
        return saved(request, reference.ansoegning, "Referencen er skrevet ind.")
    return form_page(request, reference.ansoegning, form, f"Reference: {reference.hvem}", "Gem referencen")


@roles(Rolle.ELEVANSVARLIG)
def partshoering_ny(request, pk):
    ansoegning = find_steered(request, pk)
    form = OplysningForm(request.POST if request.method == "POST" else None)
    if accepted(form, sag.open_hearing, actor=request.user, ansoegning=ansoegning):
        return saved(request, ansoegning, "Partshøringen er åbnet. Den er ikke sendt endnu.")
    tekst = "Fx resultatet af en test. Ansøgeren skal kunne svare, før det bruges i afgørelsen."
    return form_page(request, ansoegning, form, "Åbn en partshøring", "Åbn partshøringen", tekst)


@roles(Rolle.ELEVANSVARLIG)
def partshoering_send(request, pk):
    rows = Partshoering.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    hearing = get_object_or_404(rows.select_related("ansoegning__runde"), pk=pk)
    first = {"oplysning": hearing.oplysning}
    form = PartshoeringForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, sag.send_hearing, actor=request.user, partshoering=hearing):
        return saved(request, hearing.ansoegning, f"Partshøringen er sendt til {hearing.ansoegning.email}.")
    tekst = f"Sendes til {hearing.ansoegning.navn}, {hearing.ansoegning.email}."
    return form_page(request, hearing.ansoegning, form, "Send partshøringen", "Send", tekst)


@roles(Rolle.ELEVANSVARLIG)
def fortrinssag(request, pk):
    ansoegning = find_steered(request, pk)
    row = Fortrinssag.objects.filter(ansoegning=ansoegning).first() or Fortrinssag()
    first = {name: getattr(row, name) for name in FortrinssagForm.base_fields}
    form = FortrinssagForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, sag.save_fortrinssag, actor=request.user, ansoegning=ansoegning):
        return saved(request, ansoegning, "Det er skrevet ind.")
    tekst = (
        "Bliver en ansøger med fortrinsadgang ikke valgt, skal jobcenteret have en skriftlig redegørelse, og pladserne "
        "må først besættes, når der har været en dialog. Kilde: Ankestyrelsen og STAR om fortrinsadgang."
    )
    return form_page(request, ansoegning, form, "Sag om fortrinsadgang", "Gem", tekst)


def saved(request, ansoegning, words):
    messages.success(request, words)
    return redirect("ansoeger", ansoegning.pk)


def form_page(request, ansoegning, form, titel, knap, tekst=""):
    log(request, ansoegning)
    context = {"ansoegning": ansoegning, "form": form, "titel": titel, "knap": knap, "tekst": tekst}
    context["sti"] = [
        *trail(request, ansoegning.runde),
        (ansoegning.navn, reverse("ansoeger", args=[ansoegning.pk])),
        (titel, None),
    ]
    return render(request, "rekruttering/sagsformular.html", context, status=status_of(form))
