"""What every page of the frame needs."""

from django.conf import settings

from .navigation import navigation


def frame(request):
    return {
        "kommune": {"navn": settings.KOMMUNE_NAVN, "adresse": settings.KOMMUNE_ADRESSE},
        "tilgaengelighed_url": settings.TILGAENGELIGHED_URL,
        "privatliv_url": settings.PRIVATLIV_URL,
        "demo": settings.DEMO,
        "navigation": navigation(request),
    }
