"""Reminders of what people owe: at most one mail a day for each, with everything in it.

Asks "what should they have been told by now?" and may run twice, late and in two workers: an occasion (this matter,
this deadline, this step) is told once, and a step that was passed during an outage is drowned by the one after it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from afdelinger.models import Bruger
from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import Rules, rules
from evaluering.models import Fravalg
from evaluering.paamindelsesslags import SLAGS, kind_of, offered
from evaluering.queries.skylder import Skyld, debts
from evaluering.rykkertrin import OLD, Tider, Trin

SKABELON = "paamindelser"


def remind_about_debts() -> None:
    now = rules()
    due = occasions(debts(now=now), now)
    told, told_today = _told(due)
    people = Bruger.objects.in_bulk(due.keys() - told_today)
    mails = [_digest(people[pk], new) for pk in people if (new := due[pk] - told[pk])]
    outbox.queue_new(mails)


def occasions(owed: Iterable[Skyld], now: Rules) -> dict[int, set[str]]:
    """By person: what each should have been told by today, and has not said no to."""
    times, refused = Tider.of(now), _refused(now)
    due = defaultdict(set)
    for skyld in owed:
        step = Trin.ESKALERET if skyld.eskaleret else times.reached(skyld.frist, now.day, skyld.slags)
        if step and (skyld.person, kind_of(skyld.slags, step)) not in refused:
            due[skyld.person].add(f"{skyld.slags}:{skyld.pk}:{skyld.frist}:{step}")
    return due


def _refused(now: Rules) -> set[tuple[int, str]]:
    """A refusal counts while the rules allow it."""
    allowed = [each.navn for each in SLAGS if each.kan_fravaelges(now)]
    return set(Fravalg.objects.filter(slags__in=allowed).values_list("bruger", "slags"))


def _told(due: dict[int, set[str]]) -> tuple[dict[int, set[str]], set[int]]:
    """What each has been told, and who has got a mail today already. No occasion is older than OLD.

    Also who got one of an earlier day today, because it was held back: what has turned up since waits until tomorrow.
    It would fall away as already said if it were ordered now (mails.py), and would never be told.
    """
    day = timezone.localdate(timezone.now())  # sending lives by the real clock
    told, told_today = defaultdict(set), set()
    since = at_eight(today() - OLD - timedelta(days=1))
    mails = Mail.objects.filter(skabelon=SKABELON, forfald__gte=since)
    rows = mails.values_list("modtager", "data", "forfald", "sendt")
    for person, data, due_at, sent in rows.iterator(chunk_size=5000):
        told[person].update(data["nyt"])
        if due_at >= at_eight(today()) or (sent and timezone.localdate(sent) == day):
            told_today.add(person)
    return told, told_today


def _digest(person: Bruger, new: set[str]) -> Mail:
    """Named after the first of its occasions, which no other mail to the person has."""
    first, *_ = occasions_in_order = sorted(new)
    noegle = f"{SKABELON}:{person.pk}:{first}"
    data = {"nyt": occasions_in_order}
    return outbox.order(person, noegle=noegle, skabelon=SKABELON, data=data, forfald=at_eight(today()))


@transaction.atomic
def choose_reminders(actor, *, wanted: Iterable[str]) -> None:
    """Which kinds the actor wants by mail. What the rules do not let go of stays as it is."""
    wanted, now = set(wanted), rules()
    for each in offered(actor):
        if each.kan_fravaelges(now):
            if each.navn in wanted:
                Fravalg.objects.filter(bruger=actor, slags=each.navn).delete()
            else:
                Fravalg.objects.get_or_create(bruger=actor, slags=each.navn)
    audit.record(actor, "paamindelser.valgt", actor, "Påmindelser valgt")
