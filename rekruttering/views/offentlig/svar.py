"""What an applicant answers by her private link: an offer, a hearing, a time; and the letter she gets."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.pdf import pdf_response
from rekruttering.forms.afgoerelse import SvarForm
from rekruttering.forms.ansoegning import Skrivefelt
from rekruttering.forms.cpr import refuse_cpr
from rekruttering.forms.samtaler import TidForm
from rekruttering.models import Brev
from rekruttering.queries.samtaler import free_times
from rekruttering.services.breve import ask_for_reasons
from rekruttering.services.sag import answer_hearing
from rekruttering.services.samtaler import book
from rekruttering.services.tilbud import answer

from .linket import with_link


class PartssvarForm(forms.Form):
    svar = forms.CharField(
        label="Dit svar", max_length=4000, widget=Skrivefelt(attrs={"rows": 8}), validators=[refuse_cpr]
    )


@with_link
def partshoering_svar(request, ansoegning):
    """The first that is not answered."""
    hearing = _newest(ansoegning.partshoeringer.filter(sendt__isnull=False).order_by("svaret", "pk"))
    form = PartssvarForm(request.POST if request.method == "POST" else None)
    if accepted(form, answer_hearing, partshoering=hearing):
        return redirect("partshoering_svar", request.token)
    return _page(request, "partshoering_svar", {"hearing": hearing, "form": form}, form)


@with_link
def tilbud_svar(request, ansoegning):
    """The answer is a form: a mail program that opens the link answers nothing."""
    tilbud = _newest(ansoegning.tilbud.order_by("-pk"))
    form = SvarForm(request.POST if request.method == "POST" else None)
    if accepted(form, answer, tilbud=tilbud):
        return redirect("tilbud_svar", request.token)
    return _page(request, "tilbud_svar", {"tilbud": tilbud, "form": form}, form)


@with_link
def samtale_vaelg(request, ansoegning):
    samtale = _newest(ansoegning.samtaler.select_related("tid__dag").order_by("-nr"))
    if samtale.tid_id and request.POST.get("tid") == str(samtale.tid_id):  # a double click: it is hers already
        return redirect("samtale_vaelg", request.token)
    tider = free_times(ansoegning.runde, samtale.nr)
    form = TidForm(request.POST if request.method == "POST" else None, tider=tider)
    if accepted(form, book, actor=None, samtale=samtale):
        return redirect("samtale_vaelg", request.token)
    context = {"samtale": samtale, "form": form, "tider": tider.exists()}
    context["kan_vaelge"] = samtale.kan_vaelges
    return _page(request, "samtale_vaelg", context, form)


@with_link
def brev(request, ansoegning):
    return _page(request, "brev", {"brev": _letter_to(ansoegning)})


@with_link
def brev_pdf(request, ansoegning):
    return pdf_response(request, "rekruttering/brev_pdf.html", {"brev": _letter_to(ansoegning)}, "brev.pdf")


@require_POST
@with_link
def brev_begrundelse(request, ansoegning):
    ask_for_reasons(brev=_letter_to(ansoegning))
    return redirect("brev", request.token)


def _letter_to(ansoegning) -> Brev:
    return get_object_or_404(Brev.objects.select_related("ansoegning__runde"), ansoegning=ansoegning)


def _newest(rows):
    return get_object_or_404(rows.select_related("ansoegning__runde")[:1])


def _page(request, name, context, form=None):
    context["token"] = request.token
    return render(request, f"rekruttering/{name}.html", context, status=status_of(form) if form else 200)
