"""An advert as search engines read it: schema.org's JobPosting."""

import re
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from rekruttering.models import Runde
from rekruttering.opmaerkning import to_html

ADRESSE = re.compile(r"(?P<streetAddress>.+?),\s*(?P<postalCode>\d{4})\s+(?P<addressLocality>.+)")


def job_posting(runde: Runde) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": runde.titel,
        "description": to_html(runde.tekst),
        "identifier": {"@type": "PropertyValue", "name": settings.KOMMUNE_NAVN, "value": runde.slug},
        "url": urljoin(settings.BASE_URL, reverse("stillingsopslag", args=[runde.slug])),
        "datePosted": runde.aabningsdag.isoformat(),
        "validThrough": localtime(runde.frist).isoformat(),
        "jobStartDate": runde.startdato.isoformat(),
        "totalJobOpenings": runde.pladser,
        "employmentType": "FULL_TIME",
        "directApply": True,
        "hiringOrganization": {"@type": "Organization", "name": settings.KOMMUNE_NAVN},
        "jobLocation": {"@type": "Place", "address": _address()},
    }


def _address() -> dict:
    found = ADRESSE.fullmatch(settings.KOMMUNE_ADRESSE.strip())
    parts = found.groupdict() if found else {"streetAddress": settings.KOMMUNE_ADRESSE}
    return {"@type": "PostalAddress", "addressCountry": "DK"} | parts
