from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted
from evaluering.forms.erklaering import SetForm
from evaluering.services.erklaering import acknowledge
from evaluering.views.faelles.erklaeringer import erklaering_page, find_erklaering


@require_POST
@roles(Rolle.ELEV)
def erklaering_set(request, pk):
    row = find_erklaering(request, pk)
    form = SetForm(request.POST)
    if accepted(form, acknowledge, actor=request.user, erklaering=row):
        messages.success(request, "Tak. Den elevansvarlige kan nu skrive under.")
        return redirect("erklaering", pk)
    return erklaering_page(request, row, trinform=form)
