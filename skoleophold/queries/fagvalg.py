"""Which optional subjects there are to choose between, until when, and who has said yes to what."""

from dataclasses import dataclass
from datetime import date

from elevforloeb.core.dates import today
from elevforloeb.models import Elev
from skoleophold.models import Fag, Fagvalg


@dataclass(frozen=True)
class Valglinje:
    fag: Fag
    valg: Fagvalg | None

    @property
    def tilstand(self) -> str:
        if self.valg is None:
            return ""
        if self.valg.er_valgt:
            return "Valgt"
        return "Venter på elevvejlederen" if self.valg.elev_ja else "Venter på eleven"

    @property
    def art(self) -> str:
        return "ok" if self.valg and self.valg.er_valgt else "vent"


@dataclass(frozen=True)
class Fagvalgside:
    frist: date | None
    dag: date
    linjer: list[Valglinje]

    @property
    def er_aaben(self) -> bool:
        return self.frist is not None and self.dag <= self.frist

    @property
    def valgte(self) -> list[Valglinje]:
        return [linje for linje in self.linjer if linje.valg]

    def said(self, som_elev: bool) -> list[int]:
        return [linje.fag.pk for linje in self.valgte if (linje.valg.elev_ja if som_elev else linje.valg.vejleder_ja)]


def deadline(elev: Elev) -> date | None:
    """Of the class that she follows now, or follows next."""
    row = elev.tilknytninger.within(today()).select_related("skolehold").first()
    return row.skolehold.fagvalg_senest if row else None


def get_fagvalg(elev: Elev) -> Fagvalgside:
    said = {row.fag_id: row for row in elev.fagvalg.all()}
    taught = Fag.objects.on(today()).filter(bundet=False) | Fag.objects.filter(pk__in=said)
    lines = [Valglinje(fag, said.get(fag.pk)) for fag in taught.distinct()]
    return Fagvalgside(deadline(elev), today(), lines)
