"""What this wing lets people send in. The largest sizes are rules."""

from elevforloeb.core.files.kinds import PDF
from elevforloeb.core.files.uses import DOCUMENT, LIST, PICTURE, Use

KVITTERING = Use((PDF, *PICTURE), "fil_kvittering_mb")
DOKUMENT = Use(DOCUMENT, "fil_dokument_mb")  # what can be counted: a draft of the fagprøve
BEVIS = Use(
    (PDF, *PICTURE), "fil_dokument_mb"
)  # what is only read: the proof of a grade, an indkaldelse, a skolevejledning
SKOLELISTE = Use(LIST, "fil_liste_mb")
