"""Writes an uddannelsesbog: its own pages first, then the sealed documents as they were stored, one after the other.

The contents list names pages that come after it. So the own pages are set twice: once to count them, once with numbers.
"""

from dataclasses import dataclass
from functools import partial

from elevforloeb.core import filejob, prints
from elevforloeb.core.dates import today
from elevforloeb.core.joined import Joiner, headings, page_count
from elevforloeb.core.models import Dokument
from elevforloeb.core.pdf import render_pdf
from elevforloeb.queries.forloeb import get_forloeb
from evaluering.queries.elevdokumenter import sealed_erklaeringer, sealed_evalueringer
from evaluering.queries.maalmatrix import get_matrix
from skoleophold.queries.elev import judged, school_lines, subjects

from .models import Bogtilladelse, Uddannelsesbog
from .permissions import allowed_in_bog

OWN = "project/uddannelsesbog_pdf.html"
NUMBERS = "project/uddannelsesbog_sidetal.html"


@dataclass(frozen=True)
class Bilag:
    dokument: Dokument
    side: int  # the page it begins on


def write(bog: Uddannelsesbog, pulse: filejob.Pulse) -> bytes:
    evalueringer = list(sealed_evalueringer(bog.bestilt_af, bog.elev))
    dokumenter = evalueringer + list(sealed_erklaeringer(bog.bestilt_af, bog.elev))
    pulse.begin(len(dokumenter) + 2)
    lengths = []
    for each in dokumenter:
        pulse.beat(0)
        lengths.append(page_count(prints.pdf_of(each.pk)))
    own, kapitler, bilag = _own_pages(bog, dokumenter, lengths, len(evalueringer))
    joiner = Joiner(str(bog))
    joiner.add(str(bog), own, kapitler)
    for number, each in enumerate(bilag, start=1):
        pulse.beat(number)
        joiner.add(each.dokument.titel, prints.pdf_of(each.dokument.pk))
    pulse.beat(len(bilag) + 1)
    joiner.follow_links()
    joiner.stamp(render_pdf(NUMBERS, {"sider": range(len(joiner.pdf.pages))}, variant=None))
    return joiner.finish()


def _own_pages(bog, dokumenter: list[Dokument], lengths: list[int], evalueringer: int):
    setting = partial(render_pdf, OWN)
    context = _context(bog)
    draft = setting(context | _contents([], [Bilag(each, 0) for each in dokumenter], evalueringer))
    first, kapitler = page_count(draft), headings(draft)
    while True:
        bilag = _placed(dokumenter, lengths, first)
        own = setting(context | _contents(kapitler, bilag, evalueringer))
        found = page_count(own), headings(own)
        if found == (first, kapitler):
            return own, kapitler, bilag
        first, kapitler = found


def _placed(dokumenter: list[Dokument], lengths: list[int], first: int) -> list[Bilag]:
    starts = [first + 1 + sum(lengths[:number]) for number in range(len(lengths))]
    return [Bilag(*pair) for pair in zip(dokumenter, starts, strict=True)]


def _contents(kapitler, bilag: list[Bilag], evalueringer: int) -> dict:
    """The chapters come after the front page, whose heading and contents need no line in the list."""
    pages = [(titel, side + 1) for titel, side in kapitler if side > 0 and titel != "Indhold"]
    return {"kapitler": pages, "evalueringer": bilag[:evalueringer], "erklaeringer": bilag[evalueringer:]}


def _context(bog: Uddannelsesbog) -> dict:
    """Asked once more what the elev allows: she may have taken it back while the book waited."""
    elev, allowed = bog.elev, allowed_in_bog(bog.bestilt_af, bog.elev)
    with_grades = bog.karakterer and Bogtilladelse.Hvad.KARAKTERER in allowed
    with_school = bog.skole and Bogtilladelse.Hvad.SKOLE in allowed
    return {
        "bog": bog,
        "elev": elev,
        "forloeb": get_forloeb(elev, viser_fravaer=False),
        "matrix": get_matrix(bog.bestilt_af, elev),
        "med_skole": with_school,
        "med_karakterer": with_grades,
        "skole": school_lines(elev, today()) if with_school else [],
        "fag": subjects(elev) if with_grades else [],
        "fagproever": judged(elev) if with_grades else [],
    }
