"""What this wing lets people send in. The largest sizes are rules."""

from elevforloeb.core.files.uses import PICTURE, Use

PORTRAET = Use(PICTURE, "fil_dokument_mb")
