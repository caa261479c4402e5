"""All that a hiring case holds, in the order of a case file: what is filed in the municipality's case system."""

from dataclasses import dataclass

from rekruttering.models import Ansoegning, Fortrinssag, Inhabilitet

from .ansoeger import get_ansoegerside
from .ansoegning import answers


@dataclass(frozen=True)
class Sagsakt:
    ansoegning: Ansoegning
    svar: list
    bilag: list
    bedoemmelser: list
    mangler: list  # members whose assessment is not in, or is hidden until all are
    udtraadte: list  # members who are partial and had no part in it
    notater: list
    referencer: list
    partshoeringer: list
    fortrinssag: Fortrinssag | None
    samtaler: list
    tilbud: list
    beskeder: list
    skridt: list

    @property
    def er_afgjort(self) -> bool:
        return self.ansoegning.tilstand in Ansoegning.AFGJORT


def get_sagsakt(user, ansoegning: Ansoegning) -> Sagsakt:
    """As this reader may see it. When the case is decided there is nothing to hide in the assessments any more."""
    side = get_ansoegerside(user, ansoegning)
    given = list(ansoegning.bedoemmelser.filter(afgivet__isnull=False).select_related("medlem__bruger"))
    is_decided = ansoegning.tilstand in Ansoegning.AFGJORT
    shown = given if is_decided else side.bedoemmelser + [side.min] * bool(side.min and side.min.afgivet)
    aside = Inhabilitet.objects.filter(ansoegning=ansoegning).select_related("medlem__bruger")
    return Sagsakt(
        ansoegning=ansoegning,
        svar=answers(ansoegning),
        bilag=side.bilag,
        bedoemmelser=shown,
        mangler=side.laesning.mangler,
        udtraadte=[each.medlem.bruger.navn for each in aside],
        notater=side.notater[::-1],
        referencer=side.referencer,
        partshoeringer=side.partshoeringer,
        fortrinssag=side.fortrinssag,
        samtaler=list(ansoegning.samtaler.select_related("tid__dag")),
        tilbud=list(ansoegning.tilbud.order_by("pk")),
        beskeder=list(ansoegning.beskeder.order_by("pk")) if side.styrer else [],
        skridt=side.skridt,
    )
