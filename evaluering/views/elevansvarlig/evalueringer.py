"""What the elevansvarlig alone does: the list as a file, a lapse, a substitute, a missing signature, a correction."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from evaluering.excel import evalueringer_sheet
from evaluering.forms.skridt import GrundForm, KvitterForForm, OverdragForm, PapirForm
from evaluering.permissions import visible_evalueringer
from evaluering.queries.liste import find_evalueringer, rows_of
from evaluering.queries.vikarer import substitutes
from evaluering.services import underskrift, vejen
from evaluering.views.faelles.evalueringer import filter_form
from evaluering.views.faelles.skridt import form_page
from evaluering.views.find import find_side


@roles(Rolle.ELEVANSVARLIG)
def evalueringer_excel(request):
    chosen = filter_form(request).chosen
    audit.log_read(request, art=Opslag.Art.HENT, soegetekst=chosen.get("q", ""))
    found = find_evalueringer(visible_evalueringer(request.user), **chosen)
    return excel_response("evalueringer.xlsx", evalueringer_sheet(rows_of(found, request.user)))


@roles(Rolle.ELEVANSVARLIG)
def evaluering_bortfald(request, pk):
    side = _steered(request, pk, "kan_bortfalde")
    form = GrundForm(request.POST if request.method == "POST" else None)
    if accepted(form, vejen.lapse, actor=request.user, evaluering=side.evaluering):
        messages.success(request, "Evalueringen er bortfaldet.")
        return redirect("evaluering", pk)
    tekst = "Evalueringen skal ikke holdes, og ingen bliver mindet om den mere. Det, der er skrevet, kan ikke læses."
    return form_page(request, side, form, titel="Lad evalueringen bortfalde", knap="Lad den bortfalde", tekst=tekst)


@roles(Rolle.ELEVANSVARLIG)
def evaluering_papir(request, pk):
    side = _steered(request, pk, "kan_holdes_paa_papir")
    form = PapirForm(request.POST if request.method == "POST" else None)
    if accepted(form, vejen.hold_on_paper, actor=request.user, evaluering=side.evaluering):
        messages.success(request, "Samtalen står som holdt på papir.")
        return redirect("evaluering", pk)
    tekst = (
        "Brug det, når de har holdt samtalen uden systemet. Så bliver ingen mindet om den mere. "
        "Det kan ikke fortrydes, og er der skrevet en kladde, kan den ikke længere læses."
    )
    return form_page(request, side, form, titel="Samtalen er holdt på papir", knap="Gem", tekst=tekst)


@roles(Rolle.ELEVANSVARLIG)
def evaluering_overdrag(request, pk):
    """Who answers for the department while its elevvejleder is away."""
    side = _steered(request, pk, "kan_overdrages")
    people = substitutes(side.evaluering)
    form = OverdragForm(request.POST if request.method == "POST" else None, people=people)
    if accepted(form, vejen.hand_over, actor=request.user, evaluering=side.evaluering):
        messages.success(request, f"{form.cleaned_data['til']} svarer nu for afdelingen.")
        return redirect("evaluering", pk)
    return render(
        request, "evaluering/overdrag.html", {"side": side, "form": form, "people": people}, status=status_of(form)
    )


@roles(Rolle.ELEVANSVARLIG)
def evaluering_kvitter_for(request, pk):
    side = _steered(request, pk, "kan_kvittere_for")
    parter = [(part, navn) for part, navn in side.parter if part in side.mangler]
    form = KvitterForForm(request.POST if request.method == "POST" else None, parter=parter)
    if accepted(form, underskrift.sign_for, actor=request.user, evaluering=side.evaluering):
        messages.success(request, "Det er skrevet ind i evalueringen.")
        return redirect("evaluering", pk)
    tekst = "Brug det, når en part ikke vil eller kan kvittere. Dit navn og grunden står i den forseglede evaluering."
    words = {"titel": "Skriv, at en part ikke kvitterer", "knap": "Skriv det ind", "tekst": tekst}
    return form_page(request, side, form, **words)


@roles(Rolle.ELEVANSVARLIG)
def evaluering_ret(request, pk):
    side = _steered(request, pk, "kan_rettes")
    form = GrundForm(request.POST if request.method == "POST" else None)
    if accepted(form, underskrift.correct, actor=request.user, evaluering=side.evaluering):
        messages.success(request, "En ny udgave er klar. Den skal kvitteres igen.")
        return redirect("evaluering", form.result.pk)
    tekst = (
        "Den forseglede bliver stående. En ny udgave åbner ved samtalen med de samme svar og henviser til den gamle."
    )
    return form_page(request, side, form, titel="Ret i en ny udgave", knap="Lav en ny udgave", tekst=tekst)


def _steered(request, pk, may: str):
    """404 also when the state is past it: there is no such page any more."""
    side = find_side(request, pk)
    if not getattr(side, may):
        raise Http404
    return side
