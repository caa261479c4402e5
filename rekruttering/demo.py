"""The demo of the wing: applicants to the open round."""

from .demoansoegere import ansoegere, make_ansoegninger, runde

__all__ = ["ansoegere", "make_ansoegninger", "runde"]
