"""A hearing on the applicant's own page: what speaks against her, and her answer."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from elevforloeb.core.errors import accepted, status_of
from rekruttering.links import key_of
from rekruttering.models import Partshoering
from rekruttering.services.sag import answer_hearing


class SvarForm(forms.Form):
    svar = forms.CharField(label="Dit svar", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


@login_not_required
@never_cache
def partshoering_svar(request, token):
    key = key_of(token)
    if key is None:
        raise Http404
    sent = Partshoering.objects.filter(ansoegning__noegle=key, sendt__isnull=False)
    hearing = get_object_or_404(sent.select_related("ansoegning__runde").order_by("svaret", "pk")[:1])
    form = SvarForm(request.POST if request.method == "POST" else None)
    if accepted(form, answer_hearing, partshoering=hearing):
        hearing.refresh_from_db()
    context = {"hearing": hearing, "form": form}
    response = render(request, "rekruttering/partshoering_svar.html", context, status=status_of(form))
    response["Referrer-Policy"] = "no-referrer"
    return response
