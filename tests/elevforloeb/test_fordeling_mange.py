"""The pages of an allocation of many elever take as few statements as those of three. Today is 2027-10-15."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from afdelinger.models import Pladser
from elevforloeb.models import Fordeling, Udbud, Udbudssvar
from elevforloeb.services.fordeling import start
from tests.factories import AfdelingFactory, ElevFactory
from tests.fordeling_steps import run, wished_round


def url(name, fordeling, *more) -> str:
    return reverse(name, args=[fordeling.pk, *more])


def pages_of(found) -> list[str]:
    elev = found.tildelinger.first().elev_id
    return [
        reverse("fordelinger", args=[found.runde.hold_id]),
        url("fordeling", found),
        f"{url('fordeling', found)}?vis=afdelinger",
        url("fordeling_elev", found, elev),
        url("fordeling_hvis", found),
        f"{url('fordeling_sammenlign', found)}?med=planen",
        url("fordeling_brug", found),
    ]


@pytest.mark.parametrize("more", [1, 298])
def test_pages_take_the_same_statements_for_3_and_for_300_elever(as_user, cast, monkeypatch, more):
    boss, runde = as_user(cast.elevansvarlig), wished_round(cast)
    for _ in range(more):
        ElevFactory(hold=cast.aase.hold)
    Pladser.objects.update(antal=99)
    for _ in range(5):
        svar = Udbudssvar.objects.create(
            runde=runde, afdeling=AfdelingFactory(pladser=99), svar="tilbyder", besvaret=timezone.now()
        )
        Udbud.objects.bulk_create(Udbud(svar=svar, trin=trin, maksimum=99) for trin in (2, 3))
    monkeypatch.setattr(start, "AT_ONCE", 1000)
    found = run(cast, runde, "Mange")
    assert found.status == Fordeling.Status.FAERDIG
    taken = []
    for page in pages_of(found):
        with CaptureQueriesContext(connection) as statements:
            assert boss.get(page).status_code == 200
        taken.append(len(statements))
    assert taken == [8, 11, 11, 8, 10, 10, 12]
