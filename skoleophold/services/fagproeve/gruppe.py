"""Who writes together. They share topic, text and hand-in; exam and grade are each one's own."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.words import join_words
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Problemformulering

from .tilstand import S, lock_open, members, tell

MOST = 9


def _classes(forsoeg: list[Fagproeveforsoeg]) -> set[int | None]:
    return {each.fagproeve.runde and each.fagproeve.runde.skolehold_id for each in forsoeg}


@transaction.atomic
def join_group(actor, *, fagproeve: Fagproeve, forsoeg: list[Fagproeveforsoeg]) -> None:
    """Those who join leave a fagprøve on which nothing has been written; only their own topic is replaced.

    All are locked in the order of their ids, so that two who join each other do not wait for ever.
    """
    works = {pk: lock_open(Fagproeve(pk=pk)) for pk in sorted({fagproeve.pk, *(each.fagproeve_id for each in forsoeg)})}
    fagproeve = works.pop(fagproeve.pk)
    if fagproeve.status not in (S.EMNE, S.SKRIVES):
        raise ValidationError("Problemformuleringen er sendt. Gruppen kan ikke blive større nu.")
    old = list(works.values())
    rows = list(
        Fagproeveforsoeg.objects.filter(pk__in=[each.pk for each in forsoeg]).select_related(
            "elev__bruger", "fagproeve__runde"
        )
    )
    if _classes(rows) != {fagproeve.runde and fagproeve.runde.skolehold_id}:
        raise ValidationError("Alle i en gruppe skal følge det samme skolehold. Vælg kun elever fra holdet.")
    if len(members(fagproeve)) + len(rows) > MOST:
        raise ValidationError(f"Der kan højst være {MOST} i en gruppe.")
    for work in old:
        if work.status not in (S.EMNE, S.SKRIVES) or work.formuleringer.exists():
            names = join_words([each.elev.bruger.navn for each in members(work)])
            raise ValidationError(f"{names} har allerede skrevet en problemformulering og kan ikke flyttes.")
        if len(members(work)) > 1:
            raise ValidationError("En af dem skriver allerede sammen med andre. Lad dem først skrive hver for sig.")
    Fagproeveforsoeg.objects.filter(pk__in=[row.pk for row in rows]).update(fagproeve=fagproeve)
    Fagproeve.objects.filter(pk__in=[work.pk for work in old]).delete()
    names = join_words([each.elev.bruger.navn for each in members(fagproeve)])
    tell(actor, "fagproeve.gruppe", fagproeve, f"{names} skriver fagprøven sammen")


@transaction.atomic
def leave_group(actor, *, forsoeg: Fagproeveforsoeg) -> Fagproeve:
    """With a copy of the topic and of the newest text, which both must approve anew: she writes alone now."""
    fagproeve = lock_open(forsoeg.fagproeve)
    if len(members(fagproeve)) < 2:
        raise ValidationError("Eleven skriver allerede alene.")
    new = Fagproeve.objects.create(
        runde=fagproeve.runde, emne=fagproeve.emne, status=S.SKRIVES if fagproeve.emne else S.EMNE
    )
    if text := fagproeve.formuleringer.first():
        Problemformulering.objects.create(fagproeve=new, nr=1, tekst=text.tekst)
    Fagproeveforsoeg.objects.filter(pk=forsoeg.pk).update(fagproeve=new)
    tell(actor, "fagproeve.alene", new, "Skriver fagprøven alene")
    return new
