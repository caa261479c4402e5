"""Allocations: started, solved, changed, taken into the draft of the plan, and published with it."""

from .brug import accept_fordeling
from .koersel import recover_lost_fordelinger, solve_fordeling, solve_waiting, stop_fordeling
from .start import AT_ONCE, delete_fordeling, retry_fordeling, start_fordeling, start_variant
from .udgiv import publish_fordelinger

__all__ = [
    "AT_ONCE",
    "accept_fordeling",
    "delete_fordeling",
    "publish_fordelinger",
    "recover_lost_fordelinger",
    "retry_fordeling",
    "solve_fordeling",
    "solve_waiting",
    "start_fordeling",
    "start_variant",
    "stop_fordeling",
]
