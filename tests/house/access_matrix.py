"""Who may open what: one row for every URL. A URL without a row fails the build.

`roles`: the roles that get in (today). `kwargs`: an object that every one of them may see.
`foreign`: objects that the named identity must not learn the existence of (404).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from afdelinger.models import Rolle
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


AFDELINGENS = frozenset({Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER})
ELEVENS = AFDELINGENS | {Rolle.ELEV}
SKRIVER_KALENDER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER})


def _hold(cast):
    return {"pk": cast.aase.hold_id}


def _aase(cast):
    return {"pk": cast.aase.pk}


def _bo(cast):
    return {"pk": cast.bo.pk}


def _ferie(cast):
    return {"pk": cast.ferie.pk}


def _skole(cast):
    return {"pk": cast.skole.pk}


BO_IS_NOT_THEIRS = {"elev": _bo, "elevvejleder": _bo, "leder": _bo}

ELEVFORLOEB: dict[str, Row] = {
    "hold_liste": Row(ELEVANSVARLIG),
    "hold_nyt": Row(ELEVANSVARLIG),
    **dict.fromkeys(
        ["hold", "hold_ret", "hold_elever_nye", "hold_elever_indsaet", "hold_skole", "hold_skole_kopier"],
        Row(ELEVANSVARLIG, _hold),
    ),
    "hold_slet": Row(ELEVANSVARLIG, _hold, post_only=True),
    **dict.fromkeys(["elever", "elever_excel"], Row(AFDELINGENS)),
    **dict.fromkeys(["elev", "forloeb_pdf", "forloeb_excel"], Row(ELEVENS, _aase, BO_IS_NOT_THEIRS)),
    **dict.fromkeys(["elev_ret", "elev_forlaeng", "elev_stop"], Row(ELEVANSVARLIG, _aase)),
    **dict.fromkeys(["elev_genoptag", "elev_fjern", "elev_inviter"], Row(ELEVANSVARLIG, _aase, post_only=True)),
    "kalender_ny": Row(SKRIVER_KALENDER, _aase, {"elevvejleder": _bo}),
    "kalender_ret": Row(SKRIVER_KALENDER, _ferie, {"elevvejleder": _skole}),
    "kalender_slet": Row(SKRIVER_KALENDER, _ferie, {"elevvejleder": _skole}, post_only=True),
}

MATRIX: dict[str, Row] = {
    **ELEVFORLOEB,
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
