"""The page of one applicant, as one member of the committee sees it."""

from dataclasses import dataclass

from django.db.models import Case, When

from rekruttering.models import Ansoegning, Bedoemmelse, Fortrinssag, Udvalgsmedlem
from rekruttering.permissions import can_see_fortrinsadgang, steerable_ansoegninger, visible_ansoegninger
from rekruttering.services.flyt import BUTTONS, options
from rekruttering.services.tilstand import ASSESSED
from rekruttering.services.udvalg import seat_of

from .bedoemmelser import missing_members


@dataclass(frozen=True)
class Ansoegerside:
    ansoegning: Ansoegning
    medlem: Udvalgsmedlem | None
    min: Bedoemmelse | None
    bedoemmelser: list[Bedoemmelse]  # the others', when all are in
    mangler: list[Udvalgsmedlem]
    styrer: bool
    flytninger: list[tuple[str, str, str]]  # (state, its words on the button, why not)
    bilag: list
    notater: list
    referencer: list
    partshoeringer: list
    skridt: list
    fortrinssag: Fortrinssag | None
    viser_fortrinsadgang: bool
    naeste: Ansoegning | None  # the next one that lacks the reader's own assessment

    @property
    def kan_bedoemmes(self) -> bool:
        return self.medlem is not None and self.ansoegning.tilstand in ASSESSED

    @property
    def er_aabne(self) -> bool:
        return not self.mangler


def get_ansoegerside(user, ansoegning: Ansoegning) -> Ansoegerside:
    seat = seat_of(user, ansoegning.runde)
    missing = missing_members([ansoegning])[ansoegning.pk]
    rows = list(ansoegning.bedoemmelser.select_related("medlem__bruger"))
    steers = steerable_ansoegninger(user).filter(pk=ansoegning.pk).exists()
    return Ansoegerside(
        ansoegning=ansoegning,
        medlem=seat,
        min=next((row for row in rows if seat and row.medlem_id == seat.pk), None),
        bedoemmelser=[row for row in rows if row.afgivet and (not seat or row.medlem_id != seat.pk)] * (not missing),
        mangler=missing,
        styrer=steers,
        flytninger=[(to, BUTTONS[to], why) for to, why in options(ansoegning)] if steers else [],
        bilag=list(ansoegning.bilag.select_related("fil")),
        notater=list(ansoegning.notater.select_related("forfatter")),
        referencer=list(ansoegning.referencer.select_related("bruger")) if steers else [],
        partshoeringer=list(ansoegning.partshoeringer.all()) if steers else [],
        skridt=list(ansoegning.skridt.select_related("bruger")),
        fortrinssag=Fortrinssag.objects.filter(ansoegning=ansoegning).first() if steers else None,
        viser_fortrinsadgang=can_see_fortrinsadgang(user) and ansoegning.fortrinsadgang,
        naeste=_next_unread(user, ansoegning, seat),
    )


def _next_unread(user, ansoegning: Ansoegning, seat: Udvalgsmedlem | None) -> Ansoegning | None:
    """After this one by number, and from the first again."""
    if seat is None:
        return None
    own = Bedoemmelse.objects.filter(medlem=seat, afgivet__isnull=False).values("ansoegning")
    rows = visible_ansoegninger(user).filter(runde=ansoegning.runde, tilstand__in=ASSESSED).exclude(pk__in=own)
    later = Case(When(nummer__gt=ansoegning.nummer, then=0), default=1)
    return rows.exclude(pk=ansoegning.pk).order_by(later, "nummer").first()
