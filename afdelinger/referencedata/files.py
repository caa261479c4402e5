"""From a file or a folder to checked Referencedata."""

from pathlib import Path as FilePath

from .problems import Path, Problem, ReferencedataError, field_name
from .references import check_references
from .schema import Referencedata
from .series import check_periods
from .shape import check_shape
from .text import LARGEST_FILE, decode
from .yamlfile import parse

MOST_FILES = 30


def read(path) -> Referencedata:
    content = Content()
    for file in _files(FilePath(path)):
        content.add(file)
    return content.check()


def _files(path):
    try:
        files = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
    except OSError as error:
        raise ReferencedataError([_unreadable(path, error)]) from error
    if not files:
        raise ReferencedataError([Problem(path.name, None, "", "Mappen har ingen filer, der ender på .yaml.")])
    if len(files) > MOST_FILES:
        message = f"Mappen har over {MOST_FILES} filer. Er det den rigtige?"
        raise ReferencedataError([Problem(path.name, None, "", message)])
    return files


def _unreadable(path, error):
    if isinstance(error, FileNotFoundError):
        return Problem(path.name, None, "", f"Filen findes ikke: {path}")
    return Problem(path.name, None, "", f"Filen kan ikke læses. Se efter, om du har adgang til {path}")


class Content:
    """All files as one, with the place of every field."""

    def __init__(self):
        self.value: dict = {}
        self.places: dict[Path, tuple[str, int]] = {}
        self.problems: list[Problem] = []

    def add(self, file: FilePath):
        try:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            self.problems.append(_unreadable(file, error))
            return
        text, faults = decode(file.name, raw)
        self.problems += faults
        if text and not faults:
            self._add_document(file.name, parse(file.name, text))

    def _add_document(self, name, document):
        self.problems += document.problems
        for field, value in document.value.items():
            if field in self.value:
                file, line = self.places[(field,)]
                message = f"Feltet står også i {file} linje {line}. Det må kun stå ét sted."
                self.problems.append(Problem(name, document.lines[(field,)], field, message))
                continue
            self.value[field] = value
            self.places |= {path: (name, line) for path, line in document.lines.items() if path[0] == field}

    def check(self) -> Referencedata:
        data, findings = check_shape(self.value)
        if self.problems:  # of a file that could not be read: its fields are not missing, its codes not unknown
            findings = [(path, message) for path, message in findings if path in self.places or len(path) > 1]
        else:
            spoken = {path: f"{file} linje {line}" for path, (file, line) in self.places.items()}
            findings += check_references(self.value, spoken) + check_periods(self.value, spoken)
        self.problems += [self._problem(path, message) for path, message in findings]
        if self.problems:
            raise ReferencedataError(self.problems)
        return data

    def _problem(self, path, message):
        """Placed on the field's own line, or where the nearest group around it begins."""
        around = next((path[:steps] for steps in range(len(path), 0, -1) if path[:steps] in self.places), None)
        file, line = self.places.get(around, ("", None))
        return Problem(file or "Filerne", line, field_name(path), message)
