from django.core.paginator import Paginator
from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.audit import log_read
from elevforloeb.core.models import Opslag
from elevforloeb.project import queries
from elevforloeb.project.forms import HaendelseFilter, OpslagFilter, StikproeveForm
from elevforloeb.project.purposes import page_name

PER_PAGE = 50
SAMPLE = 20


@roles(Rolle.ELEVANSVARLIG)
def opslag(request):
    """The access log: all of it by filter, or a sample drawn at random."""
    form = OpslagFilter(request.GET)
    proeve = StikproeveForm(request.GET if "antal" in request.GET else None, initial={"antal": SAMPLE})
    searched = form.chosen().get("person", "")
    told = f"stikprøve på {proeve.cleaned_data['antal']}" if proeve.is_valid() else searched
    # Before the rows are counted: this look is one of them, and would push the last one off its page.
    log_read(request, art=Opslag.Art.SOEG if searched else Opslag.Art.LISTE, soegetekst=told)
    context = {"form": form, "proeve": proeve}
    if proeve.is_valid():
        context["stikproeve"] = queries.lookup_sample(request.user, proeve.cleaned_data["antal"])
    else:
        rows = queries.lookups(request.user, **form.chosen())
        context["side"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    for row in context.get("stikproeve", context.get("side")):
        row.sidenavn = page_name(row)
    return render(request, "project/opslag.html", context)


@roles(Rolle.ELEVANSVARLIG)
def haendelser(request):
    form = HaendelseFilter(request.GET)
    side = Paginator(queries.acts(request.user, **form.chosen()), PER_PAGE).get_page(request.GET.get("side"))
    log_read(request, art=Opslag.Art.LISTE, soegetekst=form.chosen().get("q", ""))
    return render(request, "project/haendelser.html", {"form": form, "side": side})
