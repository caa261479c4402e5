"""What people send in: hostile files are refused with the reason, or only their harmless part is kept."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from elevforloeb.core import excel
from elevforloeb.core.files import apart
from elevforloeb.core.files.examine import CheckedFile, examine
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.files.kinds import KINDS
from elevforloeb.core.files.reasons import WORDS, Refused
from elevforloeb.core.files.uses import Use
from elevforloeb.core.pdf import render_pdf
from tests.factories import add_rules

from .files import good, hostile

EVERYTHING = Use(tuple(KINDS.values()), "fil_dokument_mb")


@pytest.fixture(autouse=True)
def sizes(db):
    add_rules()


def sent(data: bytes, filename="a.pdf", use=EVERYTHING) -> CheckedFile:
    return examine(SimpleUploadedFile(filename, data), use)


@pytest.mark.parametrize("sample", hostile.REFUSED, ids=lambda sample: sample.name)
def test_a_hostile_file_is_refused_and_the_reason_is_the_right_one(sample):
    data = sample.make()
    with pytest.raises(Refused) as refused:
        sent(data, sample.filename)
    assert refused.value.code == sample.code
    assert WORDS[sample.code]


def test_the_corpus_is_large_and_every_sample_has_a_name_of_its_own():
    names = [sample.name for sample in hostile.REFUSED] + list(hostile.NEUTRALISED)
    assert len(names) == len(set(names)) >= 45


@pytest.mark.parametrize("name", hostile.NEUTRALISED)
def test_of_a_picture_only_the_picture_is_kept(name):
    filename, make = hostile.NEUTRALISED[name]
    checked = sent(make(), filename)
    for word in (hostile.CANARY, b"GPS", b"Exif", b"<script", b"PK\x03\x04", b"php", b"acTL"):
        assert word not in checked.data
    with Image.open(BytesIO(checked.data)) as picture:
        assert picture.getexif() == {} and getattr(picture, "n_frames", 1) == 1
    assert checked.navn.endswith(checked.kind.ending)


def test_a_photo_is_turned_as_the_camera_was_held():
    with Image.open(BytesIO(sent(good.photo_with_place()).data)) as picture:
        assert picture.size == (40, 60)


def test_a_photo_of_fifty_million_pixels_is_kept_in_a_size_to_read():
    with Image.open(BytesIO(sent(good.jpg(size=(8160, 6120))).data)) as picture:
        assert picture.size == (4000, 3000)


def test_a_transparent_png_stays_transparent():
    with Image.open(BytesIO(sent(good.png(mode="RGBA")).data)) as picture:
        assert picture.mode == "RGBA"


GOOD = {
    "pdf": good.pdf(),
    "jpg": good.jpg(),
    "png": good.png(),
    "docx": good.docx(),
    "xlsx": good.xlsx(),
    "odt": good.odt(),
    "txt": good.TXT.encode(),
    "ics": good.ICS.encode(),
}


@pytest.mark.parametrize("key", GOOD)
@pytest.mark.parametrize("filename", ["a.exe", "uden endelse", "rigtig"])
def test_a_good_file_of_each_kind_passes_whatever_it_is_called(key, filename):
    checked = sent(GOOD[key], filename)
    assert checked.kind is KINDS[key]
    assert checked.navn.endswith(KINDS[key].ending) and ".exe" not in checked.navn
    if key not in ("jpg", "png"):
        assert checked.data == GOOD[key]


def test_a_word_file_with_an_excel_sheet_in_it_passes():
    assert sent(good.docx({"word/embeddings/tal.xlsx": good.xlsx()})).kind is KINDS["docx"]


HONEST = [
    good.relation("hyperlink", "https://www.example.invalid/", external=True),
    good.relation("attachedTemplate", "file:///C:\\Skabeloner\\Rapport.dotm", external=True),
    good.relation("externalLinkPath", "Budget%202027.xlsx", external=True),
]


@pytest.mark.parametrize("relation", HONEST)
def test_a_word_file_that_was_made_from_a_template_or_links_to_a_page_passes(relation):
    assert sent(good.docx({"word/_rels/settings.xml.rels": good.relations(relation)}))


def test_an_opendocument_with_links_and_its_own_pictures_passes():
    link = '<text:a xmlns:xlink="x" xlink:type="simple" xlink:href="https://www.example.invalid/">her</text:a>'
    picture = '<draw:image xmlns:draw="d" xmlns:xlink="x" xlink:href="Pictures/1.png"/>'
    assert sent(good.odt(body=link + picture)).kind is KINDS["odt"]


def test_our_own_pdf_and_excel_files_pass():
    output = BytesIO()
    with excel.new_workbook(output) as book:
        excel.write_sheet(book, excel.Ark("Hold", (excel.Kolonne("Navn"),), [("Åse",)]))
    assert sent(output.getvalue()).kind is KINDS["xlsx"]
    assert sent(render_pdf("core/pdf.html", {})).kind is KINDS["pdf"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_text_in_every_encoding_that_an_office_program_writes_is_kept_as_utf8(encoding):
    for text, use in ((good.CSV, Use((KINDS["csv"],), "fil_liste_mb")), (good.TXT, EVERYTHING)):
        assert sent(text.encode(encoding), "a.csv", use).data.decode() == text


@pytest.mark.parametrize("key", GOOD)
def test_a_kind_that_the_field_does_not_take_is_refused_however_good_it_is(key):
    others = Use(
        tuple(kind for kind in KINDS.values() if kind.key != key and kind.key not in ("csv", "txt")), "fil_liste_mb"
    )
    with pytest.raises(Refused) as refused:
        sent(GOOD[key], use=others)
    assert refused.value.code == "forkert_type"


# --- The size ---


def test_the_largest_size_is_a_rule_and_is_looked_at_before_the_content():
    use = Use((KINDS["txt"],), "fil_liste_mb")
    assert sent(b"x" * 5 * 1024 * 1024, use=use)
    with pytest.raises(Refused) as refused:
        sent(b"MZ" + b"x" * 5 * 1024 * 1024, use=use)
    assert (refused.value.code, refused.value.facts) == ("for_stor", {"mb": 5})


def test_no_rule_lets_in_more_than_the_system_takes(settings):
    settings.FILE_LARGEST_MB = 1
    with pytest.raises(Refused):
        sent(b"x" * 2 * 1024 * 1024)


HEAVY = {
    "pdf": hostile.pdf_bomb,
    "png": hostile.picture_of_20000_by_20000,
    "jpg": lambda: good.jpg(size=(8160, 6120), progressive=True),
    "office": lambda: good.docx({"word/media/a.png": b"\0" * 50_000_000}),
}
AND_TELL = """
import re, sys
from elevforloeb.core.files import apart
apart.main(sys.argv[1])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells how large a process has been")
@pytest.mark.parametrize("task", HEAVY)
def test_the_heaviest_files_make_no_process_swell(task):
    told = subprocess.run([sys.executable, "-c", AND_TELL, task], input=HEAVY[task](), capture_output=True, check=True)
    assert int(told.stderr.split()[-1]) < 300 * 1024  # kB


def test_a_process_that_grows_anyway_is_stopped_and_the_file_is_too_heavy(monkeypatch):
    monkeypatch.setattr(apart, "TASKS", {})
    code = "from elevforloeb.core.files.apart import _limit; _limit(); x = b'x' * 10**9"
    grown = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert apart._reason("pdf", grown) == "for_tung"


def test_a_process_that_does_not_come_back_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)
    with pytest.raises(Refused) as refused:
        sent(good.pdf())
    assert refused.value.code == "for_tung"


def test_the_process_apart_has_none_of_our_secrets(monkeypatch):
    seen = {}
    monkeypatch.setenv("SECRET_KEY", "KANARIEFUGL")

    def run(command, **how):
        seen.update(how)
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(apart.subprocess, "run", run)
    sent(good.pdf())
    assert "KANARIEFUGL" not in str(seen["env"]) and not {"DATABASE_URL", "SECRET_KEY"} & set(seen["env"])


def test_what_reads_hostile_files_does_not_load_django():
    code = "import sys; from elevforloeb.core.files import apart, images, office, pdf; print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


# --- The form ---


class Form(forms.Form):
    bilag = FilFelt(label="Bilag", use=Use((KINDS["pdf"], KINDS["jpg"], KINDS["png"]), "fil_kvittering_mb"))


def form(data=None, filename="a.pdf") -> Form:
    return Form({}, {"bilag": SimpleUploadedFile(filename, data)} if data is not None else {})


def test_a_good_file_is_the_value_of_the_field():
    filled = form(good.pdf(), "Min kvittering.pdf")
    assert filled.is_valid()
    assert isinstance(filled.cleaned_data["bilag"], CheckedFile)
    assert filled.cleaned_data["bilag"].navn == "Min kvittering.pdf"
    assert "PDF-1.7" not in repr(filled.cleaned_data["bilag"])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "Vælg en fil til “Bilag”"),
        (b"", "Filen er tom. Vælg den rigtige fil"),
        (b"Hej", "Filen skal være af typen PDF, JPG eller PNG"),
        (b"MZ" + b"\0" * 9, "Vælg en fil af typen PDF, JPG eller PNG"),
        (b"%PDF" + b"x" * 11 * 1024 * 1024, "Filens størrelse skal være under 10 MB"),
        (b"PK\x03\x04", "Filen skal være af typen PDF, JPG eller PNG"),
    ],
)
def test_an_error_says_what_to_do_and_stands_at_the_field(data, words):
    filled = form(data)
    assert not filled.is_valid()
    (message,) = filled["bilag"].messages
    assert words in message and "{" not in message
    assert "aria-invalid" in str(filled) and words in str(filled)


def test_the_browser_is_told_what_to_offer_and_the_person_what_is_taken():
    page = str(form())
    assert 'accept=".pdf,application/pdf,.jpg,image/jpeg,.png,image/png"' in page
    assert "PDF, JPG eller PNG. Højst 10 MB." in page


def test_a_field_that_may_be_empty_is_none():
    class Optional(forms.Form):
        bilag = FilFelt(label="Bilag", use=EVERYTHING, required=False)

    filled = Optional({}, {})
    assert filled.is_valid() and filled.cleaned_data["bilag"] is None


def test_a_form_without_its_encoding_says_that_the_file_did_not_come():
    filled = Form({"bilag": "kvittering.pdf"}, {})
    assert not filled.is_valid()


@pytest.mark.parametrize("code", WORDS)
def test_every_reason_is_whole_sentences_that_can_be_filled_in(code):
    words = Refused(code, mb=10).words(typer="PDF")
    assert words[0].isupper() and "{" not in words and not words.endswith(".")
