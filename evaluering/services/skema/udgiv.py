"""A draft becomes the version in force from a day on. What is published is what was seen: never a later change."""

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import StaleError, save_checked
from evaluering.models import Evalueringsskema
from evaluering.queries.skema import content_of, newest, problems

from .kladde import lock_draft


def skema_version(skema: Evalueringsskema) -> str:
    """Changes with any word of it."""
    return sha256(json.dumps(asdict(content_of(skema))).encode()).hexdigest()[:16]


@transaction.atomic
def publish_skema(actor, *, skema: Evalueringsskema, gaelder_fra: date, version: str) -> Evalueringsskema:
    """Talks that have begun keep the version they began with; those that begin from the day on get this one."""
    skema = lock_draft(skema.pk)
    if version != skema_version(skema):
        raise StaleError("Kladden er rettet, siden du så den. Se ændringerne igennem, og udgiv så igen.")
    if found := problems(content_of(skema)):
        raise ValidationError(found)
    last = newest(skema.art)
    if gaelder_fra < today():
        raise ValidationError({"gaelder_fra": "Vælg i dag eller en senere dag."})
    if last and gaelder_fra < last.gaelder_fra:
        words = f"Version {last.version} gælder først fra {full_date(last.gaelder_fra)}. Vælg den dag eller en senere."
        raise ValidationError({"gaelder_fra": words})
    skema.version = last.version + 1 if last else 1
    skema.status, skema.gaelder_fra = Evalueringsskema.Status.UDGIVET, gaelder_fra
    save_checked(skema)
    audit.record(actor, "skema.udgivet", skema, f"{skema} gælder fra {full_date(gaelder_fra)}")
    return skema
