"""Which reminders a person wants by mail. What the rules do not let go of is shown, and cannot be chosen."""

from django.contrib import messages
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import status_of
from evaluering.forms.paamindelser import PaamindelserForm
from evaluering.queries.skylder import debts
from evaluering.services.paamindelser import choose_reminders


@roles(*Rolle)
def paamindelser(request):
    form = PaamindelserForm.of(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_reminders(request.user, wanted=form.wanted)
        messages.success(request, "Dine valg er gemt.")
        return redirect("paamindelser")
    context = {"form": form, "skylder": debts(request.user)}
    return render(request, "evaluering/paamindelser.html", context, status=status_of(form))
