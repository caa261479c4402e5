"""Reminders about AUB, one for each period of a class: to check the letter, and before the claim is too late."""

from datetime import timedelta

from elevforloeb.core import outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import Rules, rules
from elevforloeb.queries.forloeb import elevansvarlige
from skoleophold.queries.aub import near_deadline, unchecked

GIVEN_UP = timedelta(days=180)  # after which only the deadline itself is told about


def remind_about_aub() -> None:
    now = rules()
    found = [("aub_tjek", pk) for pk in _unchecked(now)] + [("aub_frist", pk) for pk in near_deadline(now)]
    people = elevansvarlige() if found else ()
    outbox.queue_new([_mail(person, skabelon, pk) for person in people for skabelon, pk in found])


def _unchecked(now: Rules) -> set[int]:
    until = now.day - timedelta(days=now.aub_tjek_dage)
    rows = unchecked(until).filter(kalenderperiode__periode__endswith__gt=until - GIVEN_UP)
    return set(rows.values_list("skoleperiode", flat=True))


def _mail(person, skabelon: str, periode: int) -> Mail:
    noegle, data = f"{skabelon}:{periode}:{person.pk}", {"skoleperiode": periode}
    return outbox.order(person, noegle=noegle, skabelon=skabelon, data=data, forfald=at_eight(today()))
