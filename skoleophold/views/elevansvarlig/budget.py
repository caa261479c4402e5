"""Budget and use, and the kinds of cost that are paid."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import StaleError, accepted, add_errors, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.models import Hold
from skoleophold import permissions
from skoleophold.forms.udgifter import BudgetForm, RetUdgiftsartForm, UdgiftsartForm
from skoleophold.models import Budget, Udgiftsart
from skoleophold.queries.budget import frames, get_budgetside
from skoleophold.services import budget as services

from .udlaeg import trail

YEARS = range(2000, 2100)


@roles(Rolle.ELEVANSVARLIG)
def budget(request):
    """Of the hold or the year in the address; of this year when nothing is said."""
    hold, aar = _frame(request)
    audit.log_read(request, art=Opslag.Art.LISTE)
    years, holds = frames()
    context = {"side": get_budgetside(hold, aar), "aar": years, "hold": holds, "ramme": _name(hold, aar)}
    return render(request, "skoleophold/udlaeg/budget.html", context | {"sti": trail(("Budget", None))})


@roles(Rolle.ELEVANSVARLIG)
def budget_ret(request):
    hold, aar = _frame(request)
    there = {f"art-{row.art_id}": row for row in Budget.objects.filter(hold=hold, aar=aar)}
    first = {name: row.beloeb for name, row in there.items()}
    first["kilde"] = next((row.kilde for row in there.values()), "")
    first["version"] = services.budget_version(hold, aar)
    form = BudgetForm(request.POST or None, arter=list(Udgiftsart.objects.all()), initial=first)
    back = f"{reverse('budget')}?ramme={_name(hold, aar)}"
    if form.is_valid():
        data = form.cleaned_data
        what = {"beloeb": form.beloeb, "kilde": data["kilde"], "version": data["version"]}
        try:
            services.set_budget(request.user, hold=hold, aar=aar, **what)
        except ValidationError as error:
            form.is_stale = isinstance(error, StaleError)
            add_errors(form, error)
            form.renew(first["version"])
        else:
            messages.success(request, f"Budgettet for {hold or aar} er gemt.")
            return redirect(back)
    sti = trail(("Budget", back), (f"Ret budget for {hold or aar}", None))
    text = "Skriv et beløb ud for de arter, der er sat penge af til. Lad de andre stå tomme."
    return _form(request, form, f"Budget for {hold or aar}", "Gem budgettet", sti, back, tekst=text)


def _frame(request) -> tuple[Hold | None, int | None]:
    """`aar-2027` or `hold-3`."""
    kind, _, number = request.GET.get("ramme", "").partition("-")
    value = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    if kind == "hold":
        return get_object_or_404(Hold, pk=value), None
    if kind == "aar" and value not in YEARS:
        raise Http404
    return None, value or today().year


def _name(hold, aar) -> str:
    return f"hold-{hold.pk}" if hold else f"aar-{aar}"


# --- kinds of cost --------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def udgiftsarter(request):
    rows = permissions.editable_udgiftsarter(request.user)
    context = {"arter": rows, "dag": today(), "sti": trail(("Det betaler kommunen", None))}
    return render(request, "skoleophold/udlaeg/udgiftsarter.html", context)


@roles(Rolle.ELEVANSVARLIG)
def udgiftsart_ny(request):
    form = UdgiftsartForm(request.POST or None, initial={"startdato": today()})
    if accepted(form, services.create_udgiftsart, actor=request.user):
        messages.success(request, f"{form.result} er oprettet. Eleverne kan vælge den fra den dag, du skrev.")
        return redirect("udgiftsarter")
    return _art_form(request, form, "Ny udgiftsart")


@roles(Rolle.ELEVANSVARLIG)
def udgiftsart_ret(request, pk):
    art = get_object_or_404(permissions.editable_udgiftsarter(request.user), pk=pk)
    form = RetUdgiftsartForm.of(art, request.POST or None)
    if accepted(form, services.update_udgiftsart, actor=request.user, art=art):
        messages.success(request, f"{form.result} er rettet.")
        return redirect("udgiftsarter")
    if getattr(form, "is_stale", False):
        art.refresh_from_db()
        form.renew(services.udgiftsart_version(art))
    return _art_form(request, form, f"Ret {art.navn}")


def _art_form(request, form, titel):
    back = reverse("udgiftsarter")
    return _form(request, form, titel, "Gem", trail(("Det betaler kommunen", back), (titel, None)), back)


def _form(request, form, titel, knap, sti, back, tekst=""):
    context = {"form": form, "titel": titel, "knap": knap, "sti": sti, "fortryd_url": back, "tekst": tekst}
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))
