"""Who may open what: one row for every URL. A URL without a row fails the build.

`roles`: the roles that get in (today). `kwargs`: an object that every one of them may see.
`foreign`: objects that the named identity must not learn the existence of (404).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from afdelinger.models import Rolle
from tests.cast import Cast
from tests.factories import MailFactory

ELEVANSVARLIG = frozenset({Rolle.ELEVANSVARLIG})
UDBAKKE = frozenset({Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR})
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


MATRIX: dict[str, Row] = {
    "forside": Row(LOGGED_IN),
    "udbakke": Row(UDBAKKE),
    "udbakke_proev_igen": Row(UDBAKKE, lambda cast: {"pk": MailFactory(status="fejlet").pk}, post_only=True),
    "opslag": Row(ELEVANSVARLIG),
    "haendelser": Row(ELEVANSVARLIG),
    "mine_opslag": Row(LOGGED_IN),
    "postkasse": Row(AABEN),  # in the demo alone
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
