"""Checks across rows: what must be unique, what must exist, and periods that must not overlap.

They work on the content as written, not on the validated rows: a file with a missing field somewhere still gets
all its wrong codes pointed out in the same go. So every value may have any type here.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from .problems import LONGEST_QUOTE, Path, quote

# A pattern names fields from the top of the file; * is every row of a list.
UNIQUE = [  # what must be unique, and within how many steps of its path (0: in the whole file)
    ("afdelinger.*.kode", 0),
    ("afdelinger.*.opgaver.*.kode", 0),
    ("afdelinger.*.underomraader.*", 2),
    ("afdelinger.*.it_systemer.*.navn", 2),
    ("afdelinger.*.delophold.*.navn", 2),
    ("afdelinger.*.kurser.*", 2),
    ("afdelinger.*.opgaver.*.maal.*", 4),
    ("afdelinger.*.opgaver.*.jobkompetencer.*", 4),
    ("maalsaet.*.kode", 0),
    ("maalsaet.*.maal.*.kode", 2),
    ("jobkompetencer.*.kode", 0),
    ("kurser.*.nummer", 0),
    ("uddannelsesmodeller.*.kode", 0),
    ("skoler.*.kode", 0),
    ("fag.*.kode", 0),
    ("spoergsmaal.*.kode", 0),
    ("sider.*.noegle", 0),
    ("udgiftsarter.*.kode", 0),
    ("udgiftsarter.*.navn", 0),
]
KNOWN = [  # a value here must be one of the values there; what that list is called
    ("afdelinger.*.opgaver.*.maal.*", "maalsaet.*.maal.*.kode", "målsættene"),
    ("afdelinger.*.opgaver.*.jobkompetencer.*", "jobkompetencer.*.kode", "jobkompetencerne"),
    ("afdelinger.*.kurser.*", "kurser.*.nummer", "kurserne"),
    ("afdelinger.*.efterfoelger", "afdelinger.*.kode", "afdelingerne"),
]
MOST_NAMED = 12
MOST_ADVICE = 100


def check_references(content: dict, places: dict[Path, str]) -> list[tuple[Path, str]]:
    findings = []
    for pattern, scope in UNIQUE:
        findings += _repeated(content, pattern, scope, places)
    for pattern, source, name in KNOWN:
        findings += _unknown(texts(content, pattern), {value for _, value in texts(content, source)}, name)
    return [*findings, *_unknown_underomraader(content), *_successors(content)]


def find(content, pattern: str, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Everything that stands where the pattern says, with its path. What has another shape is passed over."""
    step, _, rest = pattern.partition(".")
    if not step:
        yield path, content
    elif step == "*":
        for number, item in enumerate(content if isinstance(content, list) else []):
            yield from find(item, rest, (*path, number))
    elif isinstance(content, dict) and step in content:
        yield from find(content[step], rest, (*path, step))


def texts(content, pattern: str, path: Path = ()):
    return ((place, value) for place, value in find(content, pattern, path) if isinstance(value, str))


def groups(content, pattern: str):
    return ((place, value) for place, value in find(content, pattern) if isinstance(value, dict))


def _repeated(content, pattern, scope, places):
    first = {}
    for path, value in texts(content, pattern):
        earlier = first.setdefault((path[:scope], value), path)
        if earlier != path:
            yield path, f"{quote(value)} står allerede i {places[earlier]}."


def _unknown(references, known, name):
    unknown = [(path, value) for path, value in references if value not in known]
    for number, (path, value) in enumerate(unknown):
        advice = _advice(value, known) if number < MOST_ADVICE else ""  # looking for near words is slow
        yield path, f"{quote(value)} findes ikke i {name}. {advice}".rstrip()


def _advice(value, known):
    near = get_close_matches(value[:LONGEST_QUOTE], known, n=1, cutoff=0.7)
    if near:
        return f"Mente du '{near[0]}'?"
    names = sorted(known)
    rest = f" og {len(names) - MOST_NAMED} mere" if len(names) > MOST_NAMED else ""
    return f"Kendte: {', '.join(names[:MOST_NAMED])}{rest}." if names else "Der er ingen at vælge imellem."


def _unknown_underomraader(content):
    for path, afdeling in groups(content, "afdelinger.*"):
        known = {value for _, value in texts(afdeling, "underomraader.*")}
        yield from _unknown(texts(afdeling, "opgaver.*.underomraade", path), known, "afdelingens underområder")


def _successors(content):
    """A department that is followed by another has a last day, and following the links never comes back."""
    afdelinger = {row.get("kode"): row for _, row in groups(content, "afdelinger.*") if _is_text(row.get("kode"))}
    for path, kode in texts(content, "afdelinger.*.efterfoelger"):
        row = content["afdelinger"][path[1]]
        if "til" not in row:
            yield path, "Afdelingen er afløst, så dens sidste dag skal stå i feltet 'til'."
        if row.get("kode") in _followers(kode, afdelinger):
            yield path, "Afdelingerne afløser hinanden i ring."


def _followers(kode, afdelinger):
    seen = []
    while _is_text(kode) and kode not in seen:
        seen.append(kode)
        kode = afdelinger.get(kode, {}).get("efterfoelger")
    return seen


def _is_text(value):
    return isinstance(value, str)
