"""A sealed document and the journal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit, journal
from elevforloeb.core.errors import add_errors
from elevforloeb.core.journalform import JournalForm
from evaluering.views.faelles.dokumenter import find_dokument


@roles(Rolle.ELEVANSVARLIG)
def dokument_journaliser(request, pk):
    found = find_dokument(request, pk)
    form = JournalForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _entered(request, form, found):
        return redirect("dokument", pk)
    audit.log_read(request, person=found.person)
    context = {"dokument": found, "form": form}
    return render(request, "evaluering/dokument_journaliser.html", context, status=422 if form.errors else 200)


def _entered(request, form: JournalForm, found) -> bool:
    act, told = {
        "send": (journal.send, "Dokumentet sendes til journalen."),
        "haand": (journal.note, "Sagsnummeret er skrevet op."),
    }[form.cleaned_data["hvordan"]]
    try:
        act(request.user, dokument=found, **form.facts)
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, told)
    return True
