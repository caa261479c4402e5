"""The pages of one evaluation, by its state and by who opens it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Rolle
from evaluering.models import Evaluering, Skalatrin
from evaluering.models.skema import Part
from evaluering.queries.felter import mark
from evaluering.services.svar import Answer, save_answers
from tests.cast import person
from tests.evaluering_steps import agreed, begun, fill_in, half_signed, opened, planned, sealed, shared, words, write
from tests.factories import OpgaveFactory


def url(name, evaluering):
    return reverse(name, args=[evaluering.pk])


def field(evaluering, tekst="Hvad er gået godt?"):
    return evaluering.punkter.get(tekst=tekst)


def typed(punkt, tekst="", trin="", version=0, was=(None, "")) -> dict:
    """As the window sends one answer that it was shown as `was`."""
    return {f"vist-{punkt.pk}": f"{version}-{mark(*was)}", f"tekst-{punkt.pk}": tekst, f"trin-{punkt.pk}": trin}


HTMX = {"HX-Request": "true"}


# --- before and while one writes ------------------------------------------------------------------------------


def test_the_elev_reads_that_it_is_confidential_and_not_anonymous_before_she_begins(as_user, cast):
    evaluering = planned(cast)
    client = as_user(cast.aase.bruger)
    page = client.get(url("evaluering", evaluering)).text
    assert "fortroligt, ikke anonymt" in page and "Begynd" in page
    assert "Heller ikke den elevansvarlige kan læse kladden" in page
    client.post(url("evaluering_begynd", evaluering))
    page = client.get(url("evaluering", evaluering)).text
    assert "ikke anonymt" in page and "0 af" in page.replace('<span id="besvaret">0</span>', "0")


def test_the_elevvejleder_is_not_told_that_her_own_words_are_confidential(as_user, cast):
    assert "ikke anonymt" not in as_user(cast.vejleder).get(url("evaluering", planned(cast))).text


def test_the_elevansvarlig_sees_that_two_write_and_cannot_begin_for_them(as_user, cast):
    page = as_user(cast.elevansvarlig).get(url("evaluering", planned(cast))).text
    assert "Ingen er begyndt" in page and "evaluering_begynd" not in page and ">Begynd<" not in page


def test_an_autosave_answers_with_the_time_the_version_and_the_count(as_user, cast, scene):
    evaluering = scene(begun)
    punkt, client = field(evaluering), as_user(cast.aase.bruger)
    answer = client.post(url("evaluering_svar", evaluering), typed(punkt, "Vagterne"), headers=HTMX)
    assert answer.status_code == 200 and "Gemt automatisk kl. 12.00" in answer.text
    assert f'value="1-{mark(None, "Vagterne")}"' in answer.text
    assert '<span id="besvaret" hx-swap-oob="innerHTML">1</span>' in answer.text
    assert words(evaluering, Part.ELEV) == "Vagterne"


def test_what_this_window_has_not_touched_is_not_written_over_what_another_has_saved(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    stale = typed(field(evaluering), "", version=0)
    other = field(evaluering, "Initiativ")
    answer = as_user(cast.aase.bruger).post(
        url("evaluering_svar", evaluering), stale | typed(other, "Ja"), headers=HTMX
    )
    assert "Gemt automatisk" in answer.text
    assert words(evaluering, Part.ELEV) == "Fra telefonen"
    assert words(evaluering, Part.ELEV, "Initiativ") == "Ja"


def test_two_texts_for_one_answer_are_both_shown_and_neither_is_lost(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    answer = as_user(cast.aase.bruger).post(
        url("evaluering_svar", evaluering), typed(field(evaluering), "Fra pc'en"), headers=HTMX
    )
    assert "Kladden er ændret et andet sted" in answer.text and "Fra telefonen" in answer.text
    assert words(evaluering, Part.ELEV) == "Fra telefonen"


def test_without_javascript_both_texts_stand_on_the_page(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    answer = as_user(cast.aase.bruger).post(url("evaluering_svar", evaluering), typed(field(evaluering), "Fra pc"))
    assert answer.status_code == 409
    assert "Fra telefonen" in answer.text and "Fra pc" in answer.text


def test_until_one_has_chosen_the_page_with_both_texts_saves_neither_over_the_other(as_user, cast, scene):
    """It goes on saving by itself, and a key in another field is no choice."""
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    client, punkt = as_user(cast.aase.bruger), field(evaluering)
    page = client.post(url("evaluering_svar", evaluering), typed(punkt, "Fra pc")).text
    shown = re.search(rf'name="vist-{punkt.pk}" value="([^"]*)"', page)[1]
    again = typed(punkt, "Fra pc") | {f"vist-{punkt.pk}": shown}
    assert "Kladden er ændret" in client.post(url("evaluering_svar", evaluering), again, headers=HTMX).text
    assert words(evaluering, Part.ELEV) == "Fra telefonen"


@pytest.mark.parametrize(
    ("what", "becomes"), [("behold", "Fra pc"), ("brug", "Fra telefonen"), ("begge", "Fra telefonen\n\nFra pc")]
)
def test_one_chooses_between_the_two_texts(what, becomes, as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    punkt = field(evaluering)
    data = typed(punkt, "Fra pc") | {"valg": f"{what}:{punkt.pk}:1"}
    answer = as_user(cast.aase.bruger).post(url("evaluering_svar", evaluering), data)
    assert answer.status_code == 302
    assert words(evaluering, Part.ELEV) == becomes


def test_a_choice_made_against_a_text_that_has_changed_again_is_asked_anew(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Første")
    write(cast.aase.bruger, evaluering, "Anden", version=1)
    punkt = field(evaluering)
    data = typed(punkt, "Min") | {"valg": f"behold:{punkt.pk}:1"}
    answer = as_user(cast.aase.bruger).post(url("evaluering_svar", evaluering), data)
    assert answer.status_code == 409 and "Anden" in answer.text and "Min" in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_typed_after_the_draft_was_locked_is_shown_to_be_copied(headers, as_user, cast, scene):
    evaluering = scene(opened)
    data = typed(field(evaluering), "Det nåede jeg ikke")
    answer = as_user(cast.aase.bruger).post(url("evaluering_svar", evaluering), data, headers=headers)
    assert answer.status_code == 409 and "kan ikke rettes" in answer.text
    assert ("Det nåede jeg ikke" in answer.text) == (not headers)  # the script leaves the fields as they are


@pytest.mark.parametrize(
    "data",
    [
        {"vist-x": "0-"},
        {"vist-99999999999999999999": "0-"},
        {"vist-7": "x-"},
        {"vist-7": "0-", "trin-7": "en"},
        {"vist-²": "0-"},
        {"vist-7": f"{chr(48) * 12}{chr(57) * 5000}-"},  # more digits than Python turns into a number
    ],
)
def test_a_form_that_is_no_form_of_ours_is_refused(data, as_user, cast):
    assert as_user(cast.aase.bruger).post(url("evaluering_svar", begun(cast)), data).status_code == 400


def test_line_ends_and_nul_come_as_plain_text(as_user, cast, scene):
    evaluering = scene(begun)
    as_user(cast.aase.bruger).post(url("evaluering_svar", evaluering), typed(field(evaluering), "a\r\nb\x00"))
    assert words(evaluering, Part.ELEV) == "a\nb"


# --- sharing ----------------------------------------------------------------------------------------------------


def test_sharing_lists_what_is_missing_with_a_way_to_each(as_user, cast, scene):
    evaluering = scene(begun)
    client = as_user(cast.aase.bruger)
    client.post(url("evaluering_svar", evaluering), {"handling": "del"})
    page = client.get(url("evaluering_del", evaluering)).text
    punkt = field(evaluering, "Afstemme konti")
    assert f'href="{url("evaluering", evaluering)}#punkt-{punkt.pk}"' in page
    assert "Del mine svar" not in page
    assert client.post(url("evaluering_del", evaluering)).status_code == 422


def test_the_lowest_and_the_highest_step_need_an_example_and_the_page_says_so(as_user, cast, scene):
    evaluering = scene(begun)
    fill_in(cast.aase.bruger, evaluering)
    punkt = field(evaluering, "Afstemme konti")
    top = Skalatrin.objects.get(skala=punkt.skala, navn="Avanceret")
    client = as_user(cast.aase.bruger)
    assert "skal med ved “Begynder” og “Avanceret”" in client.get(url("evaluering", evaluering)).text
    save_answers(cast.aase.bruger, evaluering=evaluering, part=Part.ELEV, answers=[Answer(punkt.pk, top.pk, "", 1)])
    assert "Giv et eksempel til dit svar på “Afstemme konti”" in client.get(url("evaluering_del", evaluering)).text
    page = client.get(url("evaluering", evaluering)).text  # without a script too, what must be written is open
    assert f'id="punkt-{punkt.pk}"' in page and page.count('<details class="evaleks" open>') == 1


def test_who_has_shared_waits_and_does_not_see_the_other(as_user, cast, scene):
    evaluering = scene(begun)
    fill_in(cast.aase.bruger, evaluering)
    write(cast.vejleder, evaluering, "Veras kladde")
    client = as_user(cast.aase.bruger)
    assert client.post(url("evaluering_del", evaluering)).status_code == 302
    page = client.get(url("evaluering", evaluering)).text
    assert "Vi venter på Vera Vejleder" in page and "Veras kladde" not in page


def test_at_a_talk_that_began_early_the_unshared_text_is_its_authors_alone(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Åses kladde")
    client = as_user(cast.vejleder)
    assert client.post(url("evaluering_aabn", evaluering)).status_code == 302
    page = client.get(url("evaluering", evaluering)).text
    assert "Har ikke delt" in page and "Åses kladde" not in page
    own = as_user(cast.aase.bruger).get(url("evaluering", evaluering)).text
    assert "Åses kladde" in own and "Ikke delt, kun du ser det" in own


# --- the talk and the acknowledgement -----------------------------------------------------------------------------


def test_two_steps_apart_is_marked_and_one_is_not(as_user, cast):
    OpgaveFactory(afdeling=cast.oekonomi, navn="Lave budget")
    evaluering = begun(cast)
    for who in (cast.aase.bruger, cast.vejleder):
        fill_in(who, evaluering)
    konti, budget = field(evaluering, "Afstemme konti"), field(evaluering, "Lave budget")
    steps = {trin.navn: trin.pk for trin in konti.skala.trin.all()}
    for who, part, step in [(cast.aase.bruger, "elev", "Begynder"), (cast.vejleder, "elevvejleder", "Avanceret")]:
        far = Answer(konti.pk, steps[step], "Fordi", 1)
        near = Answer(budget.pk, steps["Begynder" if part == "elev" else "Rutineret"], "Fordi", 1)
        save_answers(who, evaluering=evaluering, part=part, answers=[far, near])
        as_user(who).post(url("evaluering_del", evaluering))
    page = as_user(cast.aase.bruger).get(url("evaluering", evaluering)).text
    assert page.count('class="forskel"') == 1 and "1 tydelig forskel" in page
    assert f'<a href="#punkt-{konti.pk}">Afstemme konti</a>' in page


def test_the_joint_part_must_be_written_before_anybody_acknowledges(as_user, cast, scene):
    evaluering = scene(shared)
    client = as_user(cast.vejleder)
    answer = client.post(url("evaluering_svar", evaluering), {"part": "faelles", "handling": "kvitter"})
    assert answer.status_code == 422 and "Svar på “Fælles konklusion”" in answer.text
    data = typed(field(evaluering, "Fælles konklusion"), "Godt gået") | {"part": "faelles", "handling": "kvitter"}
    assert client.post(url("evaluering_svar", evaluering), data).url == url("evaluering_underskriv", evaluering)


def test_one_acknowledges_what_was_read_and_the_second_one_seals(as_user, cast, scene):
    evaluering = scene(agreed)
    for who, remark in [(cast.vejleder, ""), (cast.aase.bruger, "Jeg ser det anderledes")]:
        client = as_user(who)
        form = client.get(url("evaluering_underskriv", evaluering)).context["form"]
        data = {"sha256": form.initial["sha256"], "laest": "on", "bemaerkning": remark}
        assert client.post(url("evaluering_underskriv", evaluering), data).status_code == 302
    page = client.get(url("evaluering", evaluering)).text
    assert "Set og forseglet" in page and "Jeg ser det anderledes" in page and "textarea" not in page


def test_without_the_tick_nothing_is_acknowledged(as_user, cast, scene):
    evaluering = scene(agreed)
    client = as_user(cast.vejleder)
    form = client.get(url("evaluering_underskriv", evaluering)).context["form"]
    answer = client.post(url("evaluering_underskriv", evaluering), {"sha256": form.initial["sha256"]})
    assert answer.status_code == 422 and not evaluering.underskrifter.exists()
    assert "Sæt kryds ved “Jeg har læst svarene og det, vi har aftalt”" in answer.text


def test_a_text_that_changed_while_it_was_read_is_read_again(as_user, cast, scene):
    evaluering = scene(agreed)
    client = as_user(cast.aase.bruger)
    old = client.get(url("evaluering_underskriv", evaluering)).context["form"].initial["sha256"]
    write(cast.vejleder, evaluering, "Ny tekst", version=1, part=Part.FAELLES, spoergsmaal="Fælles konklusion")
    data = {"sha256": old, "laest": "on", "bemaerkning": "Min bemærkning"}
    answer = client.post(url("evaluering_underskriv", evaluering), data)
    assert answer.status_code == 409 and "Ny tekst" in answer.text and "Min bemærkning" in answer.text
    assert old not in answer.text and not evaluering.underskrifter.exists()


def test_the_elevansvarlig_who_takes_no_part_reads_and_does_not_write(as_user, cast):
    page = as_user(cast.elevansvarlig).get(url("evaluering", shared(cast))).text
    assert "Ord fra elev om" in page and "textarea" not in page


def test_a_colleague_sees_whose_draft_it_is_and_can_take_over(as_user, cast, scene):
    evaluering = scene(begun)
    write(cast.vejleder, evaluering, "Veras kladde")
    colleague = person("Kaj Kollega", Rolle.ELEVVEJLEDER, cast.oekonomi)
    client = as_user(colleague)
    page = client.get(url("evaluering", evaluering)).text
    assert "Vera Vejleder svarer for afdelingen" in page and "Veras kladde" not in page
    client.post(url("evaluering_overtag", evaluering))
    page = client.get(url("evaluering", evaluering)).text
    assert "data-kladde" in page and "Veras kladde" not in page


# --- ways on -------------------------------------------------------------------------------------------------------


def test_either_party_writes_when_they_meet(as_user, cast):
    evaluering = planned(cast)
    client = as_user(cast.aase.bruger)
    assert client.post(url("evaluering_moede", evaluering), {"dag": "2027-11-01", "tid": "13:30"}).status_code == 302
    assert "mandag den 1. november kl. 13.30" in client.get(url("evaluering", evaluering)).text


def test_it_is_put_off_with_a_reason_and_to_a_later_day_only(as_user, cast):
    evaluering = planned(cast)
    client = as_user(cast.vejleder)
    earlier = {"til": evaluering.frist - timedelta(days=1), "grund": "travlt"}
    assert client.post(url("evaluering_udsaet", evaluering), earlier).status_code == 422
    later = {"til": evaluering.frist + timedelta(days=7), "grund": "travlt"}
    assert client.post(url("evaluering_udsaet", evaluering), later).status_code == 302
    assert Evaluering.objects.get().gaeldende_frist == later["til"]


def test_the_elevansvarlig_lets_it_lapse_with_a_reason(as_user, cast, scene):
    evaluering = scene(begun)
    client = as_user(cast.elevansvarlig)
    assert client.post(url("evaluering_bortfald", evaluering), {"grund": ""}).status_code == 422
    client.post(url("evaluering_bortfald", evaluering), {"grund": "Opholdet blev kort"})
    assert "Evalueringen er bortfaldet" in client.get(url("evaluering", evaluering)).text


def test_a_refusal_is_written_down_and_seals(as_user, cast, scene):
    evaluering = scene(half_signed)
    client = as_user(cast.elevansvarlig)
    page = client.get(url("evaluering_kvitter_for", evaluering)).text
    assert "Åse Ærlig" in page and 'value="elevvejleder"' not in page
    data = {"part": "elev", "art": "naegtet", "bemaerkning": "Vil ikke kvittere"}
    client.post(url("evaluering_kvitter_for", evaluering), data)
    page = client.get(url("evaluering", evaluering)).text
    assert "Åse Ærlig har ikke selv kvitteret" in page and "skrevet ind af Else Ansvarlig" in page
    assert "Set og forseglet" not in page


def test_a_sealed_one_is_corrected_in_a_new_edition_and_both_point_at_each_other(as_user, cast, scene):
    evaluering = scene(sealed)
    client = as_user(cast.elevansvarlig)
    new = client.post(url("evaluering_ret", evaluering), {"grund": "Forkert afdeling nævnt"}).url
    assert "Denne udgave retter" in client.get(new).text
    old = client.get(url("evaluering", evaluering)).text
    assert "Der er en nyere udgave" in old and new in old


@pytest.mark.parametrize("state", [planned, begun])
def test_the_empty_form_has_every_question_and_its_steps(state, as_user, cast):
    page = as_user(cast.vejleder).get(url("evaluering_skema", state(cast))).text
    assert "Afstemme konti" in page and "Rutineret" in page and "Fælles konklusion" in page


# --- speed ---------------------------------------------------------------------------------------------------------


def statements(client, address) -> int:
    client.get(address)  # what is asked once in a session is asked
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("state", [planned, begun, opened, shared, agreed, half_signed, sealed])
def test_a_page_takes_at_most_twelve_statements_however_many_the_questions(state, as_user, cast, scene):
    people = {"elev": cast.aase.bruger, "vejleder": cast.vejleder, "elevansvarlig": cast.elevansvarlig}

    def asked(evaluering) -> dict[str, int]:
        return {who: statements(as_user(user), url("evaluering", evaluering)) for who, user in people.items()}

    few = asked(scene(state))
    for nr in range(40):
        OpgaveFactory(afdeling=cast.oekonomi, navn=f"Opgave nummer {nr}")
    many = asked(state(cast, art="midtvejs"))
    assert few == many and max(few.values()) <= 12


def test_to_read_before_one_acknowledges_takes_at_most_twelve_statements(as_user, cast):
    assert statements(as_user(cast.aase.bruger), url("evaluering_underskriv", agreed(cast))) <= 12
