"""What this wing lets people send in. The largest sizes are rules."""

from elevforloeb.core.files.kinds import DOCX, ODT, PDF
from elevforloeb.core.files.uses import PICTURE, Use

BILAG = Use((PDF, *PICTURE, DOCX, ODT), "fil_ansoegning_mb")
PORTRAET = Use(PICTURE, "fil_dokument_mb")
