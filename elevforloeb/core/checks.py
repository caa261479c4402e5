"""What `manage.py check` says about settings that would send mail the wrong way."""

from django.conf import settings
from django.core.checks import Error, register

from .delivery import MODES

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


@register
def mail_settings(app_configs, **kwargs):
    problems = []
    if settings.MAIL_MODE not in MODES:
        problems.append(Error(f"MAIL_MODE skal være en af: {', '.join(MODES)}.", id="core.E001"))
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.MAIL_MODE in ("pilot", "live") and not encrypted and settings.EMAIL_HOST not in OWN_MACHINE:
        hint = "Skriv EMAIL_URL som smtp+tls://… (port 587) eller smtp+ssl://… (port 465)."
        problems.append(Error("Mail til en anden maskine skal sendes krypteret.", hint=hint, id="core.E002"))
    return problems
