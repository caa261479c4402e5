"""Declarations: who may see which is decided by permissions; the elevansvarlig finds her way by filters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.core.models import Opslag
from evaluering import permissions
from evaluering.forms.erklaering import FilterForm, SendtForm, SetForm, TekstForm, UnderskrivForm
from evaluering.queries.erklaeringer import find_erklaeringer, get_erklaeringsside, lines
from evaluering.services import erklaering as services
from evaluering.views.find import find_elev, find_self

from .dokumenter import stored_pdf

PER_PAGE = 50
READERS = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV)


@require_safe
@roles(*READERS)
def erklaeringer(request):
    if not request.user.har_rolle(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER):
        return _of_elev(request, find_self(request))
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) or "" for name in ("vis", "hold", "q")}
    governs = permissions.is_elevansvarlig(request.user)
    found = find_erklaeringer(request.user, **(chosen if governs else {"vis": "alle"}))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    art = Opslag.Art.SOEG if chosen["q"] else Opslag.Art.LISTE
    audit.log_read(request, art=art, soegetekst=chosen["q"])
    context = {"form": form, "side": page, "linjer": lines(page), "styrer": governs}
    return render(request, "evaluering/erklaeringer.html", context)


@require_safe
@roles(*READERS)
def elev_erklaeringer(request, pk):
    return _of_elev(request, find_elev(request, pk))


def _of_elev(request, elev):
    audit.log_read(request, person=elev.bruger)
    found = find_erklaeringer(request.user, vis="alle").filter(elev=elev)
    return render(request, "evaluering/elev_erklaeringer.html", {"elev": elev, "linjer": lines(found)})


def find_erklaering(request, pk):
    visible = permissions.visible_erklaeringer(request.user)
    related = ("elev__bruger", "elev__hold", "skole", "underskrevet_af", "dokument__fil", "dokument__person")
    return get_object_or_404(visible.select_related(*related), pk=pk)


@roles(*READERS)
def erklaering(request, pk):
    """Read by all who may; a POST saves the text of a draft, and with `send` gives it to the elev."""
    row = find_erklaering(request, pk)
    audit.log_read(request, person=row.elev.bruger)
    form = TekstForm.of(row, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not permissions.can_edit_erklaering(request.user, row):
            raise PermissionDenied
        if form.is_valid() and _save(request, form, row):
            return redirect("erklaering", pk)
    return erklaering_page(request, row, form)


def erklaering_page(request, row, form=None, trinform=None):
    """`trinform`: the form of a step that was refused, in the place where it stands."""
    side = get_erklaeringsside(request.user, row)
    context = {"side": side, "form": form or TekstForm.of(row), "trin": trinform or _step_form(side)}
    failed = trinform if trinform is not None else context["form"]
    return render(request, "evaluering/erklaering.html", context, status=status_of(failed))


def _step_form(side):
    version = {"version": side.erklaering.version}
    if side.kan_se:
        return SetForm(initial=version)
    if side.kan_underskrive:
        return UnderskrivForm(initial=version, er_set=side.erklaering.elev_set is not None)
    return SendtForm() if side.kan_sendes else None


def _save(request, form, row) -> bool:
    try:
        saved = services.save_text(request.user, erklaering=row, **form.cleaned_data)
        if "send" in request.POST:
            services.send_to_elev(request.user, erklaering=saved, version=saved.version)
            messages.success(request, f"{row.elev.bruger.navn} kan nu læse erklæringen.")
        else:
            messages.success(request, "Teksten er gemt.")
    except ValidationError as error:
        form.is_stale = isinstance(error, StaleError)
        add_errors(form, error)
        row.refresh_from_db(fields=["version"])
        form.renew(row.version)
        return False
    return True


@require_POST
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)
def erklaering_tilbage(request, pk):
    row = find_erklaering(request, pk)
    if not permissions.can_take_back_erklaering(request.user, row):
        raise PermissionDenied
    try:
        services.take_back(request.user, erklaering=row)
        messages.success(request, "Erklæringen er kladde igen.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("erklaering", pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEV)
def erklaering_pdf(request, pk):
    row = find_erklaering(request, pk)
    if row.dokument is None:
        raise Http404
    return stored_pdf(request, row.dokument)
