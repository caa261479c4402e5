"""Every change to a form: the shipped ones are loaded, a draft is made, changed and published. Published ones stay."""

from .dele import PARTS, move_part, part_version, remove_part, save_part, save_skala
from .indlaes import load_skemaer
from .kladde import begin_draft, discard_draft, head_version, update_head
from .udgiv import publish_skema, skema_version

__all__ = [
    "PARTS",
    "begin_draft",
    "discard_draft",
    "head_version",
    "load_skemaer",
    "move_part",
    "part_version",
    "publish_skema",
    "remove_part",
    "save_part",
    "save_skala",
    "skema_version",
    "update_head",
]
