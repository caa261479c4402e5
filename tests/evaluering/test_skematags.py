"""The questions of a form are written by hand, so nobody escapes for us."""

import pytest

from evaluering.models import Punkt, Skala, Skalatrin
from evaluering.queries.felter import INTET_VALG, Felt, Trinvalg
from evaluering.templatetags.skema import spoergsmaal

HOSTILE = "</textarea><script>x"
SAFE = "&lt;/textarea&gt;&lt;script&gt;x"


def felt(**fields) -> Felt:
    skala = Skala(kommentar_ved_enderne=True)
    trin = [Skalatrin(pk=nr, nr=nr, skala=skala, navn=HOSTILE, forklaring=HOSTILE) for nr in (1, 2)]
    punkt = Punkt(pk=7, tekst=HOSTILE, hjaelp=HOSTILE)
    usual = {"skala": Trinvalg(trin), "er_skala": True, "gemt": None, "trin": 2, "tekst": HOSTILE}
    return Felt(punkt, 3, **usual | fields)


@pytest.mark.parametrize(("asked", "times"), [({}, 9), ({"skala": INTET_VALG, "er_skala": False}, 3)])
def test_whatever_is_written_is_shown_as_text(asked, times):
    """The question, its help, the answer; the steps, what they mean, and those two that need an example."""
    page = spoergsmaal(felt(**asked), True)
    assert "<script>" not in page
    assert page.count(SAFE) == times and f"{SAFE}</textarea>" in page


def test_the_chosen_step_is_checked_and_the_example_that_it_needs_stands_open():
    page = spoergsmaal(felt(tekst=""), False)
    assert 'name="trin-7" value="2" checked data-ende>' in page and page.count("checked") == 1
    assert '<details class="evaleks" open>' in page
    assert "open" not in spoergsmaal(felt(tekst="", trin=None), False)
