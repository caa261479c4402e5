"""The page of one applicant, as one member of the committee sees it."""

from dataclasses import dataclass

from django.db.models import Case, QuerySet, Subquery, When

from rekruttering.models import Ansoegning, Bedoemmelse, Fortrinssag, Tilbud, Udvalgsmedlem
from rekruttering.permissions import can_see_fortrinsadgang, is_elevansvarlig, visible_ansoegninger
from rekruttering.services.flyt import BUTTONS, options
from rekruttering.services.tilstand import ASSESSED, MOVES, T

from .afgoerelser import current_offer
from .bedoemmelser import Laesning, assessment_by, read_by, seats_of
from .kort import Maerke, is_booked, messages_of, talks_of


@dataclass(frozen=True)
class Ansoegerside:
    ansoegning: Ansoegning
    medlem: Udvalgsmedlem | None
    min: Bedoemmelse | None
    andres: list[Bedoemmelse]  # what the others have handed in
    laesning: Laesning
    styrer: bool
    bilag: list
    notater: list
    referencer: list
    partshoeringer: list
    skridt: list
    fortrinssag: Fortrinssag | None
    tilbud: Tilbud | None
    viser_fortrinsadgang: bool
    naeste: int | None  # the number in the database of the next one that lacks the reader's own assessment

    @property
    def kan_bedoemmes(self) -> bool:
        return self.medlem is not None and self.ansoegning.tilstand in ASSESSED

    @property
    def skjuler(self) -> bool:
        """The others' assessments wait for somebody's. Past the assessing nobody can hand in, so that whoever joined
        the committee late hides nothing. Who was called by law may not have been read by all, and can be sent back.
        """
        can_come = self.ansoegning.tilstand in ASSESSED or self.ansoegning.fortrinsadgang
        return bool(self.laesning.mangler) and can_come

    @property
    def bedoemmelser(self) -> list[Bedoemmelse]:
        return [] if self.skjuler else self.andres

    @property
    def kan_tilbydes(self) -> bool:
        return self.styrer and T.TILBUD in MOVES[self.ansoegning.tilstand]

    @property
    def kan_traekkes(self) -> bool:
        return self.styrer and T.TRUKKET in MOVES[self.ansoegning.tilstand]

    @property
    def kan_ansaettes(self) -> bool:
        return (
            self.tilbud is not None
            and self.tilbud.svar == Tilbud.Svar.JA
            and T.ANSAT in MOVES[self.ansoegning.tilstand]
        )

    @property
    def er_hoert(self) -> bool:
        return all(each.er_afsluttet for each in self.partshoeringer)

    @property
    def flytninger(self) -> list[tuple[str, str, str]]:
        """(state, the words of the button, why not)"""
        if not self.styrer:
            return []
        agreed = is_booked(self.ansoegning)
        moves = options(self.ansoegning, self.laesning, is_heard=self.er_hoert, is_booked=agreed)
        return [(to, BUTTONS[to], why) for to, why in moves]

    @property
    def beskeder(self) -> list[dict]:
        return messages_of(self.ansoegning) if self.styrer else []

    @property
    def samtaler(self) -> list[Maerke]:
        return talks_of(self.ansoegning)


def get_ansoegerside(user, ansoegning: Ansoegning) -> Ansoegerside:
    seats = seats_of(ansoegning, naeste=Subquery(_unread(user, ansoegning).values("pk")[:1]))
    laesning = read_by(seats)
    seat = next((each for each in laesning.medlemmer if each.bruger_id == user.pk), None)
    steers = is_elevansvarlig(user)  # of those she sees, and she sees this one
    return Ansoegerside(
        ansoegning=ansoegning,
        medlem=seat,
        min=seat and assessment_by(seat),
        andres=_of_the_others(seats, seat),
        laesning=laesning,
        styrer=steers,
        bilag=list(ansoegning.bilag.select_related("fil")),
        notater=list(ansoegning.notater.select_related("forfatter")),
        referencer=list(ansoegning.referencer.select_related("bruger")) if steers else [],
        partshoeringer=list(ansoegning.partshoeringer.all()) if steers else [],
        skridt=_steps(ansoegning, steers),
        tilbud=current_offer(ansoegning) if steers else None,
        fortrinssag=getattr(ansoegning, "fortrinssag", None) if steers else None,
        viser_fortrinsadgang=can_see_fortrinsadgang(user) and ansoegning.fortrinsadgang,
        naeste=seat and seat.naeste,
    )


def _steps(ansoegning: Ansoegning, steers: bool) -> list:
    """A line about fortrinsadgang says that she uses it: only for who must act on it."""
    rows = ansoegning.skridt.select_related("bruger")
    return list(rows if steers else rows.exclude(art="fortrinssag"))


def _of_the_others(seats: list[Udvalgsmedlem], own: Udvalgsmedlem | None) -> list[Bedoemmelse]:
    found = [assessment_by(seat) for seat in seats if seat != own]
    return [each for each in found if each and each.afgivet]


def _unread(user, ansoegning: Ansoegning) -> QuerySet[Ansoegning]:
    """The others that lack the reader's own: those after this one by number, and then from the first again."""
    own = Bedoemmelse.objects.filter(medlem__bruger=user, afgivet__isnull=False).values("ansoegning")
    rows = visible_ansoegninger(user).filter(runde=ansoegning.runde, tilstand__in=ASSESSED).exclude(pk__in=own)
    later = Case(When(nummer__gt=ansoegning.nummer, then=0), default=1)
    return rows.exclude(pk=ansoegning.pk).order_by(later, "nummer")
