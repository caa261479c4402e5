"""A signed declaration cannot be changed: not by a service, not by hand with the application's role or the owner's."""

# ruff: noqa: S608  the statements are made of our own words

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection

from elevforloeb.core.models import Dokument
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.project.management.commands.databaseroller import APP
from elevforloeb.project.sletning import erase_person
from evaluering.models import Oplaeringserklaering
from evaluering.services import erklaering as services
from evaluering.services.erklaeringsplan import prepare_erklaeringer
from tests.evaluering.test_forsegling import refused, rights, run  # noqa: F401 - rights is a fixture
from tests.factories import ErklaeringFactory, KalenderperiodeFactory

YEARS_LATER = datetime(2032, 3, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
TABLE = Oplaeringserklaering._meta.db_table
DELETE = f"delete from {TABLE}"  # noqa: S608
# Every column that somebody could wish to have been otherwise.
CHANGES = [
    "arbejdsomraader = 'x'",
    "behov_skole = 'x'",
    "behov_oplaering = 'x'",
    "elev_bemaerkning = 'x'",
    "elev_set = null",
    "underskrevet = now()",
    "underskrevet_af_id = elev_id",
    "frist = frist + 1",
    "afsluttende = not afsluttende",
    "status = 'set', dokument_id = null, underskrevet = null, sendt = null",
    "status = 'sendt', sendt = '2027-10-14', behov_skole = 'x'",
]


def update(change: str) -> str:
    return f"update {TABLE} set {change}"  # noqa: S608


@pytest.fixture
def signed(cast) -> Oplaeringserklaering:
    row = ErklaeringFactory(elev=cast.aase, skole=cast.skole)
    services.send_to_elev(cast.elevansvarlig, erklaering=row, version=1)
    return services.sign(cast.elevansvarlig, erklaering=row, version=2, grund="Kunne ikke træffes")


def send(cast, row) -> Oplaeringserklaering:
    services.mark_sent(cast.elevansvarlig, erklaering=row, sendt=row.underskrevet.date(), hvordan="Sikker mail")
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("role", [APP, None], ids=["application", "owner"])
@pytest.mark.parametrize("is_sent", [False, True], ids=["signed", "sent"])
def test_the_row_refuses_every_change_delete_and_truncate(rights, cast, signed, role, is_sent):  # noqa: F811
    if is_sent:
        send(cast, signed)
    before = list(Oplaeringserklaering.objects.values())
    wrong = [update(each) for each in CHANGES]
    wrong += [DELETE, f"truncate {TABLE} cascade"]
    assert [each for each in wrong if not refused(each, role)] == []
    assert list(Oplaeringserklaering.objects.values()) == before


@pytest.mark.parametrize(
    "change", ["sendt = sendt - 1", "sendt_hvordan = 'x'", "status = 'underskrevet', sendt = null"]
)
def test_it_is_sent_once(rights, cast, signed, change):  # noqa: F811
    send(cast, signed)
    assert refused(update(change), APP)


def test_as_a_draft_the_same_changes_pass(rights, cast):  # noqa: F811
    """The guard is about the signature: without it the sentences above are no errors in themselves."""
    ErklaeringFactory(elev=cast.aase, skole=cast.skole)
    for change in CHANGES[:5]:
        assert not refused(update(change), APP)
    assert not refused(DELETE, APP)


def test_the_refusal_comes_from_our_guard_and_says_why(signed):
    with pytest.raises(DatabaseError, match="Erklæringen er underskrevet"):
        run(update("behov_skole = 'x'"))


def test_the_application_may_send_it(rights, signed):  # noqa: F811
    run(update("status = 'sendt', sendt = '2027-10-15', sendt_hvordan = 'Bud', version = 4"), APP)
    signed.refresh_from_db()
    assert (signed.status, signed.sendt_hvordan) == ("sendt", "Bud")


def test_it_survives_its_school_period_and_is_given_to_no_other(cast, signed):
    Kalenderperiode.objects.filter(pk=signed.skole_id).delete()
    signed.refresh_from_db()
    assert (signed.skole, signed.status) == (None, "underskrevet")
    prepare_erklaeringer()
    signed.refresh_from_db()
    assert signed.skole is None
    later = KalenderperiodeFactory(elev=cast.aase, periode=period(date(2028, 2, 1), date(2028, 2, 11)))
    assert refused(update(f"skole_id = {later.pk}"))


@pytest.mark.parametrize("role", [APP, None], ids=["application", "owner"])
def test_it_goes_with_its_person(rights, cast, signed, role):  # noqa: F811
    send(cast, signed)
    with time_machine.travel(YEARS_LATER), connection.cursor() as cursor:
        if role:
            cursor.execute(f"set local role {role}")
        erase_person(cast.elevansvarlig, person=cast.aase.bruger)
    assert not Oplaeringserklaering.objects.exists() and not Dokument.objects.exists()
