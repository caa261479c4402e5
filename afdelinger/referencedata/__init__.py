"""Reference data as files: reading and checking, without Django.

`read(path)` takes a file or a folder of .yaml files and returns Referencedata, or raises ReferencedataError with
everything that is wrong, each with file, line and field.
"""

from pathlib import Path as FilePath

from .files import read
from .problems import Problem, ReferencedataError
from .schema import Referencedata
from .series import with_last_days

ROEDOVRE = FilePath(__file__).resolve().parent.parent / "data" / "roedovre"

__all__ = ["ROEDOVRE", "Problem", "Referencedata", "ReferencedataError", "read", "with_last_days"]
