"""What every page of the frame needs."""

from django.conf import settings

from .demologin import demo_logins
from .navigation import menus, navigation, searched


def frame(request):
    user = getattr(request, "user", None)
    return {
        "kommune": {"navn": settings.KOMMUNE_NAVN, "adresse": settings.KOMMUNE_ADRESSE},
        "tilgaengelighed_url": settings.TILGAENGELIGHED_URL,
        "privatliv_url": settings.PRIVATLIV_URL,
        "demo": settings.DEMO,
        "demo_logins": demo_logins if settings.DEMO else (),  # called by the log-in page alone
        "navigation": navigation(request),
        "menuer": menus(request),
        "soeger": searched(user) if user else [],
    }
