"""The pages of allocations, for the elevansvarlig and for the elev. Today is 2027-10-15."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from elevforloeb.fordeling.maal import STANDARD
from elevforloeb.models import Elev, Fordeling, Oenskeseddel, Tildeling, Udbud, Udkast
from elevforloeb.project.persondata import export
from elevforloeb.queries.fordeling.liste import rank_statistics
from elevforloeb.services.elev import aftale_version, stop_elev
from elevforloeb.services.oensker import add_binding, bind_inhabilitet
from tests.factories import HoldFactory
from tests.fordeling_steps import accept, body, given_to, run, url, wished_round
from tests.oenske_steps import answer, svar_of, wish
from tests.plan_steps import publish


@pytest.fixture
def runde(scene):
    return scene(wished_round)


@pytest.fixture
def found(scene):
    return scene(solved)


def solved(cast):
    return run(cast, wished_round(cast))


@pytest.fixture
def boss(as_user, cast):
    return as_user(cast.elevansvarlig)


# --- a new one ----------------------------------------------------------------------------------------------------


def test_goals_are_moved_by_buttons_and_nothing_is_saved(boss, runde):
    page = reverse("fordeling_ny", args=[runde.hold_id])
    typed = {"maal": list(STANDARD), "til": ["rangsum"], "navn": "Min egen", "seed": "7"}
    response = boss.post(page, typed | {"op": "rangsum"})
    assert response.context["maal"].order[:3] == ["uoensket", "rangsum", "vaerste"]
    assert response.context["maal"].valgte == ["rangsum"]
    assert response.context["flyttet"] == "op:rangsum"
    assert 'value="Min egen"' in response.content.decode()
    top = boss.post(page, {"maal": ["rangsum", "uoensket"], "op": "uoensket"})
    assert top.context["flyttet"] == "ned:uoensket", "there is nowhere further up, so the other button has the focus"
    assert not Fordeling.objects.exists()


def test_a_new_one_is_solved_and_shown(boss, runde):
    answers = {"maal": ["rangsum", "uoensket"], "til": ["rangsum"], "navn": "Forslag 1", "seed": "3", "start": "1"}
    response = boss.post(reverse("fordeling_ny", args=[runde.hold_id]), answers, follow=True)
    made = Fordeling.objects.get()
    assert (made.instans["maal"], made.instans["seed"], made.instans["ikke_igen"]) == (["rangsum"], 3, False)
    assert "Alle 2 har fået en plads." in body(response)
    assert "Det er bevist, at det ikke kan gøres bedre" in body(response)


def test_the_name_that_is_proposed_is_free(boss, cast, runde):
    page = reverse("fordeling_ny", args=[runde.hold_id])
    for navn in ("Forslag 1", "Forslag 3"):
        run(cast, runde, navn)
    assert 'value="Forslag 4"' in boss.get(page).content.decode()


def test_without_a_name_the_form_says_so(boss, runde):
    response = boss.post(reverse("fordeling_ny", args=[runde.hold_id]), {"navn": "", "seed": "1", "start": "1"})
    assert response.status_code == 422 and "Giv fordelingen et navn." in body(response)


def test_inhabilitet_that_nobody_has_decided_about_is_told_before_the_run(boss, cast, runde):
    page = reverse("fordeling_ny", args=[runde.hold_id])
    assert "inhabilitet" not in body(boss.get(page))
    seddel = wish(runde, cast.bo, cast.personale, inhabil=[(cast.oekonomi.pk, "Nær familie")])
    assert "inhabilitet, som du ikke har taget stilling til" in body(boss.get(page))
    bind_inhabilitet(cast.elevansvarlig, inhabilitet=seddel.inhabiliteter.get())
    assert "inhabilitet" not in body(boss.get(page))


def test_drawing_lots_again_begins_with_the_same_goals_and_the_next_number(boss, cast, runde):
    found = run(cast, runde, maal=["byrde"], seed=4)
    form = boss.get(f"{reverse('fordeling_ny', args=[runde.hold_id])}?som={found.pk}").context
    assert (form["form"].initial["seed"], form["maal"].valgte) == (5, ["byrde"])


# --- the result ---------------------------------------------------------------------------------------------------


def test_the_result_says_rank_in_words_and_leads_to_the_reason(boss, cast, found):
    page = body(boss.get(url("fordeling", found)))
    assert "1. ønske" in page and "2. ønske" in page and "Har ikke ønsket" in page
    assert "Har ikke sendt ønsker ind og regnes for, at det er lige meget: Bo Berg." in page
    assert url("fordeling_elev", found, cast.aase.pk) in boss.get(url("fordeling", found)).content.decode()


def test_the_result_counts_how_many_stays_are_whose_wish(boss, cast, found):
    runde = found.runde
    assert "Af deres 2 ophold er 1 et 1. ønske og 1 et 2. ønske." in body(boss.get(url("fordeling", found)))
    wish(runde, cast.bo, cast.personale, indsend=True)
    Tildeling.objects.filter(fordeling=found, elev=cast.bo).update(rang=None)
    assert "1 et 2. ønske og 2 ikke ønsket." in body(boss.get(url("fordeling", found)))


def test_departments_are_shown_with_who_comes_and_free_places(boss, cast, found):
    page = body(boss.get(url("fordeling", found), {"vis": "afdelinger"}))
    assert "Økonomi og Analyse" in page and "1 af 2 pladser, 1 ledig" in page


def test_the_reason_is_shown_in_full_and_as_the_elev_will_read_it(boss, cast, found):
    page = body(boss.get(url("fordeling_elev", found, cast.aase.pk)))
    assert "Hvorfor fik Åse Ærlig det?" in page
    assert "Åse Ærlig fik sit 1. ønske." in page and "Du fik dit 1. ønske." in page


def test_excel_has_every_stay_with_its_reason(boss, cast, found):
    book = load_workbook(BytesIO(boss.get(url("fordeling_excel", found)).content))
    rows = list(book["Fordeling"].values)
    assert len(rows) == 5 and {row[0] for row in rows[1:]} == {"Åse Ærlig", "Bo Berg"}
    assert {row[0] for row in list(book["Afdelinger"].values)[1:]} == {"Økonomi og Analyse", "Personale & Udvikling"}


def test_a_department_that_has_not_answered_is_not_said_to_take_nobody(boss, cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (0, 1), 3: (0, 1)})
    Udbud.objects.filter(svar__afdeling=cast.personale).delete()
    runde.udbudssvar.filter(afdeling=cast.personale).update(svar="venter", besvaret=None, besvaret_af=None)
    said = body(boss.get(url("fordeling", run(cast, runde)))).replace("&amp;", "&")
    assert "Personale & Udvikling har ikke svaret om pladser i 3. ophold" in said
    assert "Personale & Udvikling tager ingen" not in said


def test_an_impossible_one_names_the_rules_and_a_click_on_a_way_out_works(boss, cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (0, 1), 3: (0, 1)})
    answer(cast, svar_of(runde, cast.personale), pladser={2: (0, 1)})
    found = run(cast, runde)
    page = body(boss.get(url("fordeling", found)))
    assert "Det kan ikke lade sig gøre" in page
    assert "Personale & Udvikling tager ingen i 3. ophold" in page.replace("&amp;", "&")
    assert "3. ophold: 1 plads til 2 elever. Der mangler 1 plads." in page and "2. ophold: 2" not in page
    before = list(Udbud.objects.values_list("svar", "trin", "maksimum"))
    response = boss.post(url("fordeling_udvej", found), {"nr": "0"}, follow=True)
    made = Fordeling.objects.exclude(pk=found.pk).get()
    assert made.status == Fordeling.Status.FAERDIG
    assert "Ændret i forhold til udbuddet" in body(response)
    assert list(Udbud.objects.values_list("svar", "trin", "maksimum")) == before


@pytest.mark.parametrize("nr", ["", "9", "x", "-1", "99999"])
def test_a_way_out_that_is_not_there_does_nothing(boss, found, nr):
    assert boss.post(url("fordeling_udvej", found), {"nr": nr}).status_code == 302
    assert Fordeling.objects.count() == 1


def test_a_pin_without_a_place_can_be_dropped_by_a_click(boss, cast, runde):
    answer(cast, svar_of(runde, cast.personale), pladser={2: (0, 1), 3: (0, 2)})
    for elev in (cast.aase, cast.bo):
        pin = {"elev": elev, "afdeling": cast.personale, "art": "fast", "trin": 2, "grund": "Aftalt"}
        add_binding(cast.elevansvarlig, runde=runde, **pin)
    found = run(cast, runde)
    texts = boss.get(url("fordeling", found)).context["side"].udvejstekster
    number = next(nr for nr, text in enumerate(texts) if "fastlagt" in text)
    boss.post(url("fordeling_udvej", found), {"nr": number})
    made = Fordeling.objects.exclude(pk=found.pk).get()
    assert made.aendringer[0]["art"] == "slip" and made.status == Fordeling.Status.FAERDIG
    assert runde.bindinger.count() == 2


# --- what if, before and after ------------------------------------------------------------------------------------


def test_a_closed_department_makes_a_new_one_beside_the_old(boss, cast, found):
    data = {"hvad": "luk", "luk-afdeling": cast.personale.pk, "luk-trin": "0", "luk-navn": ""}
    response = boss.post(url("fordeling_hvis", found), data, follow=True)
    assert "Personale & Udvikling tager ingen" in body(response).replace("&amp;", "&")
    assert "De skal have besked" in body(response)


def test_an_elev_on_leave_is_not_placed(boss, cast, found):
    data = {"hvad": "elev", "elev-elev": cast.bo.pk, "elev-art": "orlov", "elev-trin": "3", "elev-navn": "Bo på orlov"}
    boss.post(url("fordeling_hvis", found), data)
    made = Fordeling.objects.get(navn="Bo på orlov")
    assert set(made.tildelinger.filter(elev=cast.bo).values_list("trin", flat=True)) == {2}
    page = body(boss.get(url("fordeling", made)))
    assert "Ingen plads: er på orlov" in page and "Bo Berg er på orlov i 3. ophold" in page


def test_more_places_may_be_asked_for(boss, cast, found):
    data = {"hvad": "pladser", "pladser-afdeling": cast.oekonomi.pk, "pladser-trin": "2", "pladser-antal": "4"}
    boss.post(url("fordeling_hvis", found), data)
    assert Fordeling.objects.exclude(pk=found.pk).get().aendringer[0]["antal"] == 4


def test_the_same_change_twice_gets_a_number_and_not_half_a_name(boss, cast, found):
    data = {"hvad": "luk", "luk-afdeling": cast.personale.pk, "luk-trin": "2", "luk-navn": ""}
    boss.post(url("fordeling_hvis", found), data)
    boss.post(url("fordeling_hvis", found), data)
    names = Fordeling.objects.order_by("pk").values_list("navn", flat=True)
    assert list(names)[1:] == ["Personale & Udvikling tager ingen i 2. ophold", "Forslag 3"]


def test_a_question_that_is_not_whole_is_answered_in_the_form(boss, cast, found):
    response = boss.post(url("fordeling_hvis", found), {"hvad": "pladser", "pladser-afdeling": cast.oekonomi.pk})
    assert response.status_code == 422 and "Udfyld “Pladser”" in body(response)


def test_a_name_that_is_taken_is_told_at_the_field(boss, cast, found):
    data = {"hvad": "luk", "luk-afdeling": cast.personale.pk, "luk-trin": "2", "luk-navn": found.navn}
    response = boss.post(url("fordeling_hvis", found), data)
    assert response.status_code == 422 and "allerede en fordeling med det navn" in body(response)


def test_two_runs_are_compared_stay_by_stay(boss, cast, found):
    runde = found.runde
    other = run(cast, runde, "Den anden")
    Tildeling.objects.filter(fordeling=other, elev=cast.bo, trin=2).update(afdeling=None, rang=None)
    page = body(boss.get(url("fordeling_sammenlign", other), {"med": found.pk}))
    assert "1 ophold er anderledes" in page and "3 ophold er de samme" in page
    assert "Bo Berg – elev" in page and f"– {given_to(found, cast.bo)[2]}" in page


# --- into the plan, and to the elev -------------------------------------------------------------------------------


def test_accepting_shows_the_consequences_and_leads_to_the_board(boss, cast, found):
    page = boss.get(url("fordeling_brug", found))
    assert "Bo Berg" in body(page) and "Ingen får besked" in body(page)
    chosen = [each.elev.id for each in page.context["side"].skift]
    response = boss.post(url("fordeling_brug", found), {"was": page.context["was"], "elev": chosen})
    assert response.url == reverse("plan", args=[found.runde.hold_id])
    assert Udkast.objects.get().aendringer.get().fordeling == found


def test_more_than_a_department_has_room_for_is_told_before_the_draft_with_where_to_mend_it(boss, cast, found):
    assert "ikke pladser nok" not in body(boss.get(url("fordeling_brug", found)))
    Fordeling.objects.filter(pk=found.pk).update(
        instans=found.instans | {"pladser": [each | {"rum": 0} for each in found.instans["pladser"]]}
    )
    page = boss.get(url("fordeling_brug", found))
    assert "Økonomi og Analyse får 1 elev i 2. ophold og har plads til 0." in body(page)
    assert reverse("afdeling_pladser", args=[cast.oekonomi.kode]) in page.content.decode()


def test_a_changed_plan_is_a_conflict_and_nobody_chosen_an_error(boss, found):
    assert boss.post(url("fordeling_brug", found), {"was": "gammel", "elev": ["1"]}).status_code == 409
    was = boss.get(url("fordeling_brug", found)).context["was"]
    assert boss.post(url("fordeling_brug", found), {"was": was}).status_code == 422


def test_an_elev_who_stopped_while_the_page_was_open_is_named_and_nothing_is_taken_unseen(boss, cast, found):
    page = boss.get(url("fordeling_brug", found))
    assert "ikke længere" not in body(page)
    stop_elev(cast.elevansvarlig, elev=cast.bo, stoppet=date(2028, 2, 1), version=aftale_version(cast.bo))
    chosen = [each.elev.id for each in page.context["side"].skift]
    response = boss.post(url("fordeling_brug", found), {"was": page.context["was"], "elev": chosen})
    assert response.status_code == 409 and not Udkast.objects.exists()
    assert "Bo Berg er ikke længere ansat i 3. ophold." in body(response)
    Elev.objects.filter(pk=cast.bo.pk).update(hold=HoldFactory())
    assert "Bo Berg er ikke længere på holdet." in body(boss.get(url("fordeling_brug", found)))


def publish_it(cast, found):
    accept(cast, found)
    publish(cast.elevansvarlig, found.runde.hold)


def test_the_elev_reads_her_result_when_the_plan_is_published_and_not_before(as_user, cast, found):
    accept(cast, found)
    elev = as_user(cast.aase.bruger)
    assert "Sådan gik det med dine ønsker" not in body(elev.get("/"))
    publish(cast.elevansvarlig, found.runde.hold)
    for page in ("/", reverse("oensker")):
        text = body(elev.get(page))
        assert "Sådan gik det med dine ønsker" in text and "Du fik dit 1. ønske." in text


def test_the_elev_reads_nobody_elses_name_anywhere(as_user, cast, found):
    Tildeling.objects.update(begrundelse_fuld="Bo Berg ville have mistet sit 1. ønske")
    publish_it(cast, found)
    elev = as_user(cast.aase.bruger)
    for page in ("/", reverse("oensker")):
        assert "Bo Berg" not in elev.get(page).content.decode()
    assert "Bo Berg" not in str(export(cast.aase.bruger))


def test_a_stay_that_was_moved_by_hand_afterwards_is_told_as_what_no_longer_holds(as_user, cast, found):
    publish_it(cast, found)
    cast.aase.ophold.all().delete()
    text = body(as_user(cast.aase.bruger).get("/"))
    assert "Din plan er ændret, siden pladserne blev fordelt." in text
    assert text.index("gælder ikke mere") < text.index("Du fik dit 1. ønske.")


def test_after_a_new_allocation_the_elev_still_finds_what_she_was_told_before(as_user, cast, found):
    publish_it(cast, found)
    Tildeling.objects.filter(fordeling=found, elev=cast.aase, trin=2).update(begrundelse="Det gamle svar")
    again = run(cast, found.runde, "Igen")
    Fordeling.objects.filter(pk=again.pk).update(udgivet=timezone.now())
    Tildeling.objects.filter(fordeling=again, elev=cast.aase, trin=2).update(begrundelse="Det nye svar")
    text = body(as_user(cast.aase.bruger).get("/"))
    assert text.index("Det nye svar") < text.index("Det fik du at vide før") < text.index("Det gamle svar")
    assert text.count("Du fik dit") == 1  # the stay of which nothing is new is told once


@pytest.mark.parametrize("who", ["leder", "vejleder", "anden_vejleder"])
def test_departments_see_nothing_of_wishes_or_considerations(as_user, cast, found, who):
    Oenskeseddel.objects.filter(elev=cast.aase).update(hensyn="KANARIEFUGL", begrundelse="KANARIEFUGL")
    Tildeling.objects.update(begrundelse="KANARIEFUGL", begrundelse_fuld="KANARIEFUGL")
    publish_it(cast, found)
    client = as_user(getattr(cast, who))
    for page in ("/", reverse("elev", args=[cast.aase.pk]), reverse("elever")):
        text = client.get(page).content.decode()
        assert "KANARIEFUGL" not in text and "1. ønske" not in text


def test_one_that_went_wrong_has_a_button_to_try_again(boss, found):
    Fordeling.objects.update(status=Fordeling.Status.FEJLET, resultat=None)
    found.tildelinger.all().delete()
    assert "Prøv igen" in body(boss.get(url("fordeling", found)))
    boss.post(url("fordeling_igen", found))
    found.refresh_from_db()
    assert found.status == Fordeling.Status.FAERDIG and found.tildelinger.exists()
    assert "Prøv igen" not in body(boss.get(url("fordeling", found)))


# --- over the years -----------------------------------------------------------------------------------------------


def test_the_years_count_what_still_stands_in_published_plans(boss, cast, found):
    assert rank_statistics() == []
    publish_it(cast, found)
    line = rank_statistics()[0]
    assert (line.i_alt, line.tal) == (2, (1, 1, 0, 0, 0)), "Bo wished nothing and is left out"
    assert "Hvor mange fik deres ønsker?" in body(boss.get(reverse("fordelinger", args=[found.runde.hold_id])))


def test_the_list_shows_goals_side_by_side_and_what_is_used(boss, cast, found):
    runde = found.runde
    run(cast, runde, "Kun rang", maal=["rangsum"])
    accept(cast, found)
    page = body(boss.get(reverse("fordelinger", args=[runde.hold_id])))
    assert "Første forsøg" in page and "Kun rang" in page and "I kladden" in page and "Uønskede ophold" in page
