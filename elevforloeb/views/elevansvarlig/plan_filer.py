"""The plan of a hold to print and to calculate with."""

from dataclasses import replace

from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.excel import Ark, Kolonne, excel_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.pdf import pdf_response
from elevforloeb.permissions import visible_hold
from elevforloeb.queries.kapacitet import capacity_table
from elevforloeb.queries.plan import get_draft, load_plan
from elevforloeb.queries.tavle import get_tavle, get_visning, list_lines

ELEVER_IN_PDF = 100


def _plan(request, pk):
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    audit.log_read(request, art=Opslag.Art.HENT)
    return load_plan(hold, get_draft(hold))


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def plan_pdf(request, pk):
    """A large hold comes in parts: a web worker should not lay out pages for ten seconds."""
    plan = _plan(request, pk)
    tavle = get_tavle(plan, get_visning(plan.gitter))
    parts = [tavle.raekker[first : first + ELEVER_IN_PDF] for first in range(0, len(tavle.raekker), ELEVER_IN_PDF)]
    asked = request.GET.get("del", "" if len(parts) > 1 else "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) <= max(len(parts), 1)):
        names = [(part[0].navn, part[-1].navn, len(part)) for part in parts]
        return render(request, "elevforloeb/plan/pdf_dele.html", {"hold": plan.hold, "dele": names})
    nr = int(asked[:4])
    name = f"plan-{slugify(plan.hold.navn)}{f'-{nr}' if len(parts) > 1 else ''}.pdf"
    tavle = replace(tavle, raekker=parts[nr - 1] if parts else ())
    del_af = f"Del {nr} af {len(parts)}. " if len(parts) > 1 else ""
    context = {"hold": plan.hold, "plan": plan, "tavle": tavle, "del_af": del_af}
    return pdf_response(request, "elevforloeb/plan/pdf.html", context, name)


STAYS = ("Elev", 26), ("Afdeling", 34), ("Fra", 14), ("Til og med", 14), ("Elevvejleder", 26)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def plan_excel(request, pk):
    plan = _plan(request, pk)
    stays = [
        (
            line.elev.navn,
            line.afdeling.navn if line.afdeling else "Ikke planlagt",
            line.periode.startdato,
            line.periode.sidste_dag,
            line.vejleder,
        )
        for line in list_lines(plan)
    ]
    months, rows = capacity_table(plan)
    places = (Kolonne("Afdeling", 34), *(Kolonne(month, 8) for month in months))
    return excel_response(
        f"plan-{slugify(plan.hold.navn)}.xlsx",
        Ark("Kladde" if plan.udkast else "Plan", tuple(Kolonne(*column) for column in STAYS), stays),
        Ark("Kapacitet (elever af pladser)", places, rows),
    )
