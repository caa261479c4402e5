"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

from docs.billeder import BILLEDER, FOLDER

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
LINK = re.compile(r"""\]\(([^)\s]+)\)|src="([^"]+)\"""")
MOST_BYTES = 50_000  # of a picture, on average


def targets(document: Path) -> list[str]:
    found = ["".join(link) for link in LINK.findall(document.read_text())]
    return [target for target in found if not target.startswith(("http", "mailto"))]


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document):
    broken = []
    for target in targets(document):
        path, _, fragment = target.partition("#")
        file = document.parent / path if path else document
        headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE) if fragment and file.is_file() else []
        if not file.exists() or (fragment and fragment not in map(anchor, headings)):
            broken.append(target)
    assert broken == []


def test_every_picture_is_taken_by_the_script_and_used():
    taken = {f"{billede.navn}.png" for billede in BILLEDER}
    used = {Path(target).name for document in DOCUMENTS for target in targets(document) if target.endswith(".png")}
    assert {file.name for file in FOLDER.iterdir()} == taken == used


def test_the_pictures_are_small():
    sizes = [file.stat().st_size for file in FOLDER.iterdir()]
    assert sum(sizes) < MOST_BYTES * len(sizes)
