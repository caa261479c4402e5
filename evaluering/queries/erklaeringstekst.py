"""Everything that is signed with a declaration, with the names as they are that day."""

from django.conf import settings

from elevforloeb.core.rules import rules
from evaluering.models import Oplaeringserklaering


def content(row: Oplaeringserklaering, *, grund: str = "") -> dict:
    """Plain values alone: the sealed text and its PDF are made of them, for ever."""
    return {
        "kommune": settings.KOMMUNE_NAVN,
        "elev": row.elev.bruger.navn,
        "hold": row.elev.hold.navn,
        "aftale": {"fra": row.elev.startdato, "til_og_med": row.elev.sidste_dag},
        "afsluttende": row.afsluttende,
        "skole": _school(row),
        "periode": {"fra": row.startdato, "til_og_med": row.sidste_dag},
        "arbejdsomraader": row.arbejdsomraader,
        "behov_skole": row.behov_skole,
        "behov_oplaering": row.behov_oplaering,
        "elev_bemaerkning": row.elev_bemaerkning,
        "elev_set": row.elev_set,
        "elev_underskriver": bool(rules().erklaering_elev_underskriver),
        "ikke_set_grund": grund,
        "underskrevet": row.underskrevet,
        "underskrevet_af": row.underskrevet_af.navn,
        "version": row.version,
    }


def _school(row: Oplaeringserklaering) -> dict | None:
    if row.skole is None:
        return None
    return {"navn": str(row.skole), "fra": row.skole.startdato, "til_og_med": row.skole.sidste_dag}
