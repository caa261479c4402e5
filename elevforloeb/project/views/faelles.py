from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.audit import log_read
from elevforloeb.core.models import Opslag
from elevforloeb.project.queries import search


def forside(request):
    """Everybody's first page; what it shows follows the role."""
    return render(request, "project/forside.html")


@roles(*Rolle)
def soeg(request):
    text = request.GET.get("q", "").strip()
    hits = search(request.user, text)
    if hits.elever or hits.brugere:
        log_read(request, art=Opslag.Art.SOEG, soegetekst=text)
    template = "project/soeg.html#resultat" if request.htmx else "project/soeg.html"
    return render(request, template, {"q": text, "fund": hits})
