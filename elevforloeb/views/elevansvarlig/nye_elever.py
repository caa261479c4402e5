"""Elever into a hold: row by row, or pasted from a spreadsheet with a look before anything is saved."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Maalsaet, Rolle
from elevforloeb import permissions
from elevforloeb.core.errors import add_errors
from elevforloeb.core.words import count_noun, join_words
from elevforloeb.elevliste import read_lines
from elevforloeb.forms.hold import MORE_ROWS, MOST_ROWS, ElevRaekker, TilfoejForm
from elevforloeb.forms.indsaet import IndsaetForm, check_lines
from elevforloeb.queries.hold import known_emails
from elevforloeb.services.hold import NyElev, add_elever

NAMED = 10  # wrong lines that the summary names; all of them are marked in the table


@roles(Rolle.ELEVANSVARLIG)
def hold_elever_nye(request, pk):
    hold = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    faelles = _common_form(request, hold)
    if "flere" in request.POST:
        return _rows_page(request, hold, _more_rows(request), faelles)
    raekker = ElevRaekker(request.POST or None, prefix="elev")
    if request.method == "POST" and raekker.is_valid() and faelles.is_valid():
        nye = [NyElev(**form.cleaned_data) for form in raekker if form.has_changed()]
        if not nye:
            faelles.add_error(None, "Skriv navn og e-mail på mindst én elev.")
        elif _rows_fit(raekker) and (answer := _save(request, hold, faelles, nye)):
            return answer
    return _rows_page(request, hold, raekker, faelles)


@roles(Rolle.ELEVANSVARLIG)
def hold_elever_indsaet(request, pk):
    hold = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    faelles, form = _common_form(request, hold), IndsaetForm(request.POST or None)
    linjer = []
    if form.is_valid():
        linjer = check_lines(read_lines(form.cleaned_data["tekst"]), known_emails)
        if not linjer:
            form.add_error("tekst", "Indsæt mindst én linje med navn og e-mail.")
        elif "opret" in request.POST and not any(linje.fejl for linje in linjer) and faelles.is_valid():
            answer = _save(request, hold, faelles, [NyElev(**linje.felter) for linje in linjer])
            if answer:
                return answer
    wrong = [str(linje.nr) for linje in linjer if linje.fejl]
    if wrong:
        named = wrong[:NAMED] + ["flere"] * (len(wrong) > NAMED)
        form.add_error("tekst", f"Ret linje {join_words(named)}, og vis dem igen")
    context = {
        "hold": hold,
        "form": form,
        "faelles": faelles,
        "linjer": linjer,
        "forkerte": f"Der er fejl i {count_noun(len(wrong), 'linje', 'linjer')}" if wrong else "",
    }
    status = 422 if form.errors or faelles.errors else 200
    return render(request, "elevforloeb/hold_elever_indsaet.html", context, status=status)


def _common_form(request, hold):
    """Målsæt and invitation are asked for when something is to be saved, not when more rows or a preview are."""
    first = Maalsaet.objects.on(hold.startdato).first()
    saves = "gem" in request.POST or "opret" in request.POST
    return TilfoejForm(request.POST if saves else None, initial={"maalsaet": first, **request.POST.dict()})


def _more_rows(request):
    """What was typed, with some empty rows more; nothing is checked yet."""
    typed = ElevRaekker(request.POST, prefix="elev").forms
    rows = ElevRaekker(prefix="elev")
    rows.extra = min(len(typed) + MORE_ROWS, MOST_ROWS)
    for row, old in zip(rows.forms, typed, strict=False):
        row.initial = {name: old[name].value() for name in old.fields}
    return rows


def _rows_fit(raekker) -> bool:
    """Who is an elev already is told in the row."""
    emails = [form.cleaned_data["email"] for form in raekker if form.has_changed()]
    known = known_emails(emails)
    for form in raekker:
        bruger = known.get(form.cleaned_data.get("email", ""))
        if bruger and bruger.er_elev:
            form.add_error("email", f"{bruger.navn} er allerede elev. Skriv en anden e-mail, eller slet rækken.")
    return all(form.is_valid() for form in raekker)


def _save(request, hold, faelles, nye):
    try:
        elever = add_elever(
            request.user, hold=hold, maalsaet=faelles.cleaned_data["maalsaet"], nye=nye, inviter=faelles.inviter
        )
    except ValidationError as error:
        add_errors(faelles, error)
        return None
    invited = " og får en mail med invitation" if faelles.inviter else ""
    messages.success(request, f"{count_noun(len(elever), 'elev', 'elever')} er tilføjet{invited}.")
    return redirect("hold", hold.pk)


def _rows_page(request, hold, raekker, faelles):
    wrong = faelles.errors or (raekker.is_bound and not all(form.is_valid() for form in raekker))
    context = {"hold": hold, "raekker": raekker, "faelles": faelles, "flest": MOST_ROWS}
    return render(request, "elevforloeb/hold_elever_nye.html", context, status=422 if wrong else 200)
