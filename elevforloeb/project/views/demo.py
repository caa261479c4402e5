"""Log in as an invented person. Exists in a demo only."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from elevforloeb.project.demo_logins import demo_logins


@login_not_required
@require_POST
def demo_log_ind(request, rolle):
    logins = demo_logins() if settings.DEMO else []
    chosen = next((one for one in logins if one.rolle.lower() == rolle), None)
    if chosen is None:
        raise Http404
    login(request, chosen.bruger, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)
