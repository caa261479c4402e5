"""The count against LibreOffice's own, to the character, on documents that it has read and written itself.

LibreOffice counts two things that Word does not, and that we leave out: the number at a note, and the number or dot of
a list. The tests add them where there are any.
"""

import fcntl
import os
import re
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from elevforloeb.core.files.examine import examine
from elevforloeb.core.files.reasons import Refused
from elevforloeb.core.files.uses import DOCUMENT, Use
from skoleophold.tegn import Slags, Valg, count_characters
from tests.core.files import good
from tests.engines_plugin import find_office
from tests.factories import add_rules

from .test_tegn import BREAK, STYLES, p, t

pytestmark = pytest.mark.office

SIDE = 2100
ALT = Valg(udelad=frozenset())
DOCUMENTS = 24
WORDS = ["Rådhuset", "borgeren", "på", "Nørrebro", "“citat”", "–", "7½", "§ 12", "e\u0301n", "naïve", "x,y;", "æøåÆØÅ"]
WORDS += ["A\u00a0B", "af\u00adtale", "😀"]
GAPS = [" ", "  ", " - ", ", "]
TURNS = ["<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"]


def sentence(random: Random) -> str:
    return "".join(random.choice(WORDS) + random.choice(GAPS) for _ in range(random.randint(1, 12)))


def paragraph(random: Random, **how) -> str:
    runs = [random.choice(TURNS) if random.random() < 0.2 else t(sentence(random)) for _ in range(random.randint(0, 4))]
    return p(*runs, **how)


def table(random: Random) -> str:
    cells = "".join(f"<w:tc><w:tcPr/>{paragraph(random)}</w:tc>" for _ in range(3))
    grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}<w:tr>{cells}</w:tr></w:tbl>"


def any_document(random: Random) -> bytes:
    body = [p(t("Forside")), p(BREAK)]
    for _ in range(random.randint(2, 25)):
        body.append(
            random.choice([paragraph, paragraph, table, lambda random: paragraph(random, style="Overskrift1")])(random)
        )
    parts = good.docx_parts(body="".join(body) + p(t("slut")))
    related = good.relations(good.relation("styles", "styles.xml"))
    return good.archive(parts | {"word/styles.xml": STYLES, "word/_rels/document.xml.rels": related})


@pytest.fixture(scope="module")
def folder(tmp_path_factory, worker_id) -> Path:
    """Made by the worker that comes here first, for all of them: LibreOffice takes ten seconds."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "kontor"
    with folder.with_suffix(".laas").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            made = tmp_path_factory.mktemp("kontor")
            write_documents(made)
            made.rename(folder)
    return folder


def write_documents(folder: Path) -> None:
    """Documents as we made them, and as LibreOffice writes each of them: `ud` holds odt, docx, txt and pdf."""
    for number in range(DOCUMENTS):
        (folder / f"{number}.docx").write_bytes(any_document(Random(number)))
    (folder / "noter.odt").write_bytes(notes())
    (folder / "rapport.odt").write_bytes(report())
    for form in ("odt", "docx:MS Word 2007 XML"):
        convert(folder, form, [*folder.glob("*.docx"), *folder.glob("*.odt")])
    convert(folder, "txt:Text (encoded):UTF8", [folder / "rapport.odt"])
    convert(folder, "pdf", [folder / "rapport.odt"])


def convert(folder: Path, form: str, files: list[Path]) -> None:
    own = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [find_office(), own, "--headless", "--convert-to", form, "--outdir", str(folder / "ud"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=os.environ | {"LC_ALL": "C.UTF-8"})


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>{0}</text:note-citation>'
    "<text:note-body><text:p>Note nr. {0}</text:p></text:note-body></text:note>"
)


def notes() -> bytes:
    """Twelve footnotes, so that the last have two figures."""
    return good.odt(body="".join(f"<text:p>Tekst{NOTE.format(n)} igen</text:p>" for n in range(1, 13)))


def report() -> bytes:
    """As long as a fagprøve: 15 pages of text with headings."""
    random = Random(7)
    words = [word for word in WORDS if word.isascii() or word.isalpha()]
    body = ""
    for chapter in range(12):
        body += f'<text:h text:outline-level="1">{chapter + 1}. Kapitel om arbejdet</text:h>'
        for _ in range(8):
            body += f"<text:p>{' '.join(random.choice(words) for _ in range(60))}.</text:p>"
    return good.odt(body=body)


def writers_count(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return int(re.search(rb'meta:character-count="(\d+)"', archive.read("meta.xml"))[1])


def ours(path: Path) -> int:
    return count_characters(path.read_bytes(), path.suffix[1:], normalside=SIDE, valg=ALT).tegn


@pytest.mark.parametrize("number", range(DOCUMENTS))
def test_the_count_is_writers_count_to_the_character(folder, number):
    """Of the file as it was sent in, and of the two that LibreOffice writes from it."""
    expected = writers_count(folder / "ud" / f"{number}.odt")
    assert expected > 20
    for path in (folder / f"{number}.docx", folder / "ud" / f"{number}.docx", folder / "ud" / f"{number}.odt"):
        assert ours(path) == expected


def test_notes_are_counted_to_the_character_and_their_numbers_are_not(folder):
    numbers = sum(len(str(number)) for number in range(1, 13))
    for path in (folder / "ud/noter.odt", folder / "ud/noter.docx", folder / "noter.odt"):
        assert ours(path) == writers_count(folder / "ud/noter.odt") - numbers
        found = count_characters(path.read_bytes(), path.suffix[1:], normalside=SIDE)
        assert found.tegn == 12 * len("Tekst igen")


def test_headings_survive_the_way_through_an_office_program(folder):
    for name in ("rapport.odt", "rapport.docx"):
        found = count_characters((folder / "ud" / name).read_bytes(), name[-4:].strip("."), normalside=SIDE)
        assert found.overskrifter[0] == "1. Kapitel om arbejdet" and len(found.overskrifter) == 12


def test_text_is_writers_count_to_the_character(folder):
    assert ours(folder / "ud/rapport.txt") == writers_count(folder / "ud/rapport.odt")


def test_a_pdf_is_within_one_per_cent(folder):
    expected = writers_count(folder / "ud/rapport.odt")
    found = ours(folder / "ud/rapport.pdf")
    print(f"PDF: {found} of {expected}, {100 * (found - expected) / expected:+.2f} %")
    assert abs(found - expected) < 0.01 * expected


def test_the_front_page_is_found_in_what_an_office_program_writes(folder):
    for name in ("3.odt", "3.docx"):
        found = count_characters((folder / "ud" / name).read_bytes(), name[2:], normalside=SIDE)
        assert next(part.tegn for part in found.dele if part.slags is Slags.FORSIDE) == len("Forside")


def test_the_file_room_takes_what_an_office_program_writes(folder, db):
    add_rules()
    use = Use(DOCUMENT, "fil_dokument_mb")
    for name in ("rapport.odt", "rapport.docx", "rapport.txt", "rapport.pdf"):
        try:
            checked = examine(SimpleUploadedFile("a", (folder / "ud" / name).read_bytes()), use)
        except Refused as refusal:
            pytest.fail(f"{name}: {refusal.code}")
        assert checked.kind.ending == Path(name).suffix
