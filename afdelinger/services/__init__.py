"""Every write of the ground floor, by noun. Each checks the state, writes the history and queues its mail."""

from .afdelinger import close_afdeling, create_afdeling, reopen_afdeling, update_afdeling
from .brugere import create_bruger, deactivate_bruger, reactivate_bruger, reset_second_factor, update_bruger
from .dele import delete_del, move_del, save_del
from .invitationer import accept_invitation, invite, request_invitation
from .kurser import register_kursus, remove_kursus
from .maal import create_maalsaet
from .opgaver import move_opgave, retire_opgave, save_opgave
from .pladser import delete_pladser, save_pladser
from .regler import remove_regel, set_regel
from .roller import change_role, end_role, give_role
from .sletning import lift, put_off

__all__ = [
    "accept_invitation",
    "change_role",
    "close_afdeling",
    "create_afdeling",
    "create_bruger",
    "create_maalsaet",
    "deactivate_bruger",
    "delete_del",
    "delete_pladser",
    "end_role",
    "give_role",
    "invite",
    "lift",
    "move_del",
    "move_opgave",
    "put_off",
    "reactivate_bruger",
    "register_kursus",
    "remove_kursus",
    "remove_regel",
    "reopen_afdeling",
    "request_invitation",
    "reset_second_factor",
    "retire_opgave",
    "save_del",
    "save_opgave",
    "save_pladser",
    "set_regel",
    "update_afdeling",
    "update_bruger",
]
