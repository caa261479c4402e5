"""What one stay hands to the next, what the elev shares besides, and the notes in between."""

from datetime import date, timedelta
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.periods import period
from evaluering.models import Deling, Dialognote
from evaluering.permissions import can_read_answers, readable_sealed, visible_evalueringer
from evaluering.queries.delinger import get_delingsside
from evaluering.queries.viderefoert import carried_on, carried_to, near_stays
from evaluering.services.deling import share_with, take_back_share
from evaluering.services.dialognoter import add_note, withdraw_note
from evaluering.services.underskrift import correct
from tests import evaluering_steps as steps
from tests.cast import Cast
from tests.factories import AfdelingFactory, OpholdFactory, RolletildelingFactory

NEXT = "2027-12-20"  # Åse goes from Økonomi to Personale on 1 January


@pytest.fixture
def done(scene):
    return scene(sealed_with_handover)


def sealed_with_handover(cast):
    """Åse's evaluation in Økonomi is sealed; her next department sees her from 4 December."""
    handover = ("Aftalt", "Besked til næste sted", "elevvejleder", False, False, "", "overlevering")
    with mock.patch.object(steps, "QUESTIONS", [*steps.QUESTIONS, handover]):
        return steps.sealed(cast)


def next_stay(cast: Cast):
    return cast.aase.ophold.select_related("elev__bruger").get(afdeling=cast.personale)


def test_what_was_agreed_and_the_note_open_the_next_stay(cast, done):
    found = carried_to(cast.anden_vejleder, next_stay(cast))
    assert found.fokus == ["Ord fra faelles om Fælles konklusion"]
    assert found.overlevering == ["Ord fra elevvejleder om Besked til næste sted"]


def test_the_elev_reads_the_same_words(cast, done):
    elev, vejleder = (carried_to(who, next_stay(cast)) for who in (cast.aase.bruger, cast.anden_vejleder))
    assert elev == vejleder
    assert carried_on(cast.aase.bruger, cast.aase, near_stays(cast.aase)) == elev


def test_the_page_of_the_elev_names_the_next_stay_and_not_the_one_after_it(cast, done):
    later = period(date(2028, 5, 1), date(2028, 8, 31))
    OpholdFactory(elev=cast.aase, afdeling=AfdelingFactory(), periode=later)
    assert carried_on(cast.aase.bruger, cast.aase, near_stays(cast.aase)).til == next_stay(cast)


def test_nothing_is_carried_into_the_stay_that_it_comes_from(cast, done):
    assert carried_to(cast.vejleder, cast.ophold) is None


def test_a_department_that_does_not_receive_her_reads_nothing_of_it(cast, done):
    assert carried_to(cast.vejleder, next_stay(cast)) is None
    assert carried_to(cast.leder, next_stay(cast)) is None


def test_the_next_elevvejleder_reads_it_on_the_elevs_page_and_no_evaluation(cast, done, as_user):
    with time_machine.travel(NEXT):
        page = as_user(cast.anden_vejleder).get(reverse("udvikling", args=[cast.aase.pk])).content.decode()
        assert "Ord fra faelles om Fælles konklusion" in page
        assert "Eleven læser præcis det samme" in page
        assert as_user(cast.anden_vejleder).get(reverse("evaluering", args=[done.pk])).status_code == 404


def test_an_elev_of_another_department_is_not_seen_before_her_time(cast, done, as_user):
    assert as_user(cast.anden_vejleder).get(reverse("udvikling", args=[cast.aase.pk])).status_code == 404


# --- Sharing ------------------------------------------------------------------------------------------------------


def test_shared_it_can_be_read_and_taken_back_it_cannot(cast, done):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    with time_machine.travel(NEXT):
        assert can_read_answers(cast.anden_vejleder, done)
        take_back_share(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
        assert not can_read_answers(cast.anden_vejleder, done)


def test_sharing_twice_is_sharing_once(cast, done):
    for _ in range(2):
        share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    assert Deling.objects.count() == 1


def test_it_is_not_shared_with_a_department_she_does_not_go_to(cast, done):
    elsewhere = RolletildelingFactory(rolle="elevvejleder", afdeling=cast.oekonomi).afdeling
    with pytest.raises(ValidationError):
        share_with(cast.aase.bruger, evaluering=done, afdeling=elsewhere)


def test_the_elev_sees_who_has_read_it_and_which_one(cast, done, as_user):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    with time_machine.travel(NEXT):
        as_user(cast.anden_vejleder).get(reverse("evaluering", args=[done.pk]))
    (line,) = get_delingsside(cast.aase).linjer
    assert [look.bruger for look in line.laest] == [cast.anden_vejleder]
    page = as_user(cast.aase.bruger).get(reverse("evaluering_delinger")).content.decode()
    assert "Anders Anden" in page and "1 gang" in page


def test_the_page_shares_and_takes_back(cast, done, as_user):
    client, url = as_user(cast.aase.bruger), reverse("evaluering_delinger")
    what = {"evaluering": done.pk, "afdeling": cast.personale.pk}
    client.post(url, what | {"handling": "del"})
    assert Deling.objects.get().trukket is None
    client.post(url, what | {"handling": "tilbage"})
    assert Deling.objects.get().trukket is not None


def corrected(cast, old):
    """A new edition, sealed."""
    new = correct(cast.elevansvarlig, evaluering=old, grund="Forkert konklusion")
    for who in (cast.vejleder, cast.aase.bruger):
        new = steps.acknowledge(who, new)
    return new


def test_a_share_follows_to_the_new_edition_when_that_is_sealed(cast, done):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    new = correct(cast.elevansvarlig, evaluering=done, grund="Forkert konklusion")
    with time_machine.travel(NEXT):
        assert list(readable_sealed(cast.anden_vejleder)) == [done]
    for who in (cast.vejleder, cast.aase.bruger):
        new = steps.acknowledge(who, new)
    with time_machine.travel(NEXT):
        assert list(readable_sealed(cast.anden_vejleder)) == [new]


def test_taking_back_a_share_takes_back_every_edition(cast, done, as_user):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    new = corrected(cast, corrected(cast, done))
    client, url = as_user(cast.aase.bruger), reverse("evaluering_delinger")
    page = client.get(url).text
    assert "Tag den tilbage" in page and "udgave 3" in page
    client.post(url, {"evaluering": new.pk, "afdeling": cast.personale.pk, "handling": "tilbage"})
    with time_machine.travel(NEXT):
        assert not readable_sealed(cast.anden_vejleder).exists()
        assert not visible_evalueringer(cast.anden_vejleder).exists()


def test_what_was_taken_back_before_the_correction_is_not_opened_by_it(cast, done):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    take_back_share(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    corrected(cast, done)
    with time_machine.travel(NEXT):
        assert not readable_sealed(cast.anden_vejleder).exists()


def test_who_read_the_old_edition_is_still_shown_to_the_elev(cast, done, as_user):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    with time_machine.travel(NEXT):
        as_user(cast.anden_vejleder).get(reverse("evaluering", args=[done.pk]))
    new = corrected(cast, done)
    (line,) = get_delingsside(cast.aase).linjer
    assert (line.evaluering, [look.bruger for look in line.laest]) == (new, [cast.anden_vejleder])


def test_a_later_department_gets_no_link_to_an_edition_that_it_may_not_read(cast, done, as_user):
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    new = corrected(cast, done)
    with time_machine.travel(NEXT):
        page = as_user(cast.anden_vejleder).get(reverse("evaluering", args=[new.pk])).text
    assert "Denne udgave retter udgave 1" in page
    assert reverse("evaluering", args=[done.pk]) not in page.replace(reverse("evaluering", args=[new.pk]), "")


def test_nobody_shares_the_evaluation_of_another(cast, done, as_user):
    what = {"evaluering": done.pk, "afdeling": cast.oekonomi.pk, "handling": "del"}
    assert as_user(cast.bo.bruger).post(reverse("evaluering_delinger"), what).status_code == 404


# --- Notes --------------------------------------------------------------------------------------------------------


def test_the_elev_and_her_department_read_the_notes_and_nobody_else(cast, as_user):
    add_note(cast.vejleder, elev=cast.aase, tekst="Husk budgetmødet")
    url = reverse("udvikling", args=[cast.aase.pk])
    for reader in (cast.aase.bruger, cast.vejleder):
        assert "Husk budgetmødet" in as_user(reader).get(url).content.decode()
    assert "Husk budgetmødet" not in as_user(cast.elevansvarlig).get(url).content.decode()
    with time_machine.travel(NEXT):
        assert "Husk budgetmødet" not in as_user(cast.anden_vejleder).get(url).content.decode()


def test_a_note_is_written_on_the_stay_of_today(cast):
    note = add_note(cast.aase.bruger, elev=cast.aase, tekst="Jeg vil gerne prøve mere")
    assert (note.ophold, note.afdeling) == (cast.ophold, cast.oekonomi)
    with pytest.raises(ValidationError):
        add_note(cast.vejleder, elev=cast.bo, tekst="Ikke min elev")


def test_ones_own_note_can_be_withdrawn_the_same_day_only(cast, today):
    note = add_note(cast.vejleder, elev=cast.aase, tekst="For hurtigt")
    with pytest.raises(ValidationError):
        withdraw_note(cast.aase.bruger, note=note)
    with time_machine.travel(today + timedelta(days=1)), pytest.raises(ValidationError):
        withdraw_note(cast.vejleder, note=note)
    withdraw_note(cast.vejleder, note=note)
    assert not Dialognote.objects.exists()


def test_an_empty_note_is_not_saved(cast, as_user):
    answer = as_user(cast.aase.bruger).post(reverse("dialognote_ny", args=[cast.aase.pk]), {"tekst": " "})
    assert answer.status_code == 422


def test_it_stands_at_the_top_of_the_next_forventningssamtale(cast, done, as_user):
    talk = steps.planned(cast, art="forventning", ophold=next_stay(cast))
    with time_machine.travel(NEXT):
        for reader in (cast.anden_vejleder, cast.aase.bruger):
            page = as_user(reader).get(reverse("evaluering", args=[talk.pk])).content.decode()
            assert "Med fra Økonomi" in page and "Ord fra elevvejleder om Besked til næste sted" in page
