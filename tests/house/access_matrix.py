"""Who may open what: one row for every URL. A URL without a row fails the build.

`roles`: the roles that get in (today). `kwargs`: an object that every one of them may see.
`foreign`: objects that the named identity must not learn the existence of (404).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from afdelinger.models import Rolle
from elevforloeb.core.models import Regel
from tests.cast import Cast

ELEVANSVARLIG = frozenset({Rolle.ELEVANSVARLIG})
ALLE = frozenset(Rolle)
AABEN = "åben"  # also without log-in
LOGGED_IN = "logget ind"  # whoever is logged in, also without a role
ALLAUTH = "allauth"  # guards its own pages; that they ask for log-in is checked all the same

Kwargs = Callable[[Cast], dict]


@dataclass(frozen=True)
class Row:
    roles: frozenset | str
    kwargs: Kwargs = lambda cast: {}
    foreign: dict[str, Kwargs] = field(default_factory=dict)
    post_only: bool = False
    is_file: bool = False  # a PDF or a spreadsheet, no page


RETTER = frozenset({Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER})
STYRER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR})
VEJLEDER = frozenset({Rolle.ELEVVEJLEDER})


def own(cast):
    return {"kode": cast.oekonomi.kode}


def other(cast):
    return {"kode": cast.personale.kode}


def bruger(cast):
    return {"pk": cast.vejleder.pk}


def opgave(cast):
    return {"pk": cast.opgave.pk}


def plads(cast):
    return {"pk": cast.oekonomi.pladser.get().pk}


def rolle(cast):
    return {"pk": cast.vejleder.rolletildelinger.get().pk}


def delophold(cast):
    return {"art": "delophold", "pk": cast.delophold.pk}


def elevens_rolle(cast):
    return {"pk": cast.aase.bruger.rolletildelinger.get().pk}


def deltagelse(cast):
    cast.vejleder.kursusdeltagelser.get_or_create(kursus=cast.kursus, defaults={"dato": date(2027, 1, 1)})
    return {"nummer": cast.kursus.nummer}


def regel(cast):
    return {"pk": Regel.objects.first().pk}


FOREIGN = {"elevvejleder": other, "leder": other}

AFDELINGER = {
    "afdelinger": Row(ALLE),
    "afdeling": Row(ALLE, own),
    "afdeling_ny": Row(ELEVANSVARLIG),
    "afdeling_ret": Row(RETTER, own, FOREIGN),
    "afdeling_luk": Row(ELEVANSVARLIG, own),
    "afdeling_aabn": Row(ELEVANSVARLIG, own, post_only=True),
    "afdeling_pladser": Row(ELEVANSVARLIG, own),
    "afdeling_plads": Row(ELEVANSVARLIG, plads),
    "afdeling_plads_fjern": Row(ELEVANSVARLIG, plads, post_only=True),
    "afdeling_opgaver": Row(RETTER, own, FOREIGN),
    "afdeling_opgave_ny": Row(RETTER, own, FOREIGN),
    "afdeling_opgave": Row(RETTER, opgave),
    "afdeling_opgave_vis": Row(RETTER, opgave),
    "afdeling_opgave_handling": Row(RETTER, opgave, post_only=True),
    "afdeling_dele": Row(RETTER, own, FOREIGN),
    "afdeling_del_ny": Row(RETTER, lambda cast: own(cast) | {"art": "itsystem"}),
    "afdeling_del": Row(RETTER, delophold),
    "afdeling_del_handling": Row(RETTER, delophold, post_only=True),
    "brugere": Row(STYRER),
    "bruger": Row(STYRER, bruger),
    "bruger_ny": Row(STYRER),
    "bruger_ret": Row(STYRER, bruger),
    "bruger_luk": Row(STYRER, bruger, post_only=True),
    "bruger_aabn": Row(STYRER, bruger, post_only=True),
    "bruger_inviter": Row(STYRER, bruger, post_only=True),
    "bruger_rolle_ny": Row(STYRER, bruger),
    "bruger_rolle": Row(STYRER, rolle, {"elevansvarlig": elevens_rolle}),
    "bruger_rolle_slut": Row(STYRER, rolle, {"elevansvarlig": elevens_rolle}, post_only=True),
    "invitation": Row(AABEN),
    "invitation_ny": Row(AABEN),
    "invitation_link": Row(AABEN, lambda cast: {"token": "ukendt"}),
    "profil": Row(LOGGED_IN),
    "mine_opslag": Row(LOGGED_IN),
    "kurser": Row(ALLE),
    "kurser_mangler": Row(ELEVANSVARLIG),
    "kursus_gennemfoert": Row(VEJLEDER, lambda cast: {"nummer": cast.kursus.nummer}),
    "kursus_fjern": Row(VEJLEDER, deltagelse, post_only=True),
    "maal": Row(ALLE),
    "maalsaet_ny": Row(ELEVANSVARLIG),
    "regler": Row(ALLE),
    "regel_fjern": Row(ELEVANSVARLIG, regel, post_only=True),
    "regel_ny": Row(ELEVANSVARLIG, lambda cast: {"noegle": "skoleuger"}),
}

MATRIX: dict[str, Row] = {
    **AFDELINGER,
    "demo_log_ind": Row(AABEN, lambda cast: {"rolle": "elev"}, post_only=True),
    "forside": Row(LOGGED_IN),
    "sundhed": Row(AABEN),
    "klar": Row(AABEN),
    **dict.fromkeys(
        [
            "account_change_password",
            "account_email",
            "account_reauthenticate",
            "account_set_password",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_view_recovery_codes",
            "usersessions_list",
        ],
        Row(ALLAUTH),
    ),
    **dict.fromkeys(
        [
            "account_confirm_login_code",
            "account_email_verification_sent",
            "account_inactive",
            "account_login",
            "account_logout",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_signup",
            "mfa_authenticate",
        ],
        Row(AABEN),
    ),
    "account_confirm_email": Row(AABEN, lambda cast: {"key": "ukendt"}),
    "account_reset_password_from_key": Row(AABEN, lambda cast: {"uidb36": "1", "key": "ukendt"}),
}
