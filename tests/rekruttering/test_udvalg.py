"""The committee: nobody is seen before one has said whether one is partial, and reasons come with every assessment."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.models import Haendelse, Mail
from rekruttering.models import Ansoegning, Bedoemmelse, Runde
from rekruttering.permissions import (
    can_view_ansoegning,
    steerable_ansoegninger,
    undeclared_ansoegninger,
    visible_ansoegninger,
    visible_runder,
)
from rekruttering.queries.ansoeger import get_ansoegerside
from rekruttering.services.bedoemmelse import hand_in, save_draft, take_back
from rekruttering.services.flyt import place_one
from rekruttering.services.udvalg import add_medlem, declare, declare_late, leave
from tests.rekruttering_steps import applied, assess, make_round, seat


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


def test_a_member_sees_nobody_before_she_has_declared_herself(cast, runde, ida):
    medlem = add_medlem(cast.elevansvarlig, runde=runde, bruger=cast.vejleder)
    assert not visible_ansoegninger(cast.vejleder).exists()
    assert list(undeclared_ansoegninger(cast.vejleder, runde)) == [ida]
    declare(cast.vejleder, medlem=medlem, asked=[ida], partial=[])
    assert list(visible_ansoegninger(cast.vejleder)) == [ida]


def test_who_is_partial_never_sees_that_applicant(cast, runde, ida):
    bo = applied(runde, "Bo")
    seat(cast.vejleder, runde, inhabil=[ida])
    assert list(visible_ansoegninger(cast.vejleder)) == [bo]
    assert not can_view_ansoegning(cast.vejleder, ida)


def test_who_applies_later_is_asked_about_before_she_is_seen(cast, runde, ida):
    seat(cast.vejleder, runde)
    late = applied(runde, "Sen")
    assert list(visible_ansoegninger(cast.vejleder)) == [ida]
    assert list(undeclared_ansoegninger(cast.vejleder, runde)) == [late]


def test_who_applies_while_the_names_are_read_is_not_covered_by_the_answer(cast, runde, ida):
    medlem = add_medlem(cast.elevansvarlig, runde=runde, bruger=cast.vejleder)
    late = applied(runde, "Sen")
    declare(cast.vejleder, medlem=medlem, asked=[ida], partial=[])
    assert late not in visible_ansoegninger(cast.vejleder)


def test_an_elevansvarlig_outside_the_committee_sees_the_round_but_nobody_in_it(cast, runde, ida):
    assert list(visible_runder(cast.elevansvarlig)) == [runde]
    assert not visible_ansoegninger(cast.elevansvarlig).exists()
    assert not steerable_ansoegninger(cast.elevansvarlig).exists()


def test_leaving_and_the_end_of_the_round_end_what_a_member_sees(cast, runde, ida):
    medlem = seat(cast.vejleder, runde)
    seat(cast.elevansvarlig, runde)
    leave(cast.elevansvarlig, medlem=medlem)
    assert not visible_ansoegninger(cast.vejleder).exists()
    seat(cast.vejleder, runde)
    assert visible_ansoegninger(cast.vejleder).exists()
    Runde.objects.update(tilstand="afsluttet", afsluttet="2027-10-15")
    assert not visible_ansoegninger(cast.vejleder).exists() and not visible_runder(cast.vejleder).exists()
    assert visible_ansoegninger(cast.elevansvarlig).exists()


def test_a_draft_is_the_applicants_own(cast, runde, ida):
    draft = applied(runde, "Kladde", tilstand="kladde", nummer=None, indsendt=None)
    seat(cast.elevansvarlig, runde)
    assert draft not in visible_ansoegninger(cast.elevansvarlig)
    assert draft not in undeclared_ansoegninger(cast.elevansvarlig, runde)


# --- assessments --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("indstilling", "begrundelse"), [("samtale", ""), ("samtale", "  "), ("", "Skriver klart.")])
def test_a_tick_without_reasons_is_refused_and_a_draft_of_it_is_kept(cast, runde, ida, indstilling, begrundelse):
    medlem = seat(cast.vejleder, runde)
    half = {"ansoegning": ida, "medlem": medlem, "indstilling": indstilling, "begrundelse": begrundelse}
    with pytest.raises(ValidationError):
        hand_in(cast.vejleder, **half)
    assert save_draft(cast.vejleder, **half).afgivet is None


def test_the_first_assessment_takes_the_applicant_out_of_the_new(cast, runde, ida):
    assess(seat(cast.vejleder, runde), ida)
    assert ida.tilstand == "vurderes"


def test_assessments_open_when_all_members_are_in(cast, runde, ida):
    one, two = seat(cast.vejleder, runde), seat(cast.elevansvarlig, runde)
    assess(one, ida)
    assert get_ansoegerside(cast.elevansvarlig, ida).bedoemmelser == []
    assess(two, ida)
    assert [row.medlem for row in get_ansoegerside(cast.elevansvarlig, ida).bedoemmelser] == [one]


def test_who_is_partial_is_not_waited_for(cast, runde, ida):
    seat(cast.vejleder, runde, inhabil=[ida])
    two = seat(cast.elevansvarlig, runde)
    assess(two, ida)
    assert get_ansoegerside(cast.elevansvarlig, ida).laesning.mangler == []


def test_an_assessment_is_taken_back_until_the_others_can_read_it(cast, runde, ida):
    one, two = seat(cast.vejleder, runde), seat(cast.elevansvarlig, runde)
    assess(one, ida)
    take_back(cast.vejleder, ansoegning=ida, medlem=one)
    assess(one, ida)
    assess(two, ida)
    with pytest.raises(ValidationError, match="kan læses"):
        take_back(cast.vejleder, ansoegning=ida, medlem=one)


def test_two_members_who_hand_in_at_the_same_moment_both_get_theirs_in(cast, runde, ida):
    """Each page was opened while the applicant was new."""
    both = (cast.vejleder, cast.elevansvarlig)
    pages = [(seat(bruger, runde), Ansoegning.objects.get(pk=ida.pk)) for bruger in both]
    for medlem, opened in pages:
        act = {"ansoegning": opened, "medlem": medlem, "indstilling": "samtale", "begrundelse": "Skriver klart."}
        hand_in(medlem.bruger, **act)
    assert Bedoemmelse.objects.exclude(afgivet=None).count() == 2


def test_what_the_same_member_wrote_in_another_window_is_shown_and_not_lost(cast, runde, ida, as_user):
    seat(cast.vejleder, runde)
    client, url = as_user(cast.vejleder), reverse("bedoemmelse", args=[ida.pk])
    opened = client.get(reverse("ansoeger", args=[ida.pk])).context["form"]["version"].value()
    client.post(url, {"indstilling": "samtale", "begrundelse": "Fra det ene vindue", "version": opened})
    older = {"indstilling": "ikke", "begrundelse": "Fra det andet vindue", "version": opened}
    response = client.post(url, older)
    page = response.content.decode()
    assert response.status_code == 409 and "Fra det ene vindue" in page and "Fra det andet vindue" in page
    client.post(url, older | {"version": response.context["form"]["version"].value()})
    assert Bedoemmelse.objects.get().begrundelse == "Fra det andet vindue"


def test_what_is_handed_in_is_not_written_over(cast, runde, ida):
    medlem = seat(cast.vejleder, runde)
    assess(medlem, ida)
    with pytest.raises(ValidationError, match="Tag den tilbage"):
        save_draft(cast.vejleder, ansoegning=ida, medlem=medlem, indstilling="ikke", begrundelse="Andet")


def test_who_turns_out_to_be_partial_leaves_the_case_with_her_assessment(cast, runde, ida):
    medlem = seat(cast.vejleder, runde)
    assess(medlem, ida)
    declare_late(cast.vejleder, medlem=medlem, ansoegning=ida)
    assert not can_view_ansoegning(cast.vejleder, ida)
    assert not Bedoemmelse.objects.exists()


def test_who_steps_aside_in_one_window_hands_nothing_in_from_the_other(cast, runde, ida):
    medlem = seat(cast.vejleder, runde)
    declare_late(cast.vejleder, medlem=medlem, ansoegning=ida)
    with pytest.raises(ValidationError, match="trådt ud"):
        assess(medlem, ida)


def test_an_applicant_whom_no_elevansvarlig_may_handle_is_said_on_the_page_of_the_round(cast, runde, ida, as_user):
    medlem = seat(cast.elevansvarlig, runde)
    seat(cast.vejleder, runde)
    client = as_user(cast.elevansvarlig)
    told = "Ingen elevansvarlig i udvalget kan behandle 1 ansøger."
    assert told not in client.get(reverse("runde", args=[runde.pk])).content.decode()
    answer = client.post(reverse("inhabil_nu", args=[ida.pk]), follow=True)
    assert "Sæt en anden i udvalget" in answer.content.decode()
    assert told in client.get(reverse("runde", args=[runde.pk])).content.decode()
    assert medlem.inhabiliteter.count() == 1


def test_the_next_one_to_assess_is_found_by_number_and_from_the_first_again(cast, runde, ida):
    bo, eva = applied(runde, "Bo"), applied(runde, "Eva")
    medlem = seat(cast.vejleder, runde)
    assert get_ansoegerside(cast.vejleder, ida).naeste == bo.pk
    assess(medlem, bo)
    assert get_ansoegerside(cast.vejleder, ida).naeste == eva.pk
    assert get_ansoegerside(cast.vejleder, eva).naeste == ida.pk


def test_the_history_names_no_applicant(cast, runde, ida):
    assess(seat(cast.vejleder, runde), ida)
    lines = " ".join(Haendelse.objects.values_list("tekst", flat=True))
    assert "Ida" not in lines and "Ansøger 1" in lines


def test_a_new_member_is_told_by_mail_and_finds_the_round_on_her_front_page(cast, runde, ida, as_user):
    add_medlem(cast.elevansvarlig, runde=runde, bruger=cast.vejleder)
    assert Mail.objects.get(modtager=cast.vejleder).skabelon == "udvalg_valgt"
    link = reverse("ansoegere", args=[runde.pk])
    assert link in as_user(cast.vejleder).get("/").content.decode()
    assert link not in as_user(cast.anden_vejleder).get("/").content.decode()


def test_who_joins_late_hides_nothing_of_those_who_were_read_before_but_of_those_who_still_are(cast, runde, ida):
    first, second = seat(cast.elevansvarlig, runde), seat(cast.vejleder, runde)
    for medlem in (first, second):
        assess(medlem, ida)
    place_one(cast.elevansvarlig, ansoegning=ida, to="samtale")
    bo = applied(runde, "Bo")
    declare(cast.elevansvarlig, medlem=first, asked=[bo], partial=[])
    assess(first, bo)
    seat(cast.leder, runde)
    for fornavn, read in (("Ida", 1), ("Bo", 0)):
        found = runde.ansoegninger.get(fornavn=fornavn)
        assert len(get_ansoegerside(cast.elevansvarlig, found).bedoemmelser) == read
