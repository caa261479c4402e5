"""Every change to wishes: the round, what the departments offer, what the elever wish, what is decided beforehand."""

from .bindinger import add_binding, bind_inhabilitet, remove_binding
from .paamindelser import remind_about_wishes, remind_now
from .runde import close_round, open_round, reopen_round, round_version, update_round
from .sedler import Valg, list_version, save_wishes
from .udbud import answer_udbud, answer_version, ask_afdeling, unask_afdeling

__all__ = [
    "Valg",
    "add_binding",
    "answer_udbud",
    "answer_version",
    "ask_afdeling",
    "bind_inhabilitet",
    "close_round",
    "list_version",
    "open_round",
    "remind_about_wishes",
    "remind_now",
    "remove_binding",
    "reopen_round",
    "round_version",
    "save_wishes",
    "unask_afdeling",
    "update_round",
]
