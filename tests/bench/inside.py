"""What is measured inside a process of ours: statements and rows of a page, documents, the queue of reminders.

`python -m tests.bench.inside make 4000 60` makes a world, `… measure '{"elev": …}'` measures it. Both print JSON.
"""

import json
import re
import statistics
import sys
import time
from collections import Counter

import django

LIST = re.compile(r"\((?:%s(?:, )?)+\)")  # IN (1, 2) and IN (1, 2, 3) are one shape


class Counted:
    """Statements and rows of what runs inside."""

    def __init__(self):
        self.shapes, self.rows = Counter(), 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.shapes[LIST.sub("(…)", str(sql))] += 1
        if str(sql).lstrip()[:6].upper() in ("SELECT", "WITH"):
            self.rows += max(context["cursor"].cursor.rowcount, 0)
        return result

    @property
    def statements(self) -> int:
        return self.shapes.total()

    @property
    def repeated(self) -> int:
        return self.shapes.total() - len(self.shapes)


def count_page(client, path: str) -> dict:
    from django.db import connection

    counted = Counted()
    with connection.execute_wrapper(counted):
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return {"statements": counted.statements, "repeated": counted.repeated, "rows": counted.rows}


def compare(ours, bare, rounds: int) -> dict:
    """CPU ms of two actions that take turns. One turn of each warms up."""
    spent = {ours: [], bare: []}
    for turn in range(rounds + 1):
        for action in (ours, bare):
            start = time.process_time()
            action()
            if turn:
                spent[action].append((time.process_time() - start) * 1000)
    return {"ours": statistics.median(spent[ours]), "floor": statistics.median(spent[bare])}


def plan_as_pdf(client, hold: int) -> dict | None:
    """The whole request beside WeasyPrint alone, warm, with the same HTML, fonts and style."""
    from unittest import mock

    from elevforloeb.core import pdf

    try:
        weasyprint, _, fonts, style = pdf._engine()
    except pdf.PdfUnavailable:
        return None
    page = f"/hold/{hold}/plan/pdf/"
    with mock.patch.object(weasyprint, "HTML", wraps=weasyprint.HTML) as spy:
        client.get(page)
    document = spy.call_args.kwargs

    def bare():
        weasyprint.HTML(**document).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")

    return compare(lambda: client.get(page), bare, rounds=2)


def evaluation_as_pdf() -> dict | None:
    """Two pages from the sealed text to the bytes that are kept, beside WeasyPrint alone. Nothing is stored."""
    from unittest import mock

    from django.utils import timezone

    from elevforloeb.core import pdf, seal
    from elevforloeb.core.models import Dokument
    from evaluering.pdf import evaluering_pdf
    from tests.dokument_steps import evaluation_text

    try:
        weasyprint, _, fonts, style = pdf._engine()
    except pdf.PdfUnavailable:
        return None
    text = seal.canonical({"indhold": evaluation_text()})
    dokument = Dokument(art="evaluering", titel="x", forseglet=timezone.now(), indhold=text)
    dokument.sha256 = seal.fingerprint(text)
    with mock.patch.object(weasyprint, "HTML", wraps=weasyprint.HTML) as spy:
        evaluering_pdf(dokument)
    page = spy.call_args.kwargs

    def bare():
        weasyprint.HTML(**page).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")

    return compare(lambda: evaluering_pdf(dokument), bare, rounds=9)


def ten_thousand_reminders() -> dict:
    """The service that finds and queues them beside the insert of the same rows. Nothing of it is kept."""
    from django.db import transaction

    from elevforloeb.core.models import Mail
    from elevforloeb.services import paamindelser

    def queue_bare():
        rows = [Mail(**fields) for fields in wanted]
        Mail.objects.bulk_create(rows, batch_size=2000)

    def timed(action) -> float:
        with transaction.atomic():
            start = time.perf_counter()
            action()
            spent = (time.perf_counter() - start) * 1000
            if Mail.objects.count() != 10_000:
                raise RuntimeError("Not ten thousand reminders")
            transaction.set_rollback(True)
        return spent

    with transaction.atomic():
        _make_coming_stays()
        paamindelser.remind_coming_departments()
        columns = ("modtager_id", "noegle", "skabelon", "data", "message_id", "forfald", "naeste")
        wanted = list(Mail.objects.values(*columns))
        Mail.objects.all().delete()
        pairs = [(timed(paamindelser.remind_coming_departments), timed(queue_bare)) for _ in range(3)]
        transaction.set_rollback(True)
    ours, bare = zip(*pairs, strict=True)
    return {"ours": statistics.median(ours), "floor": statistics.median(bare)}


def _make_coming_stays():
    """Five short stays within the notice for each of 2,000 elever, instead of those that are planned."""
    from elevforloeb.core.dates import ONE_DAY, today
    from elevforloeb.core.periods import DateRange
    from elevforloeb.models import Elev, Ophold

    some = Ophold.objects.exclude(elevvejleder=None).first()
    Ophold.objects.filter(periode__startswith__gt=today()).delete()
    days = [today() + number * ONE_DAY for number in range(3, 8)]
    place = {"afdeling_id": some.afdeling_id, "elevvejleder_id": some.elevvejleder_id}
    elever = Elev.objects.values_list("pk", flat=True)[:2000]
    rows = [Ophold(elev_id=pk, periode=DateRange(day, day + ONE_DAY), **place) for pk in elever for day in days]
    Ophold.objects.bulk_create(rows, batch_size=2000)


def scan_of_debts() -> dict:
    """The service that looks for what people owe: every elev with five open evaluations, nothing of it is kept."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from elevforloeb.core.models import Mail
    from evaluering.services.paamindelser import remind_about_debts

    with transaction.atomic():
        number = _make_open_evalueringer()
        Mail.objects.all().delete()
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as seen:
            remind_about_debts()
        first = time.perf_counter() - start
        start = time.perf_counter()
        remind_about_debts()
        again = time.perf_counter() - start
        mails = Mail.objects.count()
        transaction.set_rollback(True)
    reads = [each["sql"] for each in seen if not each["sql"].startswith(("INSERT", "SAVEPOINT", "RELEASE"))]
    return {"seconds": first, "again": again, "statements": len(reads), "mails": mails, "evalueringer": number}


def _make_open_evalueringer() -> int:
    """Five for each elev, due yesterday to in three days, in her latest stay."""
    from elevforloeb.core.dates import ONE_DAY, today
    from elevforloeb.models import Ophold
    from evaluering.models import Art, Evaluering

    Evaluering.objects.all().delete()
    latest = Ophold.objects.exclude(elevvejleder=None).order_by("elev_id", "-periode").distinct("elev_id")
    rows = [
        Evaluering(
            elev_id=stay.elev_id,
            ophold=stay,
            afdeling_id=stay.afdeling_id,
            elevvejleder_id=stay.elevvejleder_id,
            art=art,
            frist=today() + (nr - 1) * ONE_DAY,
        )
        for stay in latest
        for nr, art in enumerate(Art.values)
    ]
    return len(Evaluering.objects.bulk_create(rows, batch_size=2000))


def session_for(world: dict, path: str) -> str:
    """The draft of an evaluation is its author's alone, and a calendar program is not logged in."""
    if path.startswith("/kal/"):
        return ""
    return world["elev_session" if path == f"/evaluering/{world['skema']}/" else "session"]


def measure(world: dict, pages: dict[str, str]) -> dict:
    from django.conf import settings
    from django.test import Client

    from .skole import a_list_of_grades

    client, cookie = Client(SERVER_NAME="127.0.0.1"), settings.SESSION_COOKIE_NAME
    found = {}
    for name, path in pages.items():
        client.cookies[cookie] = session_for(world, path)
        found[name] = client.get(path) and count_page(client, path)
    client.cookies[cookie] = world["session"]
    return {
        "pages": found,
        "pdf": plan_as_pdf(client, world["hold60"]),
        "evaluation": evaluation_as_pdf(),
        "reminders": ten_thousand_reminders(),
        "debts": scan_of_debts(),
        "grades": a_list_of_grades(),
    }


def main(what: str, *arguments: str) -> dict:
    django.setup()
    if what == "measure":
        return measure(*map(json.loads, arguments))
    from django.core.management import call_command

    from .world import make_world

    call_command("migrate", verbosity=0)
    return make_world(*map(int, arguments))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
