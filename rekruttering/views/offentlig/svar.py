"""What an applicant answers by her private link: an offer, a hearing; and the letter she gets."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.pdf import pdf_response
from rekruttering.forms.afgoerelse import SvarForm
from rekruttering.forms.samtaler import TidForm
from rekruttering.links import key_of
from rekruttering.models import Brev, Partshoering, Samtale, Tilbud
from rekruttering.queries.samtaler import free_times
from rekruttering.services.breve import ask_for_reasons
from rekruttering.services.sag import answer_hearing
from rekruttering.services.samtaler import book
from rekruttering.services.tilbud import answer


class PartssvarForm(forms.Form):
    svar = forms.CharField(label="Dit svar", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


@login_not_required
@never_cache
def partshoering_svar(request, token):
    sent = Partshoering.objects.filter(sendt__isnull=False).order_by("svaret", "pk")
    hearing = _of(token, sent)
    form = PartssvarForm(request.POST if request.method == "POST" else None)
    if accepted(form, answer_hearing, partshoering=hearing):
        return redirect("partshoering_svar", token)
    return _page(request, "partshoering_svar", {"hearing": hearing, "form": form, "token": token}, form)


@login_not_required
@never_cache
def tilbud_svar(request, token):
    """The answer is a form: a mail program that opens the link answers nothing."""
    tilbud = _of(token, Tilbud.objects.order_by("-pk"))
    form = SvarForm(request.POST if request.method == "POST" else None)
    if accepted(form, answer, tilbud=tilbud):
        return redirect("tilbud_svar", token)
    return _page(request, "tilbud_svar", {"tilbud": tilbud, "form": form, "token": token}, form)


@login_not_required
@never_cache
def samtale_vaelg(request, token):
    samtale = _of(token, Samtale.objects.select_related("tid__dag").order_by("-nr"))
    tider = free_times(samtale.ansoegning.runde, samtale.nr)
    form = TidForm(request.POST if request.method == "POST" else None, tider=tider)
    if accepted(form, book, actor=None, samtale=samtale):
        return redirect("samtale_vaelg", token)
    context = {"samtale": samtale, "form": form, "tider": tider.exists(), "token": token}
    context["kan_vaelge"] = samtale.tilstand in (Samtale.Tilstand.INVITERET, Samtale.Tilstand.AFTALT)
    return _page(request, "samtale_vaelg", context, form)


@login_not_required
@never_cache
def brev(request, token):
    return _page(request, "brev", {"brev": _of(token, Brev.objects.all()), "token": token})


@login_not_required
@never_cache
def brev_pdf(request, token):
    letter = _of(token, Brev.objects.all())
    return pdf_response(request, "rekruttering/brev_pdf.html", {"brev": letter}, "brev.pdf")


@require_POST
@login_not_required
@never_cache
def brev_begrundelse(request, token):
    ask_for_reasons(brev=_of(token, Brev.objects.all()))
    return redirect("brev", token)


def _of(token, rows):
    key = key_of(token)
    if key is None:
        raise Http404
    found = rows.filter(ansoegning__noegle=key).select_related("ansoegning__runde")
    return get_object_or_404(found[:1])


def _page(request, name, context, form=None):
    response = render(request, f"rekruttering/{name}.html", context, status=status_of(form) if form else 200)
    response["Referrer-Policy"] = "no-referrer"  # the link is the key
    return response
