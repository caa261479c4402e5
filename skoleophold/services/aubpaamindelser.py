"""Reminders about AUB, one for each period of a class: to check the letter, and before the claim is too late."""

from collections.abc import Iterator
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
    people = list(elevansvarlige())
    outbox.queue_new([mail for person in people for mail in (*_check(person, now), *_deadline(person, now))])


def _check(person, now: Rules) -> Iterator[Mail]:
    until = now.day - timedelta(days=now.aub_tjek_dage)
    rows = unchecked(until).filter(kalenderperiode__periode__endswith__gt=until - GIVEN_UP)
    for periode in sorted({row.skoleperiode_id for row in rows}):
        yield _mail(person, "aub_tjek", periode)


def _deadline(person, now: Rules) -> Iterator[Mail]:
    for periode in near_deadline(now):
        yield _mail(person, "aub_frist", periode)


def _mail(person, skabelon: str, periode: int) -> Mail:
    noegle, data = f"{skabelon}:{periode}:{person.pk}", {"skoleperiode": periode}
    return outbox.order(person, noegle=noegle, skabelon=skabelon, data=data, forfald=at_eight(today()))
