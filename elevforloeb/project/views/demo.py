"""Pages of the demo alone, open to everybody who can reach it: its people are invented, and so is their mail."""

from functools import wraps

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from elevforloeb.project import queries
from elevforloeb.project.demologin import demo_people
from elevforloeb.project.forms import PostkasseFilter

PER_PAGE = 50


def only_in_demo(view):
    @login_not_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_demo
@require_POST
def demo_log_ind(request, rolle):
    """Log in as an invented person, as the log-in page does it, so that the session is listed and can be ended."""
    bruger = demo_people().get(rolle)
    if bruger is None:
        raise Http404
    return perform_login(request, bruger)


@only_in_demo
def postkasse(request):
    """All mail that the demo has "sent", whoever it is to."""
    form = PostkasseFilter(request.GET)
    side = Paginator(queries.mailbox(**form.chosen()), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "project/postkasse.html", {"form": form, "side": side})


@only_in_demo
def postkasse_mail(request, pk):
    return render(request, "project/postkasse_mail.html", {"mail": get_object_or_404(queries.mailbox(), pk=pk)})
