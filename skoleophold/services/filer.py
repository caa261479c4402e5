"""Files from the school: an indkaldelse, a skolevejledning, the proof of a grade or of the fagprøve.

Each owner has one at a time.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.models import Fil
from skoleophold.models import Fagproeveforsoeg, Karakter, Skoleophold, Skoleperiode

Ejer = Skoleperiode | Skoleophold | Karakter | Fagproeveforsoeg
FIELD = {
    Skoleperiode: "indkaldelse",
    Skoleophold: "skolevejledning",
    Karakter: "bevis",
    Fagproeveforsoeg: "bevis",
}


def what(ejer: Ejer) -> str:
    """What the file is, in words for a page and for the history."""
    if isinstance(ejer, Karakter):
        return f"Beviset for karakteren i {ejer.fag}, {ejer.hvornaar.lower()}"
    if isinstance(ejer, Fagproeveforsoeg):
        return f"Beviset for fagprøven, {ejer.hvornaar}"
    if isinstance(ejer, Skoleophold):
        return f"Skolevejledningen fra {ejer.skoleperiode}"
    return f"Indkaldelsen til {ejer}"


def file_of(ejer: Ejer) -> Fil | None:
    return getattr(ejer, FIELD[type(ejer)])


@transaction.atomic
def attach(actor, *, ejer: Ejer, fil: CheckedFile) -> None:
    """The new file takes the place of the old one, whose bytes go."""
    ejer = _locked(ejer)
    old = file_of(ejer)
    _point(ejer, keep(actor, fil))
    if old:
        old.delete()
    verb = "erstattet" if old else "lagt op"
    audit.record(actor, "skolefil.lagt_op", _about(ejer), f"{what(ejer)} {verb}")


@transaction.atomic
def detach(actor, *, ejer: Ejer) -> None:
    ejer = _locked(ejer)
    old = file_of(ejer)
    if old is None:
        raise ValidationError("Der er ikke nogen fil. Genindlæs siden.")
    _point(ejer, None)
    old.delete()
    audit.record(actor, "skolefil.fjernet", _about(ejer), f"{what(ejer)} fjernet")


@transaction.atomic
def save_indkaldelse(actor, *, periode: Skoleperiode, indkaldt: date, fil: CheckedFile | None) -> None:
    """The day on which it came and, when there is one, the file."""
    if indkaldt > today():
        raise ValidationError({"indkaldt": "Vælg den dag, indkaldelsen kom. Den kan ikke ligge i fremtiden."})
    if fil:
        attach(actor, ejer=periode, fil=fil)
    if periode.indkaldt != indkaldt:
        Skoleperiode.objects.filter(pk=periode.pk).update(indkaldt=indkaldt)
        text = f"{periode.skolehold}: indkaldelsen til {periode} kom"
        audit.record(actor, "skoleperiode.indkaldt", periode.skolehold, text, indkaldt=str(indkaldt))


def _point(ejer: Ejer, fil: Fil | None) -> None:
    setattr(ejer, FIELD[type(ejer)], fil)
    ejer.save(update_fields=[FIELD[type(ejer)]])


def _locked(ejer: Ejer) -> Ejer:
    return type(ejer).objects.select_for_update(of=("self",)).select_related(FIELD[type(ejer)]).get(pk=ejer.pk)


def _about(ejer: Ejer):
    return ejer.skolehold if isinstance(ejer, Skoleperiode) else ejer.elev
