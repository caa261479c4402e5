"""Asked by machines: is the process alive, and can the system do its work? And what people see when it cannot."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render

from elevforloeb.project.health import readiness


@login_not_required
def sundhed(request):
    return JsonResponse({"status": "ok"})


@login_not_required
def klar(request):
    checks = readiness()
    ok = all(check.ok for check in checks)
    return JsonResponse({check.navn: check.ok for check in checks} | {"klar": ok}, status=200 if ok else 503)


@login_not_required
def fejl(request):
    """What is shown when a view failed (Django's handler500), without a word about the user: asking may fail too.

    A database that is away for a moment passes by itself, so it is 503: people are asked to wait and send again.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return render(None, "500.html", status=500)
    answer = render(None, "503.html", status=503)
    answer["Retry-After"] = "10"  # seconds
    return answer
