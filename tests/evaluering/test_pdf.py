"""A sealed evaluation on paper: what was sealed and nothing else, whoever wrote what in it."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest
from pypdf import PdfReader

from elevforloeb.core import prints, seal
from elevforloeb.core.models import Dokument, Dokumentfil
from evaluering.pdf import evaluering_pdf, get_page
from tests.dokument_steps import answer, evaluation_text, question, seal_evaluation

CANARY = "kanariefugl"


@pytest.fixture
def dokument(cast) -> Dokument:
    return seal_evaluation(cast.elevansvarlig, cast.aase.bruger)


def text_of(pdf: bytes) -> str:
    """All its words, with single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def told(value) -> list[str]:
    """Every text that the content holds for people to read."""
    if isinstance(value, dict):
        skip = ("part", "sha256", "art", "hvem", "svarform", "bruges_til", "trin", "delt", "tid", "moede")
        rest = [
            told(each) for key, each in value.items() if key not in (*skip, "samtale_aabnet", "ophold", "skrevet_af")
        ]
        return sum(rest, [value["trin"]["navn"]] if isinstance(value.get("trin"), dict) else [])
    if isinstance(value, list):
        return sum((told(each) for each in value), [])
    return [value] if isinstance(value, str) and value else []


def assert_passes_pdf_ua(pdf: bytes, tmp_path):
    path = tmp_path / "dokument.pdf"
    path.write_bytes(pdf)
    outloud = Path(sys.executable).with_name("outloud")
    found = subprocess.run(
        [outloud, "--layer", "conformance", "--fail-on", "error", path], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_every_word_that_was_sealed_stands_in_the_document(dokument):
    text = text_of(evaluering_pdf(dokument))
    words = told(seal.content(dokument))
    assert len(words) > 30
    assert [each for each in words if " ".join(each.split()) not in text] == []


def test_a_question_stands_on_the_page_of_its_answer_and_an_answer_longer_than_a_page_is_whole(cast):
    words = "som fylder tre linjer i sin smalle kolonne på papiret, hvor svaret kun fylder en"
    rows = [question(nr, f"Sp{nr:03d} {words}", elev=answer(None, f"Sv{nr:03d}")) for nr in range(1, 61)]
    rows.append(question(61, "Sp061", elev=answer(None, "ord " * 3000 + "Sv061")))
    dokument = seal_evaluation(
        cast.elevansvarlig,
        cast.aase.bruger,
        afsnit=[{"titel": "Opgaver", "vejledning": "", "punkter": rows}],
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(evaluering_pdf(dokument))).pages]
    asked, told = ([set(re.findall(rf"{start}(\d{{3}})", page)) for page in pages] for start in ("Sp", "Sv"))
    assert len(pages) > 4 and set.union(*told) == {f"{nr:03d}" for nr in range(1, 62)}
    assert [page - {"061"} for page in asked] == [page - {"061"} for page in told]


def test_it_says_when_who_acknowledged_and_by_which_fingerprint_it_is_known(dokument):
    text = text_of(evaluering_pdf(dokument))
    assert "Har set evalueringen, 12. oktober 2027 kl. 12.05, vikar for Viggo Vejleder" in text
    assert "1. sep. – 31. dec. 2027" in text and "Side 1 af 2" in text
    assert dokument.sha256 in text.replace(" ", "")
    assert f"Forseglet {15}. okt. 2027" in text


def test_it_passes_the_checks_of_pdf_ua_and_brings_its_fonts_along(dokument, tmp_path):
    pdf = evaluering_pdf(dokument)
    assert_passes_pdf_ua(pdf, tmp_path)
    fonts = [
        font.get_object() for page in PdfReader(BytesIO(pdf)).pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile2" in f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts)


def test_it_is_made_of_the_sealed_text_and_not_of_what_people_are_called_now(dokument, cast):
    before = evaluering_pdf(dokument)
    cast.aase.bruger.navn = CANARY
    cast.aase.bruger.save()
    after = evaluering_pdf(Dokument.objects.get())
    assert text_of(after) == text_of(before)
    assert CANARY not in text_of(after)


HOSTILE = [
    '<img src="file://{path}"><script>alert(1)</script>',
    '</td></tr></table><link rel="attachment" href="file://{path}">',
    '<style>@import url("file://{path}");</style>',
    '{{% include "{path}" %}} {{{{ settings.SECRET_KEY }}}}',
    'url(file://{path}) @font-face {{ src: url("https://example.invalid/") }}',
]


@pytest.mark.parametrize("vector", HOSTILE)
def test_a_hostile_text_stands_as_it_was_written_and_reaches_nothing(cast, tmp_path, vector):
    secret = tmp_path / "hemmelig.txt"
    secret.write_text(CANARY)
    note = vector.format(path=secret)
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger, note))
    squeezed = re.sub(r"\s", "", text_of(pdf))
    assert re.sub(r"\s", "", note) in squeezed
    assert CANARY not in squeezed and not PdfReader(BytesIO(pdf)).attachments


def test_five_thousand_signs_run_on_over_the_pages(cast, tmp_path):
    note = " ".join(f"ord{n}" for n in range(1, 800))[:5000]
    one = question(1, "Spørgsmål", elev=answer(None, note), elevvejleder=answer(None, note[::-1]))
    section = {"titel": "Opgaver", "vejledning": "", "punkter": [one]}
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger, afsnit=[section]))
    text = text_of(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) > 2
    assert [word for word in note.split() if word not in text] == []
    assert_passes_pdf_ua(pdf, tmp_path)


def test_a_word_without_end_is_broken_before_the_edge_of_the_paper(cast):
    one = question(1, "Konklusion", hvem="faelles", faelles=answer(None, "langtord" * 60))
    section = {"titel": "Aftalt", "vejledning": "", "punkter": [one]}
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger, afsnit=[section]))
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    lines = [line for line in text.splitlines() if "langtord" in line]
    assert len(lines) > 3 and max(map(len, lines)) < 150


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("Tak 🙂", "Tak (tegn U+1F642)"),
        ("vendt \u202etilbage\u202c igen", "vendt (tegn U+202E)tilbage(tegn U+202C) igen"),
    ],
)
def test_a_sign_that_cannot_be_set_stands_as_its_number(cast, tmp_path, note, shown):
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger, note))
    assert shown in text_of(pdf)
    assert_passes_pdf_ua(pdf, tmp_path)


def test_letters_that_run_the_other_way_turn_nothing_else(cast, tmp_path):
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger, "שלום מרחבא"))
    assert "Åse Ærlig" in text_of(pdf) and "Har set evalueringen" in text_of(pdf)
    assert_passes_pdf_ua(pdf, tmp_path)


def test_two_levels_apart_is_marked_and_what_was_not_tried_is_no_level():
    def differs(one, other):
        row = question(1, "x", elev=answer(one), elevvejleder=answer(other))
        text = evaluation_text(afsnit=[{"titel": "x", "vejledning": "", "punkter": [row]}])
        page = get_page(seal.json.loads(seal.canonical(text)))
        return page["afsnit"][0].sammen[0]["forskel"]

    assert [differs(1, 3), differs(2, 3), differs(1, 5), differs(4, 1)] == [True, False, False, True]


# --- Made once, after the commit ---


def test_sealing_rings_for_the_pdf_when_it_is_committed(cast, django_capture_on_commit_callbacks):
    with mock.patch("elevforloeb.core.bell.ring") as ring, django_capture_on_commit_callbacks(execute=True):
        dokument = seal_evaluation(cast.elevansvarlig, cast.aase.bruger)
        assert not ring.called
    assert ring.call_args.args == (seal.PRINT, (dokument.pk,))


def test_the_pdf_is_made_once_and_the_document_is_whole_with_it(dokument):
    prints.print_document(dokument.pk)
    first = bytes(Dokumentfil.objects.get().pdf)
    with mock.patch.dict(prints.PRINTERS, evaluering=mock.Mock(side_effect=AssertionError)):
        prints.print_document(dokument.pk)
        prints.print_missing()
    assert bytes(Dokumentfil.objects.get().pdf) == first


def test_the_sweep_makes_what_the_bell_lost_and_one_that_fails_stops_no_other(dokument, cast, caplog):
    other = seal_evaluation(cast.elevansvarlig, cast.bo.bruger)

    def printer(found):
        if found == dokument:
            raise ValueError
        return b"%PDF"

    with mock.patch.dict(prints.PRINTERS, evaluering=printer):
        prints.print_missing()
    assert list(Dokumentfil.objects.values_list("dokument", flat=True)) == [other.pk]
    assert f"document {dokument.pk} could not be made" in caplog.text
