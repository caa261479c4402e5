"""Every change to a form: the shipped ones are loaded, a draft is made, changed and published. Published ones stay."""

from .indlaes import load_skemaer

__all__ = ["load_skemaer"]
