"""The letters of this app. They name no elev: e-mail is not confidential, the page behind the link is."""

from . import oensker, plan  # noqa: F401 - enters the letters
