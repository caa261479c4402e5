"""The plan of a hold: a draft that is worked on (kladde, ophold, forslag) until it is published (udgivelse)."""

from .forslag import accept_proposal
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
    "publish_plan",
    "remove_stay",
    "resize_stay",
    "swap_stays",
    "undo",
]
