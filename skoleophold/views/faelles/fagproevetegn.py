"""The counter: a draft in, figures out. The file is read and forgotten."""

from django.contrib import messages
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from elevforloeb.core.errors import status_of
from elevforloeb.core.files.reasons import Refused
from skoleophold.forms.fagproeve import TegnForm
from skoleophold.queries.fagproeve.optaelling import STANDARD, get_taelleside
from skoleophold.services.fagproeve.optaelling import count_draft
from skoleophold.services.fagproeve.tilstand import members
from skoleophold.uses import DOKUMENT

from .fagproever import WRITERS, fetch_mine, log_readers, trail


@roles(*WRITERS)
def fagproeve_tegn(request, pk):
    work = fetch_mine(request, pk)
    log_readers(request, members(work))
    side = get_taelleside(work)
    first = {"udelad": side.optaelling.udelad if side.optaelling else STANDARD}
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TegnForm(*posted, initial=first, har_talt=side.optaelling is not None)
    headings = ()
    if form.is_valid():
        data = form.cleaned_data
        try:
            headings = count_draft(fagproeve=work, **data)
        except Refused as refusal:
            form.add_error("fil", refusal.words(typer=DOKUMENT.types))
        else:
            if not data["fil"]:
                messages.success(request, "Det samme udkast er talt igen med dit nye valg.")
                return redirect("fagproeve_tegn", pk)
            side = get_taelleside(fetch_mine(request, pk))
    context = {"form": form, "side": side, "overskrifter": headings, "sti": trail(request, work, ("Tæl tegn", None))}
    return render(request, "skoleophold/fagproevetegn.html", context, status=status_of(form))
