"""The name that people see says what the file is, and can do nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.files.kinds import KINDS, PDF
from elevforloeb.core.files.names import LONGEST, clean_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Kvittering æøå.pdf", "Kvittering æøå.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\Windows\\system32\\x.dll", "x.pdf"),
        ("C:\\Users\\Anna\\bog.pdf", "bog.pdf"),
        ("a.pdf\r\nX-Ond: ja", "a.pdf X-Ond_ ja.pdf"),
        ("faktura\u202efdp.exe", "faktura fdp.pdf"),
        ("faktura.pdf.exe", "faktura.pdf.pdf"),
        ("\x00skjult.pdf", "skjult.pdf"),
        ('a"; filename="ond.exe', "a__ filename=_ond.pdf"),
        ("<script>alert(1)</script>.pdf", "script_.pdf"),
        ("CON.pdf", "fil CON.pdf"),
        ("nul", "fil nul.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "fil.pdf"),
        ("", "fil.pdf"),
        (None, "fil.pdf"),
        ("   ", "fil.pdf"),
        ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
        ("A\u030angstro\u0308m.pdf", "Ångström.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given_name, shown):
    assert clean_name(given_name, PDF) == shown


@given(st.text(max_size=400), st.sampled_from(list(KINDS.values())))
def test_no_name_is_a_path_or_hides_anything(name, kind):
    clean = clean_name(name, kind)
    assert clean.endswith(kind.ending) and len(clean) <= LONGEST
    assert not set(clean) & set('/\\<>:"|?*%;') and not clean.startswith((".", " "))
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in clean)
    assert clean_name(clean, kind) == clean, "cleaning twice changes nothing"
