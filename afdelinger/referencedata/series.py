"""Dated rows: a row without a last day runs until the next of its kind begins."""

from collections import defaultdict
from datetime import date, timedelta

from .problems import Path
from .references import groups

DATED = ["afdelinger.*", "afdelinger.*.pladser.*", "maalsaet.*", "regler.*", "udgiftsarter.*", "aubsatser.*"]
DATED += ["adgangsveje.*", "fakta.*", "tegngraenser.*"]
# Rows with the same key make a series.
KEYS = {"regler": "noegle", "aubsatser": "art", "adgangsveje": "kode", "fakta": "noegle", "tegngraenser": "antal"}


def with_last_days(rows) -> list[tuple[object, date | None]]:
    """The rows of one series by date, each with its last day (None: until further notice)."""
    rows = sorted(rows, key=lambda row: row.fra)
    following = [row.fra - timedelta(days=1) for row in rows[1:]] + [None]
    return [(row, row.til or last) for row, last in zip(rows, following, strict=False)]


def check_periods(content: dict, places: dict[Path, str]) -> list[tuple[Path, str]]:
    findings = [finding for pattern in DATED for finding in _backwards(content, pattern)]
    for rows in _series(content):
        findings += _overlaps(rows, places)
    return findings


def _backwards(content, pattern):
    for path, row in groups(content, pattern):
        first, last = _day(row, "fra"), _day(row, "til")
        if first and last and last < first:
            yield (*path, "til"), f"Sidste dag ligger før første dag ({first})."


def _series(content):
    series = defaultdict(list)
    for path, row in groups(content, "afdelinger.*.pladser.*"):
        series[path[:2]].append((path, row))
    for section, key in KEYS.items():
        for path, row in groups(content, f"{section}.*"):
            series[section, str(row.get(key))].append((path, row))
    return series.values()


def _overlaps(rows, places):
    """Whether a row begins before the one before it has ended."""
    rows = sorted((row for row in rows if _day(row[1], "fra")), key=lambda row: _day(row[1], "fra"))
    for (earlier_path, earlier), (path, row) in zip(rows, rows[1:], strict=False):
        first, last = _day(row, "fra"), _day(earlier, "til")
        if _day(earlier, "fra") == first or (last and first <= last):
            yield (*path, "fra"), f"Perioden overlapper perioden i {places[earlier_path]}."


def _day(row, name) -> date | None:
    try:
        return date.fromisoformat(row.get(name))
    except (TypeError, ValueError):
        return None
