"""What a card says about an applicant right now."""

from datetime import datetime, timedelta

import pytest
import time_machine

from elevforloeb.core.dates import today
from rekruttering.models import Brev, Tilbud
from rekruttering.queries.ansoegere import get_ansoegere
from rekruttering.queries.samtaler import free_times
from rekruttering.services import breve
from rekruttering.services.samtaler import book, cancel, invite, mark
from rekruttering.services.tilbud import answer
from tests.rekruttering_steps import DANMARK, applied, interviewed, make_round, offered, refused, seat, times

AFTER_THE_FIRST = datetime(2027, 12, 8, 9, tzinfo=DANMARK)


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def medlem(cast, runde, ida):
    return seat(cast.elevansvarlig, runde)


@pytest.fixture
def said(cast, runde):
    """The mark on the only card."""

    def read() -> str:
        (kort,) = get_ansoegere(cast.elevansvarlig, runde).kort
        return kort.maerke.tekst

    return read


def test_the_card_follows_the_interviews_of_both_rounds(cast, runde, ida, medlem, said):
    actor = cast.elevansvarlig
    interviewed(medlem, ida)
    assert said() == "Mangler invitation"
    times(actor, runde)
    (first,) = invite(actor, ansoegninger=[ida], nr=1)
    assert said() == "Vælger tid til 1. samtale"
    book(None, samtale=first, tid=free_times(runde, 1).first())
    assert said() == "1. samtale 7. dec. kl. 09.00"
    with time_machine.travel(AFTER_THE_FIRST):
        assert said() == "Blev 1. samtale holdt?"
        mark(actor, samtale=first, tilstand="udeblevet")
        assert said() == "Kom ikke til 1. samtale"
        mark(actor, samtale=first, tilstand="holdt")
        assert said() == "1. samtale holdt"
        (second,) = invite(actor, ansoegninger=[ida], nr=2)
        assert said() == "Vælger tid til 2. samtale"
        cancel(actor, samtale=second)
        assert said() == "2. samtale aflyst"


def test_the_card_follows_the_offer(cast, runde, ida, medlem, said):
    tilbud = offered(medlem, ida)
    assert said() == "Svar senest 22. okt."
    Tilbud.objects.update(frist=today() - timedelta(days=1))
    assert said() == "Skulle svare 14. okt."
    answer(tilbud=tilbud, svar="ja")
    assert said() == "Har sagt ja"


def test_the_card_follows_the_letter(cast, runde, ida, medlem, said):
    refused(medlem, ida)
    assert said() == "Mangler brev"
    breve.send(cast.elevansvarlig, runde=runde, ansoegninger=[ida], emne="Svar", tekst="Kære {fornavn}")
    assert said() == "Brev sendt 15. okt."
    breve.ask_for_reasons(brev=Brev.objects.get())
    assert said() == "Beder om begrundelse"
