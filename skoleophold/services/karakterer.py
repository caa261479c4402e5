"""Grades, and who may read them. The history says that a grade was written, never which."""

from collections import Counter
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import now, today
from elevforloeb.core.errors import compared, conflict, create_checked, fingerprint, mendable, save_checked
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from skoleophold.models import Fag, Karakter, Karakterdeling, Skoleperiode

FIELDS = ("vaerdi", "dato")


def karakter_version(karakter: Karakter) -> str:
    return fingerprint(karakter, FIELDS)


@transaction.atomic
def add_karakter(
    actor,
    *,
    elev: Elev,
    fag: Fag,
    skoleperiode: Skoleperiode | None,
    vaerdi: str,
    dato: date | None = None,
    bevis: CheckedFile | None = None,
) -> Karakter:
    """Without a period it is the slutkarakter."""
    karakter = Karakter(elev=elev, fag=fag, skoleperiode=skoleperiode, vaerdi=vaerdi, dato=dato)
    _check(karakter)
    if bevis:
        karakter.bevis = keep(actor, bevis)
    save_checked(karakter)
    audit.record(actor, "karakter.skrevet", elev, f"Karakter i {fag} skrevet ind: {karakter.hvornaar.lower()}")
    return karakter


@transaction.atomic
def update_karakter(actor, *, karakter: Karakter, vaerdi: str, dato: date | None, version: str) -> Karakter:
    karakter = _locked(karakter)
    if version != karakter_version(karakter):
        raise conflict(audit.last_actor(karakter.elev), compared(karakter, {"vaerdi": vaerdi, "dato": dato}))
    karakter.vaerdi, karakter.dato = vaerdi, dato
    _check(karakter)
    if karakter.er_bestaaet:
        karakter.fulgt_op = None
    save_checked(karakter)
    text = f"Karakter i {karakter.fag} rettet: {karakter.hvornaar.lower()}"
    audit.record(actor, "karakter.rettet", karakter.elev, text)
    return karakter


@transaction.atomic
def delete_karakter(actor, *, karakter: Karakter) -> None:
    text = f"Karakter i {karakter.fag} fjernet: {karakter.hvornaar.lower()}"
    audit.record(actor, "karakter.fjernet", karakter.elev, text)
    bevis = karakter.bevis
    karakter.delete()
    if bevis:
        bevis.delete()


def _check(karakter: Karakter) -> None:
    if karakter.vaerdi not in Karakter.PAA_SKALA[karakter.fag.skala]:
        scale = karakter.fag.get_skala_display().lower()
        raise ValidationError({"vaerdi": f"{karakter.fag} har {scale}. Vælg en karakter, der hører til."})
    if karakter.dato and karakter.dato > today():
        raise ValidationError({"dato": "Vælg den dag, karakteren blev givet. Den kan ikke ligge i fremtiden."})
    if karakter.skoleperiode and karakter.skoleperiode.startdato > today():
        raise ValidationError({"skoleperiode": f"{karakter.skoleperiode} er ikke begyndt endnu. Vælg en anden."})


@transaction.atomic
def save_karakterer(actor, *, karakterer: list[Karakter]) -> None:
    """From a list that was looked at: new and changed ones, in a few statements."""
    changed = [row for row in karakterer if row.pk]
    create_checked([row for row in karakterer if not row.pk])
    with mendable(Karakter):
        Karakter.objects.bulk_update(changed, ["vaerdi", "dato", "fulgt_op"], batch_size=1000)
    numbers = Counter(row.elev for row in karakterer)
    acts = [
        (elev, f"{count_noun(n, 'karakter', 'karakterer')} indlæst fra en liste", {}) for elev, n in numbers.items()
    ]
    audit.record_many(actor, "karakter.indlaest", acts)


@transaction.atomic
def mark_followed_up(actor, *, karakter: Karakter) -> None:
    """Somebody has talked with the elev about it. Nothing of what was said stands here."""
    karakter = _locked(karakter)
    if karakter.er_bestaaet:
        raise ValidationError("Karakteren er bestået nu. Der er ikke noget at følge op på.")
    karakter.fulgt_op = today()
    save_checked(karakter)
    audit.record(actor, "karakter.fulgt_op", karakter.elev, f"Fulgt op på karakteren i {karakter.fag}")


def _locked(karakter: Karakter) -> Karakter:
    rows = Karakter.objects.select_for_update(of=("self",))
    return rows.select_related("elev__bruger", "fag", "skoleperiode").get(pk=karakter.pk)


# --- sharing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def share(actor, *, elev: Elev) -> None:
    """From now on the elevvejledere who may see the elev read her grades too. Twice is once."""
    Elev.objects.select_for_update().get(pk=elev.pk)
    if not elev.karakterdelinger.filter(til=None).exists():
        Karakterdeling.objects.create(elev=elev)
        audit.record(actor, "karakter.delt", elev, "Karaktererne er delt med elevvejlederen")


@transaction.atomic
def stop_sharing(actor, *, elev: Elev) -> None:
    if elev.karakterdelinger.filter(til=None).update(til=now()):
        audit.record(actor, "karakter.deling_stoppet", elev, "Karaktererne er ikke længere delt")
