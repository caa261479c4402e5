"""The plan of a hold: a draft that is worked on (kladde, ophold, forslag, indsaet) until it is published."""

from .forslag import accept_proposal
from .indsaet import paste_plan
from .kladde import StayGone, discard_draft, open_draft, undo
from .ophold import Tilpasning, add_stay, change_stay, move_stay, remove_stay, resize_stay, swap_stays
from .udgivelse import publish_plan
from .vejledere import choose_vejledere

__all__ = [
    "StayGone",
    "Tilpasning",
    "accept_proposal",
    "add_stay",
    "change_stay",
    "choose_vejledere",
    "discard_draft",
    "move_stay",
    "open_draft",
    "paste_plan",
    "publish_plan",
    "remove_stay",
    "resize_stay",
    "swap_stays",
    "undo",
]
