"""Applicants: nobody is logged in, and the link is the key (tests/rekruttering/test_ansoegning_sider.py)."""

from tests import ansoeger_steps

from .faelles import AABEN, Row


def applicants_draft(cast):
    return ansoeger_steps.link(ansoeger_steps.begun())


def applicants_sent(cast):
    found = ansoeger_steps.filled()
    ansoeger_steps.attach(found)
    return ansoeger_steps.link(ansoeger_steps.deliver(found))


def applicants_file(cast):
    found = ansoeger_steps.begun()
    return ansoeger_steps.link(found) | {"pk": ansoeger_steps.attach(found).pk}


ROWS: dict[str, Row] = {
    "ansoeg": Row(AABEN, lambda cast: {"slug": ansoeger_steps.open_round().slug}),
    "ansoegning_link": Row(AABEN),
    "interesse": Row(AABEN),
    "interesse_bekraeft": Row(AABEN, lambda cast: ansoeger_steps.notice()),
    "min_ansoegning": Row(AABEN, applicants_sent),
    "ansoegning_kvittering": Row(AABEN, applicants_sent),
    "ansoegning_trin": Row(AABEN, lambda cast: applicants_draft(cast) | {"trin": "om-dig"}),
    "ansoegning_fil": Row(AABEN, applicants_file, is_file=True),
    "ansoegning_data": Row(AABEN, applicants_draft, is_file=True),
    "ansoegning_fil_fjern": Row(AABEN, applicants_file, post_only=True),
    "ansoegning_nyt_link": Row(AABEN, applicants_draft, post_only=True),
    "ansoegning_kontakt": Row(AABEN, applicants_draft, post_only=True),
    **dict.fromkeys(
        ["ansoegning_filer", "ansoegning_send", "ansoegning_senere", "ansoegning_traek"],
        Row(AABEN, applicants_draft),
    ),
}
