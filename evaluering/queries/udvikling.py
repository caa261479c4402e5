"""What goes on between the evaluations: what is carried on, short notes, and what the reader may open."""

from dataclasses import dataclass

from elevforloeb.models import Elev, Ophold
from evaluering import permissions
from evaluering.models import Dialognote, Evaluering

from .erklaeringer import missing_line
from .viderefoert import Viderefoert, carried_on, near_stays

NEWEST = 50  # notes


@dataclass(frozen=True)
class Notelinje:
    note: Dialognote
    kan_fjernes: bool


@dataclass(frozen=True)
class Udviklingsside:
    elev: Elev
    viderefoert: Viderefoert | None
    noter: list[Notelinje]
    skriver_i: Ophold | None  # the stay that the reader may write a note on
    forseglede: list[Evaluering]
    erklaering: str
    er_eleven: bool
    laeser_noter: bool


def get_udviklingsside(user, elev: Elev) -> Udviklingsside:
    notes = permissions.visible_dialognoter(user).filter(elev=elev).select_related("forfatter", "afdeling")
    sealed = permissions.visible_evalueringer(user).filter(elev=elev, status=Evaluering.Status.FORSEGLET)
    near = near_stays(elev)
    is_elev, governs = elev.bruger_id == user.pk, permissions.is_elevansvarlig(user)
    return Udviklingsside(
        elev=elev,
        viderefoert=carried_on(user, elev, near),
        noter=[Notelinje(note, permissions.is_own_of_today(user, note)) for note in notes[:NEWEST]],
        skriver_i=next((stay for stay in near if permissions.can_note_on(user, elev, stay)), None),
        forseglede=list(sealed.select_related("afdeling").order_by("-forseglet")),
        erklaering=missing_line(elev, permissions.visible_erklaeringer(user), user.regler),
        er_eleven=is_elev,
        laeser_noter=is_elev or not governs,
    )
