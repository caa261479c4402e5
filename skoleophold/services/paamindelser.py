"""Reminders about school. Each asks "what should exist by now?"; it may run twice or late."""

from collections.abc import Iterator
from datetime import timedelta

from elevforloeb.core import outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Ophold
from elevforloeb.queries.forloeb import elevansvarlige
from skoleophold.queries.fagproeve.paamindelser import due_reminders
from skoleophold.queries.paamindelser import undecided, without_grades, without_summons


def remind_about_school() -> None:
    now = rules()
    outbox.queue_new([*_summons(now), *_grades(now), *_choices(now), *_fagproever(now)])


def _summons(now: Rules) -> Iterator[Mail]:
    periods = list(without_summons(now.day + timedelta(days=now.indkaldelse_varsel_dage)))
    for person in elevansvarlige() if periods else ():
        for periode in periods:
            key = f"{periode.pk}:{periode.startdato}"
            yield _mail(person, "indkaldelse_mangler", key, {"skoleperiode": periode.pk})


def _grades(now: Rules) -> Iterator[Mail]:
    until = now.day - timedelta(days=now.karakter_frist_dage)
    for ophold in without_grades().filter(skoleperiode__periode__endswith__lte=until + timedelta(days=1)):
        yield _mail(ophold.elev.bruger, "karakterer_mangler", str(ophold.pk), {"skoleophold": ophold.pk})


def _choices(now: Rules) -> Iterator[Mail]:
    rows = list(undecided(now.day + timedelta(days=now.fagvalg_paamindelse_dage)))
    stays = Ophold.objects.on(now.day).filter(elev__in=[row.elev_id for row in rows]).select_related("elevvejleder")
    guides = {stay.elev_id: stay.elevvejleder for stay in stays if rows}
    for row in rows:
        last = row.skolehold.fagvalg_senest
        for person in filter(None, (row.elev.bruger, guides.get(row.elev_id))):
            data = {"elev": row.elev_id, "frist": str(last)}
            yield _mail(person, "fagvalg_paamindelse", f"{row.elev_id}:{last}", data)


def _fagproever(now: Rules) -> Iterator[Mail]:
    """Each with the date it is about in its key: a date that is moved is told of again."""
    for kind, forsoeg, due in due_reminders(now):
        yield _mail(forsoeg.elev.bruger, kind, f"{forsoeg.pk}:{due}", {"forsoeg": forsoeg.pk})


def _mail(person, skabelon: str, what: str, data: dict) -> Mail:
    noegle = f"{skabelon}:{what}:{person.pk}"
    return outbox.order(person, noegle=noegle, skabelon=skabelon, data=data, forfald=at_eight(today()))
