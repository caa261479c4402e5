"""Nobody learns from the clock who has applied: a known address and an unknown one cost the same.

The statements are counted and, because statements are not all, the time is taken too, in turns on one machine: what is
computed, which other work on the machine hardly disturbs, and what is waited, which it does. The twin at the end shows
that all three would notice a service that gives up early.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core import outbox
from elevforloeb.core.models import Mail
from rekruttering.links import token
from rekruttering.models import Ansoegning
from rekruttering.services.ansoegning import new_link
from rekruttering.services.interesse import ask_for_notice, forget_expired_interests
from rekruttering.services.post import request_link, send_link
from rekruttering.views.offentlig import begynd, linket
from tests.ansoeger_steps import open_round, sent
from tests.factories import add_rules

TIMES, ROUNDS = 30, 3
CLOCKS = {time.thread_time: 0.10, time.perf_counter: 0.50}  # and by how much the two may differ
KNOWN, UNKNOWN = "kendt@example.invalid", "ukendt@example.invalid"


@pytest.fixture
def known(db, monkeypatch) -> Ansoegning:
    cache.clear()
    add_rules(ansoegning_mails_dag=10_000)
    for module in (begynd, linket):  # what a limit remembers grows with each request
        monkeypatch.setattr(module, "is_spent", lambda *_: False)
    found = sent(open_round(), email=KNOWN)
    ask_for_notice(email=KNOWN)
    return found


def statements(act: Callable) -> list[str]:
    """What the database is asked: which columns of which tables, without the values."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [re.sub(r"SAVEPOINT .*|WHERE .*|VALUES .*|'post:[^']*'", "", each["sql"]) for each in asked]


def take_the_same_time(one: Callable, other: Callable) -> bool:
    """By every clock. The machine has other work too, so one round of three is enough."""
    return any(all(close for _, close in _differences(one, other)) for _ in range(ROUNDS))


def _differences(one: Callable, other: Callable) -> Iterator[tuple[Callable, bool]]:
    """Each clock, and whether the medians are close, taken in turns."""
    times = {act: {clock: [] for clock in CLOCKS} for act in (one, other)}
    for act in [one, other] * TIMES:
        started = {clock: clock() for clock in CLOCKS}
        act()
        for clock, start in started.items():
            times[act][clock].append(clock() - start)
    for clock, most in CLOCKS.items():
        a, b = (median(taken[clock]) for taken in times.values())
        yield clock, abs(a - b) / min(a, b) < most


def typed(client, name: str) -> list[Callable]:
    return [lambda email=email: client.post(reverse(name), {"email": email}) for email in (KNOWN, UNKNOWN)]


@pytest.mark.parametrize("name", ["ansoegning_link", "interesse"])
def test_a_known_and_an_unknown_address_cost_the_same(client, known, name):
    one, other = typed(client, name)
    assert statements(one) == statements(other)
    assert take_the_same_time(one, other)


def test_a_link_that_never_was_and_one_that_is_dead_cost_the_same(client, known):
    dead = reverse("min_ansoegning", args=[token(known.noegle)])
    new_link(ansoegning=known)
    one, other = (lambda path=path: client.get(path) for path in (dead, f"{dead[:-3]}xx/"))
    assert one().status_code == other().status_code == 404
    assert statements(one) == statements(other)
    assert take_the_same_time(one, other)


def test_a_service_that_gives_up_early_would_be_noticed(client, known, monkeypatch):
    def early(*, email):
        for row in Ansoegning.objects.filter(email__iexact=email):
            send_link(ansoegning=row, adresse=row.email)
            time.sleep(0.005)  # as a mail server that is asked at once

    monkeypatch.setattr(begynd, "request_link", early)
    one, other = typed(client, "ansoegning_link")
    assert statements(one) != statements(other)
    assert not any(close for _, close in _differences(one, other)), "each clock alone"


def test_what_is_kept_of_an_unknown_address_is_never_sent_and_forgotten_after_a_day(known, settings):
    settings.MAIL_MODE = "file"
    Mail.objects.all().delete()
    request_link(email=UNKNOWN)
    outbox.sweep()
    assert Mail.objects.get().status == Mail.Status.ANNULLERET
    for hours, left in ((23, 1), (25, 0)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            forget_expired_interests()
        assert Mail.objects.count() == left
