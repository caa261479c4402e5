"""Courses, goals and dated numbers: to read for everyone with a role."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from afdelinger import forms, permissions
from afdelinger.guards import roles
from afdelinger.models import Maalsaet, Rolle
from afdelinger.queries import afdelinger as afdelingsqueries
from afdelinger.queries import brugere as brugerqueries
from afdelinger.queries import stamdata as queries
from elevforloeb.core.rules import rules

PER_SIDE = 50


@roles(*Rolle)
def kurser(request):
    registers, governs = request.user.har_rolle(Rolle.ELEVVEJLEDER), permissions.is_elevansvarlig(request.user)
    form = forms.KurserFilterForm(request.GET, vejledere=registers or governs)
    form.is_valid()
    rows = brugerqueries.kursusliste(request.user, **form.cleaned_data)
    context = {
        "form": form,
        "side": Paginator(rows, PER_SIDE).get_page(request.GET.get("side")),
        "kan_registrere": registers,
        "klar_nummer": rules().values.get("vejlederklar_kursus"),
        "kan_styre": governs,
    }
    template = "afdelinger/kurser.html#liste" if request.htmx else "afdelinger/kurser.html"
    return render(request, template, context)


@roles(*Rolle)
def maal(request):
    versions = list(Maalsaet.objects.all())
    kode = request.GET.get("version")
    chosen = get_object_or_404(Maalsaet, kode=kode) if kode else afdelingsqueries.current_maalsaet()
    context = {
        "versioner": versions,
        "valgt": chosen,
        "daekning": queries.maaldaekning(chosen) if chosen else None,
        "kan_styre": permissions.is_elevansvarlig(request.user),
    }
    return render(request, "afdelinger/maal.html", context)


@roles(*Rolle)
def regler(request):
    context = {"grupper": queries.regelgrupper(), "kan_styre": permissions.is_elevansvarlig(request.user)}
    return render(request, "afdelinger/regler.html", context)
