"""Who did what, and who read what. Both tables are append-only."""

from collections.abc import Iterable

from django.db import models

from .models import Haendelse, Opslag


def record(actor, handling: str, objekt: models.Model, tekst: str, **data) -> Haendelse:
    """Write one act to the history. Called by services, inside their transaction."""
    found = _act(actor, handling, objekt, tekst, data)
    found.save()
    return found


def record_many(actor, handling: str, acts: Iterable[tuple[models.Model, str, dict]]) -> None:
    """The same act on many objects, each with its own words and data, in one statement."""
    Haendelse.objects.bulk_create([_act(actor, handling, *act) for act in acts], batch_size=1000)


def _act(actor, handling: str, objekt: models.Model, tekst: str, data: dict) -> Haendelse:
    return Haendelse(
        bruger=actor, handling=handling, objekttype=objekt._meta.label, objekt_id=objekt.pk, tekst=tekst, data=data
    )


def history(objekt: models.Model) -> models.QuerySet[Haendelse]:
    return Haendelse.objects.filter(objekttype=objekt._meta.label, objekt_id=objekt.pk).select_related("bruger")


def last_actor(*objekter: models.Model) -> str:
    """Who did the latest act on any of them, for a sentence about a conflict."""
    acts = [act for each in objekter if (act := history(each).first())]
    newest = max(acts, key=lambda act: act.pk, default=None)
    return str(newest.bruger) if newest and newest.bruger else "En anden"


def acts_of(bruger, handling: str) -> models.QuerySet[Haendelse]:
    return Haendelse.objects.filter(bruger=bruger, handling=handling)


def log_read(request, *, bruger=None, person=None, art=Opslag.Art.VIS, soegetekst="", nr: int | None = None) -> None:
    """Record that the user of `request` was shown the data of `person` (None: of several people).

    `bruger`: who reads, where nobody is logged in. `nr`: which of the person's things, where the person can ask who has
    read just that one.
    """
    reader = bruger or request.user
    if person == reader:
        return  # reading one's own page is no look-up in another person's data
    Opslag.objects.create(
        bruger=reader,
        person=person,
        art=art,
        side=request.resolver_match.view_name + (f" {nr}" if nr else ""),
        soegetekst=soegetekst[:100],
        anmodning=request.id,
    )
