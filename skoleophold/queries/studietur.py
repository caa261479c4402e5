"""Study trips: who goes, what each of them still lacks, whom to call, and what is due."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today
from elevforloeb.models import Elev
from skoleophold import permissions
from skoleophold.models import Noedkontakt, Punktart, Studietur, Turfil, Turkryds, Turpunkt


def deltagere(tur: Studietur) -> QuerySet[Elev]:
    """Who is at school in the period and still employed when they leave."""
    found = Elev.objects.filter(Q(stoppet=None) | Q(stoppet__gt=tur.startdato))
    found = found.filter(skoleophold__skoleperiode=tur.skoleperiode_id, skoleophold__kalenderperiode__isnull=False)
    return found.select_related("bruger", "hold").order_by("bruger__sortering", "pk")


def frist(tur: Studietur, punkt: Turpunkt) -> date:
    return tur.startdato - timedelta(days=punkt.dage_foer)


@dataclass(frozen=True)
class Punktlinje:
    punkt: Turpunkt
    frist: date
    er_klar: bool
    dag: date

    @property
    def er_forsinket(self) -> bool:
        return not self.er_klar and self.frist < self.dag

    @property
    def skal_krydses(self) -> bool:
        return self.punkt.art == Punktart.KRYDS

    @property
    def tekst(self) -> str:
        return "I orden" if self.er_klar else "Over fristen" if self.er_forsinket else "Mangler"

    @property
    def farve(self) -> str:
        return "ok" if self.er_klar else "fejl" if self.er_forsinket else "vent"


@dataclass(frozen=True)
class Tjekliste:
    """One elev's points."""

    elev: Elev
    punkter: list[Punktlinje]
    kontakt: Noedkontakt | None

    @property
    def klar(self) -> int:
        return sum(each.er_klar for each in self.punkter)

    @property
    def mangler(self) -> list[Punktlinje]:
        return [each for each in self.punkter if not each.er_klar]


def tjeklister(tur: Studietur, elever: Iterable[Elev]) -> list[Tjekliste]:
    elever, day = list(elever), today()
    ticked = set(Turkryds.objects.filter(turpunkt__studietur=tur, elev__in=elever).values_list("turpunkt", "elev"))
    contacts = {row.elev_id: row for row in tur.noedkontakter.filter(elev__in=elever)}
    points = list(tur.punkter.all())
    found = []
    for elev in elever:
        contact = contacts.get(elev.pk)
        rows = [
            Punktlinje(each, frist(tur, each), is_done(each, (each.pk, elev.pk) in ticked, contact), day)
            for each in points
        ]
        found.append(Tjekliste(elev, rows, contact))
    return found


def is_done(punkt: Turpunkt, has_tick: bool, contact: Noedkontakt | None) -> bool:
    return contact is not None if punkt.art == Punktart.NOEDKONTAKT else has_tick


@dataclass(frozen=True)
class Turside:
    tur: Studietur
    dag: date
    filer: list[Turfil]
    punkter: list[tuple[Turpunkt, date]]
    lister: list[Tjekliste]  # of all for the elevansvarlig, of herself for an elev who goes
    kan_rette: bool
    ser_kontakter: bool

    @property
    def er_slut(self) -> bool:
        return self.tur.slutdato <= self.dag

    @property
    def min_liste(self) -> Tjekliste | None:
        return self.lister[0] if self.lister and not self.kan_rette else None


def get_turside(user, tur: Studietur) -> Turside:
    edits = is_elevansvarlig(user)
    goes = deltagere(tur)
    return Turside(
        tur=tur,
        dag=today(),
        filer=list(tur.filer.select_related("fil")),
        punkter=[(each, frist(tur, each)) for each in tur.punkter.all()],
        lister=tjeklister(tur, goes if edits else goes.filter(bruger=user)),
        kan_rette=edits,
        ser_kontakter=permissions.can_see_kontakter(user, tur),
    )


@dataclass(frozen=True)
class Kontaktliste:
    tur: Studietur
    raekker: list[tuple[Elev, Noedkontakt | None]]


def get_kontaktliste(tur: Studietur) -> Kontaktliste:
    contacts = {row.elev_id: row for row in tur.noedkontakter.all()}
    return Kontaktliste(tur, [(elev, contacts.get(elev.pk)) for elev in deltagere(tur)])


# --- what is due -----------------------------------------------------------------------------------------------------


def missing_by(until: date) -> Iterator[tuple[Studietur, Elev, date]]:
    """Trips ahead: each elev who lacks a point of a deadline at the latest `until`, with the latest of those."""
    for tur in Studietur.objects.filter(periode__startswith__gt=today()).prefetch_related("punkter"):
        if not any(frist(tur, each) <= until for each in tur.punkter.all()):
            continue
        for liste in tjeklister(tur, deltagere(tur)):
            if days := [each.frist for each in liste.mangler if each.frist <= until]:
                yield tur, liste.elev, max(days)


def over_before(day: date) -> dict[Studietur, list[Noedkontakt]]:
    """Trips with contacts whose people came home before that day."""
    found = defaultdict(list)
    rows = Noedkontakt.objects.filter(studietur__periode__endswith__lte=day)
    for row in rows.select_related("studietur__skoleperiode__skolehold"):
        found[row.studietur].append(row)
    return found
