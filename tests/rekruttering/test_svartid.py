"""Nobody learns from the clock who has applied: a known address and an unknown one cost the same.

The statements are counted and, because statements are not all, the time is taken too, in turns on one machine: what is
computed, and what is waited too. The twin at the end shows that each would notice a service that gives up early.
"""

import re
import time
from collections.abc import Callable
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

TIMES, ROUNDS, MOST = 100, 3, 0.10
CLOCKS = (time.thread_time, time.perf_counter)
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
    return any(all(each < MOST for each in _differences(one, other)) for _ in range(ROUNDS))


def _differences(one: Callable, other: Callable) -> list[float]:
    """By each clock, of the time of one. Neighbours in time are compared: other work on the machine meets them both."""
    taken = [(_time(one), _time(other)) for _ in range(TIMES)]
    return [
        abs(median(a[clock] - b[clock] for a, b in taken)) / median(min(a[clock], b[clock]) for a, b in taken)
        for clock in CLOCKS
    ]


def _time(act: Callable) -> dict[Callable, float]:
    started = {clock: clock() for clock in CLOCKS}
    act()
    return {clock: clock() - start for clock, start in started.items()}


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
    assert min(_differences(one, other)) > MOST, "by each clock alone"


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
