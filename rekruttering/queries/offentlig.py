"""What the public pages read. Nothing here knows of a person but the stories, which their elever have said yes to."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from afdelinger.models import Afdeling, Delophold, Opgave
from elevforloeb.core.dates import add_months, month_name, now, today
from elevforloeb.models import Hold, Trin, Uddannelsesmodel
from rekruttering.models import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Runde, Sideudgave, Spoergsmaal
from rekruttering.permissions import public_afdelinger, public_historier, public_runder
from rekruttering.trappe import Etape, staircase

HISTORIER = 4
OEVERST = 3  # facts in the strip below the headline
EKSEMPLER = 3


@dataclass(frozen=True)
class Runder:
    """Where the year is: who can be applied to now, and when the next time is."""

    offentlige: list[Runde]  # by deadline
    ventes: date | None  # the month in which the next round is thought to open

    @property
    def ventes_i(self) -> str:
        return month_name(self.ventes) if self.ventes else ""

    @property
    def aabne(self) -> list[Runde]:
        return [runde for runde in self.offentlige if runde.er_aaben]

    @property
    def aaben(self) -> Runde | None:
        return next(iter(self.aabne), None)

    @property
    def andre(self) -> list[Runde]:
        return self.aabne[1:]

    @property
    def kommer(self) -> Runde | None:
        return next((runde for runde in self.offentlige if not runde.er_begyndt), None)

    @property
    def loeber(self) -> Runde | None:
        """The deadline has passed, and people wait for an answer."""
        return next((runde for runde in reversed(self.offentlige) if runde.fristen_er_gaaet), None)

    @property
    def runde(self) -> Runde | None:
        """The one that the page is about."""
        return self.aaben or self.kommer or self.loeber


def get_runder(vist: Runde | None = None) -> Runder:
    """`vist`: a draft that is looked at as if it were public."""
    rows = list(Runde.objects.order_by("-frist")[:10])
    public = sorted((row for row in rows if row.er_offentlig and row != vist), key=lambda row: row.frist)
    if vist:
        public.insert(0, vist)
    return Runder(public, _expected(rows))


def _expected(rows: list[Runde]) -> date | None:
    """A draft says it; otherwise the same month as last time."""
    drafts = [row.aabningsdag for row in rows if row.er_kladde and not row.er_begyndt]
    if drafts:
        return min(drafts)
    last = next((row.aabningsdag for row in rows if not row.er_kladde), None)
    while last and last <= today():
        last = add_months(last, 12)
    return last


@dataclass(frozen=True)
class Forside:
    runder: Runder
    etaper: list[Etape]
    afdelinger: list[Afdeling]
    fakta: list[Fakta]
    veje: list[Adgangsvej]
    historier: list[Elevhistorie]
    spoergsmaal: list[Spoergsmaal]
    sider: dict[str, Sideudgave]

    @property
    def oeverst(self) -> list[Fakta]:
        return self.fakta[:OEVERST]

    @property
    def resten(self) -> list[Fakta]:
        return self.fakta[OEVERST:]

    @property
    def grund(self) -> list[Afdeling]:
        return [each for each in self.afdelinger if each.art == Afdeling.Art.GRUND]

    @property
    def specialer(self) -> list[Afdeling]:
        return [each for each in self.afdelinger if each.art == Afdeling.Art.SPECIALE]


def get_forside(*, vist: Runde | None = None, kladde: Sideudgave | None = None) -> Forside:
    """`vist` and `kladde`: a round and a text that are looked at before they are public."""
    runder = get_runder(vist)
    sider = get_sider()
    if kladde:
        sider[kladde.side.noegle] = kladde
    return Forside(
        runder=runder,
        etaper=_etaper(runder.runde),
        afdelinger=list(_afdelinger()),
        fakta=list(Fakta.objects.on(today())),
        veje=get_veje(),
        historier=list(public_historier()[:HISTORIER]),
        spoergsmaal=list(Spoergsmaal.objects.filter(synligt=True)),
        sider=sider,
    )


def get_sider(*noegler: str) -> dict[str, Sideudgave]:
    """The newest public edition of each text."""
    rows = Sideudgave.objects.filter(udgivet__isnull=False).select_related("side")
    if noegler:
        rows = rows.filter(side__noegle__in=noegler)
    return {row.side.noegle: row for row in rows.order_by("side_id", "-id").distinct("side_id")}


def get_veje() -> list[Adgangsvej]:
    return list(Adgangsvej.objects.on(today()))


def _etaper(runde: Runde | None) -> list[Etape]:
    """Of the model that the newest hold follows."""
    newest = Hold.objects.order_by("-startdato").values("model")[:1]
    first = Uddannelsesmodel.objects.order_by("pk").values("pk")[:1]
    rows = Trin.objects.filter(model=Coalesce(Subquery(newest), Subquery(first))).order_by("nr")
    stays = [(row.art == Afdeling.Art.SPECIALE, row.maaneder) for row in rows]
    return staircase(stays, runde.startdato if runde else None)


def _afdelinger():
    """With a few of their tasks: of those that say whom they are good for."""
    tasks = Opgave.objects.filter(afdeling=OuterRef("pk"), udgaaet=False).exclude(hvem_gavner="").order_by("nr")
    return public_afdelinger().annotate(eksempler=ArraySubquery(tasks.values("navn")[:EKSEMPLER]))


# --- the other pages ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Afdelingsside:
    afdeling: Afdeling
    opgaver: list[tuple[str, list[Opgave]]]  # by the part of the department
    delophold: list[Delophold]
    andre: list[Afdeling]
    runder: Runder


def get_afdelingsside(afdeling: Afdeling) -> Afdelingsside:
    by_part: dict[str, list[Opgave]] = {}
    for opgave in afdeling.opgaver.filter(udgaaet=False).select_related("underomraade"):
        by_part.setdefault(str(opgave.underomraade or ""), []).append(opgave)
    others = public_afdelinger().exclude(pk=afdeling.pk).only("kode", "navn", "farve")
    return Afdelingsside(afdeling, list(by_part.items()), list(afdeling.delophold.all()), list(others), get_runder())


def newest_oplysningstekst() -> Oplysningstekst | None:
    return Oplysningstekst.objects.filter(udgivet__lte=now()).first()


def public_paths() -> list[tuple[str, dict]]:
    """Every page that a search engine may know: url name and arguments."""
    pages = [("bliv_kontorelev", {}), ("kontorelev_vej", {}), ("kontorelev_oplysninger", {})]
    pages += [("kontorelev_afdeling", {"kode": kode}) for kode in public_afdelinger().values_list("kode", flat=True)]
    return pages + [("stillingsopslag", {"slug": slug}) for slug in public_runder().values_list("slug", flat=True)]
