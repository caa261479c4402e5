"""A round of wishes: its page, its dates, and the Excel file. What is decided within it is in oensker_valg.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import StaleError, accepted, add_errors, status_of
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from elevforloeb.excel import wishes_sheet
from elevforloeb.forms.oensker import RetRundeForm, RundeForm
from elevforloeb.permissions import visible_hold, visible_runder
from elevforloeb.queries.oensker.runde import latest_round
from elevforloeb.queries.oensker.rundeside import get_rundeside, propose_round
from elevforloeb.services import oensker as services


def find_round(request, pk, runde):
    return get_object_or_404(visible_runder(request.user).select_related("hold__model"), pk=runde, hold=pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker(request, pk):
    """The open round or the newest; `?runde=` is an earlier one."""
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    rounds = list(hold.oenskerunder.all())
    asked = request.GET.get("runde", "")
    chosen = next((each for each in rounds if str(each.pk) == asked), None) or latest_round(rounds)
    audit.log_read(request, art=Opslag.Art.LISTE)
    side = chosen and get_rundeside(request.user, chosen, [each for each in rounds if each != chosen])
    return render(request, "elevforloeb/oensker/hold.html", {"hold": hold, "side": side, "dag": today()})


@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_aabn(request, pk):
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    form = RundeForm(request.POST or None, hold=hold, initial=propose_round(hold))
    if request.method == "POST" and accepted(form, services.open_round, actor=request.user, hold=hold):
        messages.success(request, f"Ønskerunden {form.result.navn} er åbnet.")
        return redirect("hold_oensker", pk)
    return _form_page(request, hold, form, "Åbn en ønskerunde", "Åbn ønskerunden")


@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_ret(request, pk, runde):
    found = find_round(request, pk, runde)
    form = RetRundeForm.of(found, request.POST or None)
    if form.is_valid():
        try:
            services.update_round(request.user, runde=found, **form.cleaned_data)
        except ValidationError as error:
            form.is_stale = isinstance(error, StaleError)
            add_errors(form, error)
            form.data = form.data.copy() | {"version": services.round_version(find_round(request, pk, runde))}
        else:
            messages.success(request, "Runden er rettet.")
            return redirect("hold_oensker", pk)
    return _form_page(request, found.hold, form, "Ret datoerne", "Gem")


def _form_page(request, hold, form, titel, knap):
    url = reverse("hold_oensker", args=[hold.pk])
    context = {
        "form": form,
        "titel": titel,
        "knap": knap,
        "hold": hold,
        "fortryd_url": url,
        "sti": [*path_to(hold), (titel, None)],
    }
    return render(request, "elevforloeb/oensker/runde.html", context, status=status_of(form))


def path_to(hold) -> list[tuple[str, str]]:
    return [
        ("Hold og plan", reverse("hold_liste")),
        (hold.navn, reverse("hold", args=[hold.pk])),
        ("Ønsker", reverse("hold_oensker", args=[hold.pk])),
    ]


def step(request, pk, act, done: str):
    """Do it, say how it went, and go back to the page of the round."""
    try:
        act()
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("hold_oensker", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_luk(request, pk, runde):
    found = find_round(request, pk, runde)
    return step(request, pk, lambda: services.close_round(request.user, runde=found), "Runden er lukket.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_genaabn(request, pk, runde):
    found = find_round(request, pk, runde)
    return step(request, pk, lambda: services.reopen_round(request.user, runde=found), "Runden er åben igen.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_paamind(request, pk, runde):
    number = services.remind_now(request.user, runde=find_round(request, pk, runde))
    if number:
        messages.success(request, f"{count_noun(number, 'påmindelse', 'påmindelser')} er på vej.")
    else:
        messages.info(request, "Der er ikke sendt noget: alle er allerede påmindet i dag, eller ingen kan svare nu.")
    return redirect("hold_oensker", pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_excel(request, pk, runde):
    found = find_round(request, pk, runde)
    audit.log_read(request, art=Opslag.Art.HENT)
    return excel_response(f"oensker-{found.pk}.xlsx", wishes_sheet(get_rundeside(request.user, found)))
