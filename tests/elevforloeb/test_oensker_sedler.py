"""What elever wish: draft, sent in, changed until the deadline; what is decided beforehand; and who may read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Haendelse, Mail
from elevforloeb.models import Binding, Oenskeseddel
from elevforloeb.queries.oensker.runde import without_wishes
from elevforloeb.services.elev import aftale_version, stop_elev
from elevforloeb.services.oensker import Valg, add_binding, bind_inhabilitet, close_round, list_version, remove_binding
from tests.factories import AfdelingFactory, ElevFactory
from tests.oenske_steps import answer, answered_round, ranks, svar_of, wish

SECRET = "kanariefugl"


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


@pytest.fixture
def runde(scene):
    return scene(answered_round)


def test_wishes_keep_their_order_and_their_stay(cast, runde):
    seddel = wish(runde, cast.aase, valg=[Valg(cast.personale.pk, 3), Valg(cast.oekonomi.pk)])
    assert ranks(seddel) == ["Personale", "Økonomi"]
    assert list(seddel.oensker.values_list("rang", "trin")) == [(1, 3), (2, None)]


def test_a_draft_counts_as_nothing_until_it_is_sent_in(cast, runde):
    wish(runde, cast.aase, cast.personale, indsend=False)
    assert set(without_wishes(runde)) == {cast.aase, cast.bo}
    wish(runde, cast.aase, cast.personale)
    assert set(without_wishes(runde)) == {cast.bo}


def test_what_is_sent_in_is_changed_by_sending_again_but_is_no_draft_any_more(cast, runde):
    wish(runde, cast.aase, cast.personale)
    with pytest.raises(ValidationError, match="allerede sendt"):
        wish(runde, cast.aase, cast.oekonomi, indsend=False)
    assert ranks(wish(runde, cast.aase, cast.oekonomi, cast.personale)) == ["Økonomi", "Personale"]


@pytest.mark.parametrize(
    ("day", "open_"), [(date(2027, 10, 10), False), (date(2027, 10, 11), True), (date(2027, 10, 25), True),
                       (date(2027, 10, 26), False)],
)  # fmt: skip
def test_wishes_are_open_from_the_first_day_to_the_deadline(cast, runde, day, open_):
    with on(day):
        if open_:
            wish(runde, cast.aase, cast.personale)
        else:
            with pytest.raises(ValidationError, match="Fristen var"):
                wish(runde, cast.aase, cast.personale)


def test_a_closed_round_takes_no_wishes(cast, runde):
    close_round(cast.elevansvarlig, runde=runde)
    with pytest.raises(ValidationError, match="låst"):
        wish(runde, cast.aase, cast.personale)


def test_an_empty_list_may_be_a_draft_but_not_be_sent_in(cast, runde):
    wish(runde, cast.aase, indsend=False)
    with pytest.raises(ValidationError, match="mindst én afdeling"):
        wish(runde, cast.aase)


def test_only_what_is_offered_can_be_wished(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), valg="intet")
    answer(cast, svar_of(runde, cast.personale), pladser={2: (0, 1)})
    for bad in (Valg(cast.oekonomi.pk), Valg(cast.personale.pk, 3), Valg(AfdelingFactory().pk)):
        with pytest.raises(ValidationError, match="tilbyder ikke længere"):
            wish(runde, cast.aase, valg=[bad])
    with pytest.raises(ValidationError, match="kun stå på listen én gang"):
        wish(runde, cast.aase, cast.personale, cast.personale)


def test_an_elev_of_another_hold_cannot_wish(cast, runde):
    with pytest.raises(ValidationError, match="ikke på det hold"):
        wish(runde, ElevFactory(), cast.personale)


def test_two_windows_do_not_overwrite_each_other(cast, runde):
    wish(runde, cast.aase, cast.personale, indsend=False, version="ny")
    with pytest.raises(StaleError):
        wish(runde, cast.aase, cast.oekonomi, version="ny")
    assert ranks(Oenskeseddel.objects.get()) == ["Personale"]


def test_sending_in_gives_a_receipt_each_time_and_a_draft_none(cast, runde):
    wish(runde, cast.aase, cast.personale, indsend=False)
    assert not Mail.objects.filter(skabelon="oensker_kvittering").exists()
    for afdeling in (cast.personale, cast.oekonomi):
        wish(runde, cast.aase, afdeling)
    assert Mail.objects.filter(skabelon="oensker_kvittering", modtager=cast.aase.bruger).count() == 2


def test_history_and_outbox_hold_nothing_of_what_the_elev_wrote(cast, runde):
    wish(runde, cast.aase, cast.personale, hensyn=SECRET, begrundelse=SECRET, inhabil=[(cast.oekonomi.pk, SECRET)])
    rows = [*Haendelse.objects.values("tekst", "data"), *Mail.objects.values("emne", "data")]
    about = [row for row in rows if "Vinter" in str(row)]
    assert about and SECRET not in str(rows) and "Personale" not in str(about)


def test_who_has_stopped_before_the_stay_is_not_waited_for(cast, runde):
    stop_elev(
        cast.elevansvarlig,
        elev=cast.bo,
        stoppet=date(2027, 12, 31),
        version=aftale_version(cast.bo),
    )
    assert set(without_wishes(runde)) == {cast.aase}


def test_the_version_changes_with_every_save(cast, runde):
    first = wish(runde, cast.aase, cast.personale, indsend=False)
    seen = list_version(first)
    assert list_version(wish(runde, cast.aase, cast.personale, indsend=False)) != seen


# --- what is decided beforehand -----------------------------------------------------------------------------------


def bind(cast, runde, **fields):
    fields = {"elev": cast.aase, "afdeling": cast.personale, "art": "fast", "trin": 2, "grund": "Aftalt"} | fields
    return add_binding(cast.elevansvarlig, runde=runde, **fields)


def test_a_pin_and_an_exclusion_are_made_with_a_reason_and_taken_away(cast, runde):
    bind(cast, runde)
    excluded = bind(cast, runde, afdeling=cast.oekonomi, art="udelukket", trin=None)
    remove_binding(cast.elevansvarlig, binding=excluded, grund="Ikke længere aktuelt")
    assert [str(row) for row in Binding.objects.all()] == ["Åse Ærlig: skal være her, Personale & Udvikling"]
    assert Haendelse.objects.filter(handling="binding.fjernet", tekst__contains="Ikke længere aktuelt").exists()
    with pytest.raises(ValidationError, match="allerede fjernet"):
        remove_binding(cast.elevansvarlig, binding=Binding(pk=excluded.pk, runde=runde, elev=cast.aase,
                       afdeling=cast.oekonomi, art="udelukket"), grund="igen")  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    [
        {"grund": " "},
        {"trin": None},
        {"trin": 1},
        {"art": "udelukket"},  # with a stay
        {"art": "noget andet"},
    ],
)
def test_bindings_that_make_no_sense_are_refused(cast, runde, bad):
    with pytest.raises(ValidationError):
        bind(cast, runde, **bad)
    assert not Binding.objects.exists()


def test_bindings_do_not_contradict_each_other(cast, runde):
    bind(cast, runde)
    for contrary in (
        {"art": "udelukket", "trin": None},
        {"trin": 3},  # the same department twice
        {"afdeling": cast.oekonomi},  # two departments at once
    ):
        with pytest.raises(ValidationError):
            bind(cast, runde, **contrary)
    assert Binding.objects.count() == 1


def test_an_inhabilitet_has_no_effect_until_it_is_made_an_exclusion(cast, runde):
    seddel = wish(runde, cast.aase, cast.personale, inhabil=[(cast.oekonomi.pk, SECRET)])
    assert not Binding.objects.exists()
    binding = bind_inhabilitet(cast.elevansvarlig, inhabilitet=seddel.inhabiliteter.get())
    assert (binding.art, binding.afdeling) == ("udelukket", cast.oekonomi) and SECRET not in binding.grund
