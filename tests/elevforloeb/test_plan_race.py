"""Many publish at the same moment, on real connections: never more elever than places, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from afdelinger.models import Rolle
from elevforloeb.core.periods import DateRange
from elevforloeb.models import Ophold, Udgivelse, Udkast, Udkastophold
from elevforloeb.queries.plan import load_plan, stand
from elevforloeb.services.plan import open_draft, publish_plan, udgivelse
from tests.cast import person
from tests.factories import AfdelingFactory, ElevFactory, HoldFactory, OpholdFactory, add_rules
from tests.plan_steps import days

pytestmark = pytest.mark.django_db(transaction=True)
WINTER = days(date(2028, 1, 1), date(2028, 4, 30))


@pytest.fixture
def actor(transactional_db):
    add_rules()
    return person("Else Ansvarlig", Rolle.ELEVANSVARLIG)


def draft_into(actor, afdeling, *, out_of=None) -> tuple[Udkast, str]:
    """A hold of its own with one elev, whose draft goes to the afdeling (and leaves another)."""
    elev = ElevFactory(hold=HoldFactory())
    row = Udkastophold(elev=elev, afdeling=afdeling, periode=DateRange(WINTER.startdato, WINTER.slutdato))
    if out_of:
        row.ophold = OpholdFactory(elev=elev, afdeling=out_of, periode=row.periode)
    row.udkast = Udkast.objects.create(hold=elev.hold, oprettet_af=actor)
    row.save()
    return row.udkast, stand(load_plan(elev.hold, row.udkast))


def at_once(actor, drafts, threads=8) -> list[str]:
    """Publish all the drafts, each on a connection of its own; what each was answered, "" for published."""
    ready = Barrier(threads)

    def work(share):
        ready.wait()
        try:
            return [publish_one(*draft) for draft in share]
        finally:
            connections.close_all()

    def publish_one(udkast, was):
        try:
            publish_plan(actor, hold=udkast.hold, udkast_id=udkast.pk, was=was)
        except ValidationError as error:
            return error.messages[0]
        return ""

    shares = [drafts[number::threads] for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return [answer for answers in pool.map(work, shares) for answer in answers]


@contextmanager
def without_the_trigger():
    with connection.cursor() as cursor:
        cursor.execute("alter table elevforloeb_ophold disable trigger vogt_ophold")
        try:
            yield
        finally:
            cursor.execute("alter table elevforloeb_ophold enable trigger vogt_ophold")


def test_forty_who_publish_into_three_places_are_three(actor):
    afdeling = AfdelingFactory(navn="Jobcenter", pladser=3)
    answers = at_once(actor, [draft_into(actor, afdeling) for _ in range(40)])
    assert Ophold.objects.filter(afdeling=afdeling).count() == answers.count("") == Udgivelse.objects.count() == 3
    refused = {answer for answer in answers if answer}
    assert all("Jobcenter har 4 elever på 3 pladser fra januar til april 2028" in answer for answer in refused), refused


def test_the_guard_of_the_database_alone_keeps_them_three(actor, monkeypatch):
    """Whoever writes a plan by another way, without our locks and checks, is stopped as well."""
    monkeypatch.setattr(udgivelse, "_lock_afdelinger", lambda hold, udkast: None)
    monkeypatch.setattr(udgivelse, "_refuse", lambda forskel, past_ok: None)
    afdeling = AfdelingFactory(navn="Jobcenter", pladser=3)
    answers = at_once(actor, [draft_into(actor, afdeling) for _ in range(16)])
    assert Ophold.objects.filter(afdeling=afdeling).count() == 3
    assert answers.count("Jobcenter har 4 elever på 3 pladser den 1. januar 2028.") == 13


def test_without_lock_and_guard_there_are_too_many(actor, monkeypatch):
    """The twin that must fail: it shows that the two tests above do race."""
    together = Barrier(8)
    real_refuse = udgivelse._refuse

    def refuse_together(forskel, past_ok):
        real_refuse(forskel, past_ok)
        together.wait(timeout=60)  # all have looked before anybody writes

    monkeypatch.setattr(udgivelse, "_lock_afdelinger", lambda hold, udkast: None)
    monkeypatch.setattr(udgivelse, "_refuse", refuse_together)
    afdeling = AfdelingFactory(pladser=3)
    with without_the_trigger():
        at_once(actor, [draft_into(actor, afdeling) for _ in range(8)])
    assert Ophold.objects.filter(afdeling=afdeling).count() == 8


def test_plans_that_exchange_afdelinger_never_block_each_other(actor):
    one, two = AfdelingFactory(pladser=40), AfdelingFactory(pladser=40)
    drafts = [draft_into(actor, one, out_of=two) for _ in range(8)] + [
        draft_into(actor, two, out_of=one) for _ in range(8)
    ]
    assert at_once(actor, drafts) == [""] * 16


def test_one_draft_published_by_eight_is_published_once(actor):
    draft = draft_into(actor, AfdelingFactory())
    answers = at_once(actor, [draft] * 8)
    assert answers == [""] * 8, "the same person gets the same receipt"
    assert Udgivelse.objects.count() == Ophold.objects.count() == 1


def test_eight_who_open_a_draft_get_the_same_one(actor):
    hold = HoldFactory()

    def work(_):
        try:
            return open_draft(actor, hold=hold).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(work, range(8)))) == 1
