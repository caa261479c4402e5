"""Front pages, log-in, search, logs, erasure: the roof over the apps."""

from elevforloeb.project.models import Uddannelsesbog
from tests.factories import (
    MailFactory,
)

from .faelles import AABEN, ALLAUTH, ALLE, ELEV, ELEVANSVARLIG, LOGGED_IN, STYRER, Row, anden_elev, bruger, elev


def own_account(cast):
    """Nobody erases herself."""
    return {"pk": cast.elevansvarlig.pk}


def own_bog(cast):
    """Åse's, made by the elevansvarlig: both fetch it."""
    facts = {"status": "faerdig", "fil": b"%PDF-"}
    return {"pk": Uddannelsesbog.objects.create(elev=cast.aase, bestilt_af=cast.elevansvarlig, **facts).pk}


def bog_of_bo(cast):
    facts = {"status": "faerdig", "fil": b"%PDF-"}
    return {"pk": Uddannelsesbog.objects.create(elev=cast.bo, bestilt_af=cast.bo.bruger, **facts).pk}


NOT_MY_BOG = dict.fromkeys(["elev", "elevansvarlig"], bog_of_bo)


ROWS: dict[str, Row] = {
    "forside": Row(LOGGED_IN),
    "demo_log_ind": Row(AABEN, lambda cast: {"rolle": "elev"}, post_only=True),  # 404 unless DEMO,
    "soeg": Row(ALLE),
    "elev_bog": Row(ELEVANSVARLIG | ELEV, elev, {"elev": anden_elev}),
    "bog": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG),
    "bog_stop": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG, post_only=True),
    "bog_hent": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG, is_file=True),
    "bog_tillad": Row(ELEV, lambda cast: {"hvad": "skole"}, post_only=True),
    "bog_fortryd": Row(ELEV, lambda cast: {"hvad": "skole"}, post_only=True),
    "min_kalender": Row(ALLE),
    "min_kalender_abonnement": Row(ALLE),
    "min_kalender_fjern": Row(ALLE, post_only=True),
    "min_kalender_fil": Row(AABEN, kwargs=lambda cast: {"noegle": "ukendt"}, is_file=True),
    "udbakke": Row(STYRER),
    "udbakke_proev_igen": Row(STYRER, lambda cast: {"pk": MailFactory(status="fejlet").pk}, post_only=True),
    "opslag": Row(ELEVANSVARLIG),
    "haendelser": Row(ELEVANSVARLIG),
    "sletning": Row(ELEVANSVARLIG),
    "sletning_bekraeft": Row(ELEVANSVARLIG),
    "sletning_person": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}),
    "sletning_udsaet": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}),
    "sletning_ophaev": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}, post_only=True),
    "mine_opslag": Row(LOGGED_IN),
    "mine_oplysninger": Row(LOGGED_IN, is_file=True),
    "postkasse": Row(AABEN),  # in the demo alone,
    "postkasse_mail": Row(AABEN, lambda cast: {"pk": MailFactory(status="sendt", brev={}).pk}),
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
