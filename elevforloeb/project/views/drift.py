"""Asked by machines: is the process alive, and can the system do its work?"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse

from elevforloeb.project.health import readiness


@login_not_required
def sundhed(request):
    return JsonResponse({"status": "ok"})


@login_not_required
def klar(request):
    checks = readiness()
    ok = all(check.ok for check in checks)
    return JsonResponse({check.navn: check.ok for check in checks} | {"klar": ok}, status=200 if ok else 503)
