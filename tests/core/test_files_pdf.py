"""Each thing that a PDF may not have, alone; the samples of the corpus often have two."""

import pytest

from elevforloeb.core.files import pdf
from elevforloeb.core.files.reasons import Refused

from .files import good


def code_of(data: bytes) -> str:
    try:
        pdf.check(data)
    except Refused as refused:
        return refused.code
    return "ok"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("/JS", "script"),
        ("/JavaScript", "script"),
        ("/XFA", "script"),
        ("/RichMedia", "script"),
        ("/EmbeddedFile", "vedhaeftet"),
        ("/EmbeddedFiles", "vedhaeftet"),
        ("/EF", "vedhaeftet"),
        ("/RF", "vedhaeftet"),
        ("/Lang", "ok"),
    ],
)
def test_a_dictionary_with_the_key_is_refused_also_deep_inside_others(key, code):
    assert code_of(good.pdf(objects=[f"<<{key} 4 0 R>>"])) == code
    assert code_of(good.pdf(objects=[f"<</A[1[<</B<<{key}(x)>>>>]]>>"])) == code


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("/JavaScript", "script"),
        ("/Launch", "script"),
        ("/SubmitForm", "script"),
        ("/ImportData", "script"),
        ("/Rendition", "script"),
        ("/RichMediaExecute", "script"),
        ("/GoToE", "vedhaeftet"),
        ("/GoToR", "henter"),
        ("/GoTo", "ok"),
        ("/URI", "ok"),
    ],
)
def test_an_act_is_refused_wherever_it_stands(act, code):
    assert code_of(good.pdf(objects=[f"<</S{act}>>"])) == code
    assert code_of(good.pdf(catalog=f"/OpenAction<</S{act}>>")) == code


@pytest.mark.parametrize("key", ["Type", "Subtype"])
@pytest.mark.parametrize(
    ("kind", "code"),
    [("/EmbeddedFile", "vedhaeftet"), ("/FileAttachment", "vedhaeftet"), ("/RichMedia", "script"), ("/Link", "ok")],
)
def test_a_kind_of_object_is_refused(key, kind, code):
    assert code_of(good.pdf(objects=[f"<</{key}{kind}>>"])) == code


def test_a_stream_that_lies_in_another_file_is_refused():
    outside = "<</Length 0/F(//server/x)/FFilter/FlateDecode>>\nstream\n\nendstream"
    assert code_of(good.pdf(objects=[outside])) == "henter"


@pytest.mark.parametrize("limit", ["MOST_OBJECTS", "MOST_PAGES"])
def test_more_than_anybody_writes_is_too_heavy(monkeypatch, limit):
    monkeypatch.setattr(pdf, limit, 0)
    assert code_of(good.pdf()) == "for_tung"


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\0\0", "  \n"])
def test_blanks_behind_the_end_are_no_other_file(end):
    assert code_of(good.pdf(after=end)) == "ok"
