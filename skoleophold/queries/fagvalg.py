"""Which optional subjects there are to choose between, until when, and who has said yes to what."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q

from elevforloeb.core.dates import today
from elevforloeb.models import Elev
from skoleophold.models import Fag, Tilknytning


@dataclass(frozen=True)
class Valglinje:
    fag: Fag
    elev_ja: bool
    vejleder_ja: bool

    @property
    def er_naevnt(self) -> bool:
        return self.elev_ja or self.vejleder_ja

    @property
    def er_valgt(self) -> bool:
        return self.elev_ja and self.vejleder_ja

    @property
    def tilstand(self) -> str:
        if self.er_valgt:
            return "Valgt"
        return "Venter på elevvejlederen" if self.elev_ja else "Venter på eleven"

    @property
    def art(self) -> str:
        return "ok" if self.er_valgt else "vent"


@dataclass(frozen=True)
class Fagvalgside:
    frist: date | None
    dag: date
    linjer: list[Valglinje]

    @property
    def er_aaben(self) -> bool:
        return self.frist is not None and self.dag <= self.frist

    @property
    def naevnte(self) -> list[Valglinje]:
        return [line for line in self.linjer if line.er_naevnt]

    def said(self, som_elev: bool) -> list[int]:
        return [line.fag.pk for line in self.linjer if (line.elev_ja if som_elev else line.vejleder_ja)]


def current_class(elev: Elev) -> Tilknytning | None:
    """The class that she follows now, or follows next."""
    return elev.tilknytninger.within(today()).select_related("skolehold__skole").first()


def deadline(elev: Elev) -> date | None:
    row = current_class(elev)
    return row.skolehold.fagvalg_senest if row else None


def get_fagvalg(elev: Elev, tilknytning: Tilknytning | None) -> Fagvalgside:
    """Those that are taught today, and those that somebody has said yes to."""
    rows = Fag.objects.annotate(ja=FilteredRelation("fagvalg", condition=Q(fagvalg__elev=elev)))
    rows = rows.filter(Q(bundet=False, periode__contains=today()) | Q(ja__isnull=False))
    rows = rows.annotate(elev_ja=F("ja__elev_ja"), vejleder_ja=F("ja__vejleder_ja"))
    lines = [Valglinje(fag, fag.elev_ja is not None, fag.vejleder_ja is not None) for fag in rows]
    return Fagvalgside(tilknytning and tilknytning.skolehold.fagvalg_senest, today(), lines)
