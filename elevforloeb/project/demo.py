"""The whole demo: what each floor and wing makes, in the order that they need each other."""

from django.db import transaction

from afdelinger.demo import make_people, open_accounts
from elevforloeb.core.dates import add_months, living_on, today
from elevforloeb.core.models import Mail
from elevforloeb.demo import make_elever
from evaluering.demo import make_evalueringer
from rekruttering.demo import make_rekruttering
from skoleophold.demo import make_school


@transaction.atomic
def make_demo() -> None:
    since = add_months(today().replace(day=1), -36)
    with living_on(since):
        elevansvarlig = make_people(since=since)
    make_elever(elevansvarlig)
    make_school(elevansvarlig)
    make_evalueringer(elevansvarlig)
    make_rekruttering(elevansvarlig)
    open_accounts()
    # The mails of past years have been read long ago; the mailbox begins empty.
    Mail.objects.all().delete()
