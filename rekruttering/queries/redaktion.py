"""What the elevansvarlig reads when she edits the public pages."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import add_months, today
from elevforloeb.core.rules import rules
from rekruttering.models import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal


@dataclass(frozen=True)
class Sidelinje:
    side: Side
    offentlig: Sideudgave | None
    kladde: Sideudgave | None


@dataclass(frozen=True)
class Redaktion:
    sider: list[Sidelinje]
    fakta: list[Fakta]
    veje: list[Adgangsvej]
    spoergsmaal: list[Spoergsmaal]
    historier: list[Elevhistorie]
    oplysningstekst: Oplysningstekst | None


def get_redaktion() -> Redaktion:
    return Redaktion(
        sider=_sider(),
        fakta=list(_not_over(Fakta.objects)),
        veje=list(_not_over(Adgangsvej.objects)),
        spoergsmaal=list(Spoergsmaal.objects.all()),
        historier=list(Elevhistorie.objects.select_related("elev")),
        oplysningstekst=Oplysningstekst.objects.first(),
    )


def _not_over(rows) -> QuerySet:
    """In force, or to come."""
    return rows.filter(Q(periode__endswith__gt=today()) | Q(periode__endswith=None))


def _sider() -> list[Sidelinje]:
    """The newest edition of each kind: one statement for all pages, and the old editions stay where they are."""
    rows = Sideudgave.objects.select_related("side").annotate(er_kladde=Q(udgivet=None))
    newest = rows.order_by("side_id", "er_kladde", "-id").distinct("side_id", "er_kladde")
    found = {}
    for side, editions in groupby(newest, key=lambda row: row.side):
        by_kind = {row.er_kladde: row for row in editions}
        found[side.pk] = Sidelinje(side, by_kind.get(False), by_kind.get(True))
    return [found.get(side.pk) or Sidelinje(side, None, None) for side in Side.objects.all()]


@dataclass(frozen=True)
class Sideside:
    side: Side
    nyeste: Sideudgave | None
    kladde: Sideudgave | None
    tidligere: list[Sideudgave]  # published, the newest first; the first of them is public


def get_sideside(side: Side) -> Sideside:
    editions = list(side.udgaver.select_related("skrevet_af"))
    newest = editions[0] if editions else None
    draft = newest if newest and newest.udgivet is None else None
    return Sideside(side, newest, draft, [row for row in editions if row.udgivet])


def earlier(row: Fakta | Adgangsvej) -> list:
    """What was said before, for the page that changes it."""
    key = "noegle" if isinstance(row, Fakta) else "kode"
    rows = type(row).objects.filter(**{key: getattr(row, key)}).exclude(pk=row.pk)
    return list(rows.order_by("-periode"))


def elever_to_ask() -> QuerySet[Bruger]:
    """Who is an elev today."""
    roles = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEV).values("bruger")
    return Bruger.objects.filter(pk__in=roles, is_active=True, slettet=None).order_by("sortering")


def consent_days() -> dict:
    day = today()
    return {"startdato": day, "sidste_dag": add_months(day, rules().elevhistorie_maaneder)}
