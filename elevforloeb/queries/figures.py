"""The figures of one elev, from rows to the pure rules and back: prøvetid, absence, net weeks, warnings."""

from collections.abc import Iterable

from elevforloeb.core.dates import Periode, today
from elevforloeb.core.rules import Rules
from elevforloeb.forloeb import (
    Advarsel,
    Aftale,
    Forloebsmaaned,
    Fravaersregler,
    Fravaerstal,
    Nettouger,
    absence_share,
    agreement_warnings,
    month_of_course,
    net_weeks,
)
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from elevforloeb.proevetid import Proevetid, Proevetidsregler, calculate_proevetid

Art = Kalenderperiode.Art
FRAVAER = frozenset({Art.SYGDOM, Art.BARSEL, Art.ORLOV})

Rows = Iterable[Kalenderperiode]


def spans(rows: Rows, *arter: str) -> list[Periode]:
    return [row.span for row in rows if row.art in arter]


def absence(rows: Rows) -> list[tuple[str, Periode]]:
    return [(str(row.art), row.span) for row in rows if row.art in FRAVAER]


def month(elev: Elev) -> Forloebsmaaned:
    return month_of_course(elev.span, today())


def proevetid(elev: Elev, rows: Rows, rules: Rules) -> Proevetid:
    numbers = Proevetidsregler(months=rules.proevetid_maaneder, absence_limit_days=rules.proevetid_fravaer_dage)
    school = spans(rows, Art.SKOLE)
    return calculate_proevetid(elev.startdato, school=school, absence=absence(rows), rules=numbers)


def net(stay: Ophold, rows: Rows) -> Nettouger:
    """Without school and holiday. Absence is left in: a department sees this figure and must not read illness in it."""
    return net_weeks(stay.span, school=spans(rows, Art.SKOLE), holiday=spans(rows, Art.FERIE))


def absence_rules(rules: Rules) -> Fravaersregler:
    return Fravaersregler(amber_percent=rules.fravaer_gul_pct, red_percent=rules.fravaer_roed_pct)


def absence_figure(elev: Elev, rows: Rows, rules: Rules) -> Fravaerstal:
    return absence_share(elev.span, absence(rows), absence_rules(rules))


def warnings(elev: Elev, stays: Iterable[Ophold], rows: Rows, rules: Rules) -> list[Advarsel]:
    return agreement_warnings(
        Aftale(elev.span, elev.aftale_kommune, elev.aftale_elev),
        today(),
        stays=[stay.span for stay in stays],
        absence=absence(rows),
        rules=absence_rules(rules),
    )
