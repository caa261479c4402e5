"""How long the cases of a round are kept, and which are filed: the page that warns before they are deleted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from elevforloeb.core.dates import today
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Runde, Sagsjournal, Sagsmappe, Sagsskridt
from rekruttering.permissions import keepable_ansoegninger, steerable_ansoegninger

S = Sagsjournal.Status
# Lines of the case log that are about the keeping itself: a filed case is not unfiled by them.
NO_PART = ("beholdes", "beholdes-ikke", "journal-sendes", "journaliseret")


def with_filing(rows: QuerySet[Ansoegning]) -> QuerySet[Ansoegning]:
    """`siden`: something has happened in the case after it was filed."""
    later = Sagsskridt.objects.filter(ansoegning=OuterRef("pk"), tid__gt=OuterRef("journal__tid"))
    return rows.select_related("journal").defer("journal__akt").annotate(siden=Exists(later.exclude(art__in=NO_PART)))


def unfiled(rows: QuerySet[Ansoegning]) -> QuerySet[Ansoegning]:
    """Never filed, not since something happened, or given up. What is on its way is left alone."""
    again = Q(siden=True, journal__status=S.SKREVET) | Q(journal__status=S.FEJLET)
    return with_filing(rows).filter(Q(journal=None) | again)


@dataclass(frozen=True)
class Sagslinje:
    ansoegning: Ansoegning
    kan_laeses: bool  # otherwise the number alone is shown

    @property
    def er_journaliseret(self) -> bool:
        journal = getattr(self.ansoegning, "journal", None)
        return journal is not None and journal.status == S.SKREVET and not self.ansoegning.siden


@dataclass(frozen=True)
class Opbevaring:
    runde: Runde
    linjer: list[Sagslinje]
    mapper: list[Sagsmappe]
    varsel: date | None  # from this day the page warns
    kladder: int

    @property
    def mangler(self) -> list[Sagslinje]:
        return [each for each in self.linjer if not each.er_journaliseret]

    @property
    def beholdes(self) -> int:
        return sum(each.ansoegning.beholdes_til is not None for each in self.linjer)

    @property
    def naar_slettes(self) -> date | None:
        """The next day on which some of them go."""
        return min((each.ansoegning.slettes for each in self.linjer if each.ansoegning.slettes), default=None)

    @property
    def er_taet_paa(self) -> bool:
        return self.varsel is not None and self.varsel <= today()

    @property
    def kan_laese_nogen(self) -> bool:
        return any(each.kan_laeses for each in self.linjer)


def get_opbevaring(user, runde: Runde) -> Opbevaring:
    readable = set(steerable_ansoegninger(user).filter(runde=runde).values_list("pk", flat=True))
    rows = with_filing(keepable_ansoegninger(user).filter(runde=runde)).order_by("nummer")
    found = list(
        rows.select_related("runde", "journal").defer("motivation", "erfaring", "uddannelse_note", "journal__akt")
    )
    next_day = min((each.slettes for each in found if each.slettes), default=None)
    return Opbevaring(
        runde=runde,
        linjer=[Sagslinje(row, row.pk in readable) for row in found],
        mapper=list(Sagsmappe.objects.filter(runde=runde, bestilt_af=user).defer("fil")),
        varsel=next_day and next_day - timedelta(days=rules().ansoegning_sletning_varsel_dage),
        kladder=runde.ansoegninger.filter(tilstand=Ansoegning.Tilstand.KLADDE).count(),
    )
