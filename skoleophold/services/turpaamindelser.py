"""Reminders to the elever of what they lack for a study trip: one mail at each deadline, with what was due before."""

from datetime import timedelta

from elevforloeb.core import outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.rules import rules
from skoleophold.queries.studietur import missing_by


def remind_about_trips() -> None:
    now, mails = rules(), []
    for tur, elev, frist in missing_by(now.day + timedelta(days=now.studietur_paamindelse_dage)):
        noegle = f"studietur_mangler:{tur.pk}:{elev.pk}:{frist}"
        data = {"tur": tur.pk, "frist": str(frist)}
        due = at_eight(today())
        mails.append(outbox.order(elev.bruger, noegle=noegle, skabelon="studietur_mangler", data=data, forfald=due))
    outbox.queue_new(mails)
