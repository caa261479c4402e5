"""What is wrong with a file, said so that the person who wrote it can find the place."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Problem:
    file: str
    line: int | None
    field: str
    message: str

    def __str__(self):
        place = f"{self.file} linje {self.line}" if self.line else self.file
        return f"{place}, {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class ReferencedataError(Exception):
    """The files cannot be loaded; `problems` holds every reason, in reading order."""

    def __init__(self, problems):
        self.problems = sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.field, p.message))
        super().__init__("\n".join(map(str, self.problems)))


def field_name(path: Path) -> str:
    """('afdelinger', 1, 'maal') -> 'afdelinger[2].maal': people count from one."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else str(step)
    return name


def quote(value) -> str:
    """The value as the person wrote it, but never a page of it."""
    if value is None:
        return "ingenting"
    if isinstance(value, list):
        return "en liste"
    if isinstance(value, dict):
        return "en gruppe af felter"
    text = " ".join(str(value).split())
    return f"'{text[:LONGEST_QUOTE]}…'" if len(text) > LONGEST_QUOTE else f"'{text}'"
