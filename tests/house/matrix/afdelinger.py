"""Departments, people and rights, courses, goals and rules."""

from datetime import timedelta

from afdelinger.models import Kursusdeltagelse, Pladser, Rolle
from elevforloeb.core.models import Regel
from elevforloeb.core.periods import period
from tests.factories import (
    TODAY,
    KursusFactory,
    OpgaveFactory,
)

from .faelles import (
    AABEN,
    ALLE,
    ELEVANSVARLIG,
    LOGGED_IN,
    OTHER_DEPARTMENT,
    STAB,
    STYRER,
    Row,
    afdeling,
    anden_afdeling,
    bruger,
)


def opgave(cast):
    return {"pk": OpgaveFactory(afdeling=cast.oekonomi).pk}


def anden_opgave(cast):
    return {"pk": OpgaveFactory(afdeling=cast.personale).pk}


def system(cast):
    return {"art": "itsystem", "pk": cast.oekonomi.it_systemer.create(navn="Journal").pk}


def andet_system(cast):
    return {"art": "itsystem", "pk": cast.personale.it_systemer.create(navn="Journal").pk}


def pladser(cast):
    return {"pk": Pladser.objects.get(afdeling=cast.oekonomi).pk}


def rolle(cast):
    return {"pk": cast.vejleder.rolletildelinger.get().pk}


def kursus(cast):
    return {"nummer": KursusFactory().nummer}


def gennemfoert_kursus(cast):
    return {
        "nummer": Kursusdeltagelse.objects.create(
            bruger=cast.vejleder, kursus=KursusFactory(), dato=TODAY
        ).kursus.nummer
    }


def coming_rule(cast):
    next_year = TODAY + timedelta(days=365)
    Regel.objects.filter(noegle="skoleuger").update(periode=period(TODAY, next_year - timedelta(days=1)))
    rule = Regel(noegle="skoleuger", navn="skoleuger", vaerdi=16, enhed="uger", kilde="test", periode=period(next_year))
    rule.save()
    return {"pk": rule.pk}


ROWS: dict[str, Row] = {
    "profil": Row(LOGGED_IN),
    "afdelinger": Row(ALLE),
    "afdeling": Row(ALLE, afdeling),
    "afdeling_ny": Row(ELEVANSVARLIG),
    "afdeling_luk": Row(ELEVANSVARLIG, afdeling),
    "afdeling_aabn": Row(ELEVANSVARLIG, afdeling, post_only=True),
    "afdeling_pladser": Row(ELEVANSVARLIG, afdeling),
    "afdeling_plads": Row(ELEVANSVARLIG, pladser),
    "afdeling_plads_fjern": Row(ELEVANSVARLIG, pladser, post_only=True),
    "afdeling_ret": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_opgaver": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_opgave_ny": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_dele": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_del_ny": Row(STAB, lambda cast: afdeling(cast) | {"art": "itsystem"}),
    "afdeling_opgave": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave)),
    "afdeling_opgave_vis": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave)),
    "afdeling_opgave_handling": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave), post_only=True),
    "afdeling_del": Row(STAB, system, dict.fromkeys(OTHER_DEPARTMENT, andet_system)),
    "afdeling_del_handling": Row(STAB, system, dict.fromkeys(OTHER_DEPARTMENT, andet_system), post_only=True),
    "brugere": Row(STYRER),
    "bruger_ny": Row(STYRER),
    "bruger": Row(STYRER, bruger),
    "bruger_ret": Row(STYRER, bruger),
    "bruger_luk": Row(STYRER, bruger, post_only=True),
    "bruger_aabn": Row(STYRER, bruger, post_only=True),
    "bruger_inviter": Row(STYRER, bruger, post_only=True),
    "bruger_totrin_nulstil": Row(STYRER, bruger, post_only=True),
    "bruger_rolle_ny": Row(STYRER, bruger),
    "bruger_rolle": Row(STYRER, rolle),
    "bruger_rolle_slut": Row(STYRER, rolle, post_only=True),
    "invitation": Row(AABEN),
    "invitation_ny": Row(AABEN),
    "invitation_link": Row(AABEN, lambda cast: {"token": "ukendt"}),
    "kurser": Row(ALLE),
    "kurser_mangler": Row(ELEVANSVARLIG),
    "kursus_gennemfoert": Row(frozenset({Rolle.ELEVVEJLEDER}), kursus),
    "kursus_fjern": Row(frozenset({Rolle.ELEVVEJLEDER}), gennemfoert_kursus, post_only=True),
    "maal": Row(ALLE),
    "maalsaet_ny": Row(ELEVANSVARLIG),
    "regler": Row(ALLE),
    "regel_ny": Row(ELEVANSVARLIG, lambda cast: {"noegle": "skoleuger"}),
    "regel_fjern": Row(ELEVANSVARLIG, coming_rule, post_only=True),
}
