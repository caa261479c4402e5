"""CSV as a Danish Excel opens it: semicolons, decimal commas, UTF-8 with a mark. No text can run as a formula."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse

FORMULA = re.compile(r"[=+\-@\t\r]")


def csv_response(filename: str, headings: Iterable[str], rows: Iterable[tuple]) -> HttpResponse:
    output = StringIO()
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(map(_cell, row) for row in rows)
    disposition = f'attachment; filename="{filename}"'
    content = output.getvalue().encode("utf-8-sig")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text
