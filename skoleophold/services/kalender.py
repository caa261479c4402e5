"""The periods of a class, written together with the calendars of those who follow it: all or nothing, as shown."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, fingerprint, mendable, save_checked
from elevforloeb.core.models import Fil
from elevforloeb.core.words import count_noun
from elevforloeb.services.kalender import (
    add_kalenderperiode,
    delete_kalenderperiode,
    kalender_version,
    update_kalenderperiode,
)
from elevforloeb.services.skole import Skoledage, write_school
from skoleophold.models import Aub, Karakter, Skolehold, Skoleophold, Skoleperiode
from skoleophold.queries.foelger import Art, Skift, find_skift, stand

FIELDS = ("nr", "titel", "periode", "sted", "skema", "kontakt", "indkaldt", "studietur")
CHANGED_MEANWHILE = "Noget er ændret, siden du så følgerne. Der er ikke gemt noget. Se dem igen, og gem så."


def periode_version(periode: Skoleperiode) -> str:
    return fingerprint(periode, FIELDS)


def lock(skolehold_ids: Iterable[int]) -> None:
    """Two who change the same class wait for each other."""
    list(Skolehold.objects.select_for_update().filter(pk__in=set(skolehold_ids)).order_by("pk"))


@transaction.atomic
def save_perioder(actor, *, perioder: list[Skoleperiode], was: str, version: str | None = None) -> list[Skift]:
    """New and changed periods of any classes. `was`: the stand of the consequences that were shown.

    `version`: of the one period that is corrected, as the form was opened with it.
    """
    lock(periode.skolehold_id for periode in perioder)
    before = {row.pk: row for row in Skoleperiode.objects.filter(pk__in=[each.pk for each in perioder if each.pk])}
    if version is not None and version != periode_version(before[perioder[0].pk]):
        who = audit.last_actor(perioder[0].skolehold)
        raise StaleError(f"{who} har rettet perioden, mens du skrev. Din rettelse er ikke gemt, men står her stadig.")
    skift = find_skift(perioder)
    if stand(skift) != was:
        raise StaleError(CHANGED_MEANWHILE)
    _save(perioder)
    apply(actor, skift)
    audit.record_many(actor, "skoleperiode.gemt", list(_acts(perioder, before, skift)))
    return skift


def _save(perioder: list[Skoleperiode]) -> None:
    for periode in perioder:
        periode.clean_fields(exclude=["skolehold"])
    with mendable(Skoleperiode):
        Skoleperiode.objects.bulk_update([each for each in perioder if each.pk], FIELDS, batch_size=500)
        Skoleperiode.objects.bulk_create([each for each in perioder if not each.pk], batch_size=500)


def _acts(perioder, before, skift):
    """One line in the history of each class."""
    moved = defaultdict(set)
    for each in skift:
        if each.rammer and each.art != Art.KOLLIDERER:
            moved[each.skoleperiode.skolehold_id].add(each.elev.pk)
    classes = defaultdict(list)
    for periode in perioder:
        classes[periode.skolehold].append(periode)
    for skolehold, rows in classes.items():
        what = str(rows[0]) if len(rows) == 1 else count_noun(len(rows), "periode", "perioder")
        verb = "rettet" if rows[0].pk in before else "registreret"
        people = count_noun(len(moved[skolehold.pk]), "elev", "elever")
        was = {str(row.nr): str(before[row.pk].span) for row in rows if row.pk in before}
        yield skolehold, f"{skolehold}: {what} {verb} for {people}", {"foer": was}


@transaction.atomic
def delete_periode(actor, *, periode: Skoleperiode, was: str) -> list[Skift]:
    """Only one that lies ahead and has no facts. What happened at school is not unmade."""
    lock([periode.skolehold_id])
    skift = find_skift([], slettes=[periode])
    if stand(skift) != was:
        raise StaleError(CHANGED_MEANWHILE)
    attended = Skoleophold.objects.filter(skoleperiode=periode, dage_til_stede__isnull=False)
    refunds = Aub.objects.filter(skoleophold__skoleperiode=periode)
    if attended.exists() or refunds.exists() or Karakter.objects.filter(skoleperiode=periode).exists():
        raise ValidationError("Perioden har karakterer eller fremmøde eller er i AUB-registret og kan ikke slettes.")
    apply(actor, skift)
    Fil.objects.filter(Q(skoleperiode=periode) | Q(turfil__studietur__skoleperiode=periode)).delete()
    audit.record(actor, "skoleperiode.slettet", periode.skolehold, f"{periode.skolehold}: {periode} slettet")
    periode.delete()
    return skift


def apply(actor, skift: list[Skift]) -> None:
    """Write what was found: the days in the calendars, and each elev's stay that holds on to them."""
    written = [each for each in skift if each.art in (Art.NY, Art.FLYTTES, Art.NAVN) or _takes_away(each)]
    dage = [Skoledage(each.elev, each.row, each.efter, str(each.skoleperiode)) for each in written]
    rows = dict(zip(map(id, written), write_school(actor, dage=dage), strict=True))
    new, kept, gone = [], [], []
    for each in skift:
        row = rows.get(id(each), each.row)
        if each.art == Art.FJERNES:
            gone.append(each.ophold.pk)
        elif each.ophold is None:
            new.append(Skoleophold(elev=each.elev, skoleperiode=each.skoleperiode, kalenderperiode=row))
        else:
            each.ophold.kalenderperiode, each.ophold.afviger = row, each.art == Art.AFVIGER
            kept.append(each.ophold)
    Fil.objects.filter(skoleophold__in=gone).delete()
    with mendable(Skoleophold):
        Skoleophold.objects.filter(pk__in=gone).delete()
        Skoleophold.objects.bulk_update(kept, ["kalenderperiode", "afviger"], batch_size=1000)
        Skoleophold.objects.bulk_create(new, batch_size=1000)


def _takes_away(each: Skift) -> bool:
    return each.row is not None and each.art in (Art.FJERNES, Art.KOLLIDERER)


# --- one elev -----------------------------------------------------------------------------------------------------


@transaction.atomic
def set_own_days(actor, *, ophold: Skoleophold, startdato: date | None, sidste_dag: date | None) -> Skoleophold:
    """Days of her own, which the class no longer moves. Without days she is not there in this period."""
    ophold = _locked(ophold)
    row = ophold.kalenderperiode
    if startdato is None:
        ophold.kalenderperiode = None
        if row:
            delete_kalenderperiode(actor, row=row, version=kalender_version(row))
    else:
        days = {"startdato": startdato, "sidste_dag": sidste_dag, "titel": str(ophold.skoleperiode), "art": "skole"}
        if row:
            row = update_kalenderperiode(actor, row=row, version=kalender_version(row), **days)
        else:
            row = add_kalenderperiode(actor, elev=ophold.elev, **days)
        ophold.kalenderperiode = row
    ophold.afviger = True
    save_checked(ophold)
    return ophold


@transaction.atomic
def follow_class(actor, *, ophold: Skoleophold) -> Skift:
    """No days of her own any more: those of the class, when they fit."""
    ophold = _locked(ophold)
    if ophold.kalenderperiode and ophold.kalenderperiode.span != ophold.skoleperiode.span:
        days = {"startdato": ophold.skoleperiode.startdato, "sidste_dag": ophold.skoleperiode.sidste_dag}
        version = kalender_version(ophold.kalenderperiode)
        what = {"titel": str(ophold.skoleperiode), "art": "skole", "version": version}
        update_kalenderperiode(actor, row=ophold.kalenderperiode, **days, **what)
    Skoleophold.objects.filter(pk=ophold.pk).update(afviger=False)
    (skift,) = [each for each in find_skift([ophold.skoleperiode]) if each.elev.pk == ophold.elev_id]
    if skift.art == Art.KOLLIDERER:
        raise ValidationError(f"{ophold.elev} {skift.hvorfor}. Flyt det først, eller giv eleven egne dage.")
    apply(actor, [skift])
    return skift


@transaction.atomic
def set_fremmoede(actor, *, rows: list[tuple[Skoleophold, dict]]) -> None:
    """Days attended, ill and away without leave. Numbers and nothing else: no diagnosis."""
    for ophold, days in rows:
        ophold.dage_til_stede, ophold.dage_syg, ophold.dage_ulovligt = days["til_stede"], days["syg"], days["ulovligt"]
    with mendable(Skoleophold):
        fields = ["dage_til_stede", "dage_syg", "dage_ulovligt"]
        Skoleophold.objects.bulk_update([ophold for ophold, _ in rows], fields)
    acts = [(ophold.elev, f"Fremmøde på {ophold.skoleperiode} registreret", {}) for ophold, _ in rows]
    audit.record_many(actor, "skoleophold.fremmoede", acts)


def _locked(ophold: Skoleophold) -> Skoleophold:
    rows = Skoleophold.objects.select_for_update(of=("self",))
    return rows.select_related("elev__bruger", "skoleperiode__skolehold", "kalenderperiode").get(pk=ophold.pk)
