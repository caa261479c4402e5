"""No mail is lost and few come twice while all that can fail does: workers, beat, Redis, PostgreSQL, mail server.

A duplicate can only arise when somebody fails between the mail server's "250" and the line that writes it down, so
there are never more than faults. A short run belongs to every test run; `make kaos` is the long one.
"""

import os
import random
import time
from dataclasses import dataclass

import pytest

from tests.kaos.world import FAULTS, World

pytestmark = [pytest.mark.chaos]

LONG = os.environ.get("KAOS") == "lang"
MAILS, FAULTS_IN_ALL, SEEDS = (3000, 120, [1, 2, 3]) if LONG else (240, 14, [1])
PATIENCE = 1200 if LONG else 120  # seconds


@dataclass
class Result:
    tabt: int
    dubletter: int
    drab: int
    kendte: bool  # every Message-ID that arrived belongs to a mail

    def __str__(self):
        return f"tabt={self.tabt} dubletter={self.dubletter} drab={self.drab}"

    @property
    def holds(self) -> bool:
        return self.tabt == 0 and self.dubletter <= self.drab and self.kendte


def run(seed: int, *, how=(), faults=FAULTS_IN_ALL) -> tuple[Result, World]:
    """One fault for each share of the mails that has arrived: first each kind once, then as they fall."""
    dice = random.Random(seed)  # noqa: S311
    first = dice.sample(list(FAULTS), len(FAULTS)) if faults else []
    end = time.monotonic() + PATIENCE
    with World(mails=MAILS, how=how) as world:
        broken = 0

        def is_due() -> bool:
            return broken < faults and len(world.sink.received) >= MAILS * (broken + 1) // (faults + 2)

        while is_due() or not world.is_quiet():  # where mails are lost, the last faults are never due
            assert time.monotonic() < end, f"not done: {world.statuses()}, {world.faults}, {len(world.sink.received)}"
            if is_due():
                world.break_one(first.pop(), dice) if first else world.break_something(dice)
                broken += 1
            world.tick()
        rows = world.statuses()
    ids = world.sink.ids
    # Every mail has one Message-ID, and no other has it: so many different ones is all of them.
    result = Result(MAILS - len(ids), sum(ids.values()) - len(ids), broken, len(ids) <= MAILS)
    print(f"\n{result} {dict(world.faults)} rows={dict(rows)}")
    return result, world


@pytest.mark.parametrize("seed", SEEDS)
def test_no_mail_is_lost_whatever_fails(seed):
    result, world = run(seed)
    assert result.drab == FAULTS_IN_ALL
    assert all(world.faults[kind] >= (3 if LONG else 1) for kind in FAULTS), world.faults
    assert result.holds, result


def test_with_the_whole_machinery_and_no_fault_each_mail_is_sent_once():
    result, _ = run(0, faults=0)
    assert (result.tabt, result.dubletter) == (0, 0)


def test_marking_before_sending_is_caught_whatever_fails():
    """The sabotage twin: were this to pass the check, the check would be worth nothing."""
    result, _ = run(1, how=["sabotage"])
    assert not result.holds, result
    assert result.tabt > 0
