"""What this wing lets people send in. The largest sizes are rules."""

from elevforloeb.core.files.kinds import PDF
from elevforloeb.core.files.uses import DOCUMENT, LIST, PICTURE, Use

KVITTERING = Use((PDF, *PICTURE), "fil_kvittering_mb")
FOTO = Use(PICTURE, "fil_kvittering_mb")  # of a receipt, by the camera of a telephone
# What can be counted: a draft of the fagprøve.
DOKUMENT = Use(DOCUMENT, "fil_dokument_mb")
# What is only read: the proof of a grade, an indkaldelse, a skolevejledning.
BEVIS = Use((PDF, *PICTURE), "fil_dokument_mb")
SKOLELISTE = Use(LIST, "fil_liste_mb")
