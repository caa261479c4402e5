"""The way of an evaluation from the plan to the talk, and the ways on when it cannot go as planned."""

from .gang import begin, open_talk, share
from .overdragelse import hand_over, take_over
from .udveje import hold_on_paper, lapse, put_off, set_moede

__all__ = ["begin", "hand_over", "hold_on_paper", "lapse", "open_talk", "put_off", "set_moede", "share", "take_over"]
