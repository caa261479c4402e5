"""The documents of this wing."""

from elevforloeb.core.pdf import render_pdf
from rekruttering.queries.sagsakt import Sagsakt


def sagsakt_pdf(sag: Sagsakt) -> bytes:
    return render_pdf("rekruttering/sagsakt_pdf.html", {"sag": sag})
