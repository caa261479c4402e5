"""What a field takes. The rooms above write theirs down once, as FAKTURA = Use((PDF, *PICTURE), "fil_faktura_mb")."""

from dataclasses import dataclass

from django.conf import settings

from ..rules import rules
from ..words import join_words
from .kinds import CSV, DOCX, ICS, JPG, ODT, PDF, PNG, TXT, XLSX, Kind

PICTURE = (JPG, PNG)
DOCUMENT = (PDF, DOCX, ODT, TXT)
LIST = (CSV, XLSX, ICS)
MB = 1024 * 1024


@dataclass(frozen=True)
class Use:
    kinds: tuple[Kind, ...]
    rule: str  # the key of the Regel with the largest size in MB

    @property
    def types(self) -> str:
        """PDF, JPG eller PNG"""
        return join_words([kind.label for kind in self.kinds], "eller")

    @property
    def accept(self) -> str:
        """For the browser, which then shows only these. A telephone turns its HEIC into JPG by itself when asked."""
        return ",".join(f"{kind.ending},{kind.mime.partition(';')[0]}" for kind in self.kinds)

    @property
    def largest_mb(self) -> int:
        return min(getattr(rules(), self.rule), settings.FILE_LARGEST_MB)

    def hint(self) -> str:
        return f"{self.types}. Højst {self.largest_mb} MB."
