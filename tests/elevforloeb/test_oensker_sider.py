"""The pages of wishes: what each role reads there, what the buttons do, and what is said when it cannot be saved."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from elevforloeb.core.periods import period
from elevforloeb.models import Binding, Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.services.oensker import add_binding, answer_version, list_version, round_version
from tests.factories import AfdelingFactory, ElevFactory, HoldFactory, OpholdFactory
from tests.oenske_steps import DEPARTMENTS_ANSWER, ELEVER_WISH, answered_round, make_round, ranks, svar_of, wish

SECRET = "kanariefugl"
URL = "/oensker/"


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def page(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def runde(scene):
    return scene(answered_round)


# --- the elev -----------------------------------------------------------------------------------------------------


def typed(runde, *afdelinger, handling="gem", **fields) -> dict:
    """What the form sends."""
    seddel = Oenskeseddel.objects.filter(runde=runde).first()
    rows = {"inhabil-TOTAL_FORMS": 1, "inhabil-INITIAL_FORMS": 0, "inhabil-0-afdeling": "", "inhabil-0-grund": ""}
    first = {"oenske": [afdeling.pk for afdeling in afdelinger], "handling": handling, "version": list_version(seddel)}
    return rows | first | {"begrundelse": "", "hensyn": ""} | fields


@pytest.mark.parametrize(
    ("handling", "order", "fokus"),
    [
        ("ned:oekonomi", ["Personale", "Økonomi"], "op:oekonomi"),
        ("op:personale", ["Personale", "Økonomi"], "ned:personale"),
        ("op:oekonomi", ["Økonomi", "Personale"], "ned:oekonomi"),  # already first
        ("fjern:oekonomi", ["Personale"], "tilfoej:oekonomi"),
        ("ned:99999", ["Økonomi", "Personale"], ""),
        ("vrøvl", ["Økonomi", "Personale"], ""),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_buttons_move_the_list_keep_what_is_typed_and_save_nothing(
    as_user, cast, runde, handling, order, fokus, headers
):
    ids = {"oekonomi": cast.oekonomi.pk, "personale": cast.personale.pk}
    what, _, where = handling.partition(":")
    data = typed(runde, cast.oekonomi, cast.personale, handling=f"{what}:{ids.get(where, where)}", begrundelse=SECRET)
    response = as_user(cast.aase.bruger).post(URL, data, headers=headers)
    assert response.status_code == 200
    assert [linje.svar.svar.afdeling.kortnavn for linje in response.context["linjer"]] == order
    text = response.content.decode()
    if fokus:
        what, _, where = fokus.partition(":")
        assert f'value="{what}:{ids[where]}"' in text and "autofocus" in text
    assert (SECRET in text) != bool(headers)  # htmx leaves what is being typed alone
    assert not Oenskeseddel.objects.exists()


def test_the_move_is_told_to_a_screen_reader(as_user, cast, runde):
    data = typed(runde, cast.oekonomi, handling=f"tilfoej:{cast.personale.pk}")
    text = as_user(cast.aase.bruger).post(URL, data, headers={"HX-Request": "true"}).content.decode()
    assert '<p hx-swap-oob="innerHTML:#status">Personale er nr. 2 af 2 på din liste.</p>' in text


def test_an_elev_saves_a_draft_sends_it_in_and_changes_it(as_user, cast, runde):
    client = as_user(cast.aase.bruger)
    client.post(URL, typed(runde, cast.oekonomi, **{f"trin_{cast.oekonomi.pk}": 3}))
    seddel = Oenskeseddel.objects.get()
    assert (seddel.status, seddel.oensker.get().trin) == ("kladde", 3)
    assert "Den er ikke sendt ind endnu" in page(client, URL)
    client.post(URL, typed(runde, cast.oekonomi, cast.personale, handling="indsend"))
    assert "Dine ønsker er sendt ind 15. okt. 2027 kl." in page(client, URL)
    client.post(URL, typed(runde, cast.personale, handling="indsend"))
    assert ranks(Oenskeseddel.objects.get()) == ["Personale"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_user, cast, runde):
    data = typed(runde, handling="indsend", begrundelse=SECRET)
    data |= {"inhabil-0-afdeling": cast.oekonomi.pk, "hensyn": "å" * 1001}
    response = as_user(cast.aase.bruger).post(URL, data)
    text = response.content.decode()
    assert response.status_code == 422 and SECRET in text
    assert "Skriv, hvorfor du ikke bør være i afdelingen." in text and "å" * 1001 in text


def test_a_conflict_keeps_the_list_and_saving_again_is_a_choice(as_user, cast, runde):
    client = as_user(cast.aase.bruger)
    stale = typed(runde, cast.oekonomi, begrundelse=SECRET)
    wish(runde, cast.aase, cast.personale, indsend=False)
    response = client.post(URL, stale)
    assert response.status_code == 409
    assert [linje.svar.svar.afdeling for linje in response.context["linjer"]] == [cast.oekonomi]
    version = response.context["form"]["version"].value()
    assert client.post(URL, stale | {"version": version}).status_code == 302
    assert ranks(Oenskeseddel.objects.get()) == ["Økonomi"]


@pytest.mark.parametrize(
    ("day", "sees"),
    [
        (date(2027, 10, 10), "Du kan ikke ønske pladser lige nu"),
        (date(2027, 10, 11), "Hvor vil du helst være?"),
        (date(2027, 10, 25), "Hvor vil du helst være?"),
        (date(2027, 10, 26), "Kvittering"),
    ],
)
def test_the_page_is_open_from_the_first_day_to_the_deadline_and_a_receipt_after_it(as_user, cast, runde, day, sees):
    wish(runde, cast.aase, cast.personale, cast.oekonomi, hensyn=SECRET)
    with on(day):
        text = page(as_user(cast.aase.bruger), URL)
        assert sees in text
        if sees == "Kvittering":
            assert "15. okt. 2027 kl." in text and "Låst" in text and SECRET in text
            assert text.index("Personale &amp; Udvikling") < text.index("Økonomi og Analyse")
            assert "<button" not in text.partition("<main")[2].partition("</main")[0]


def test_after_the_deadline_what_was_typed_is_shown_but_not_saved(as_user, cast, runde):
    with on(date(2027, 10, 26)):
        response = as_user(cast.aase.bruger).post(URL, typed(runde, cast.oekonomi, begrundelse=SECRET))
    text = response.content.decode()
    assert response.status_code == 422 and SECRET in text
    assert "kan ikke sendes ind mere" in text and "indsend" not in text and "Send dine ønsker ind senest" not in text
    assert not Oenskeseddel.objects.exists()


def test_who_has_sent_nothing_in_reads_what_that_means(as_user, cast, runde):
    client = as_user(cast.bo.bruger)
    assert "lige meget for dig" in page(client, URL)
    assert "Ønsk pladser" in page(client, "/")
    with on(date(2027, 10, 26)):
        client = as_user(cast.bo.bruger)
        assert "Du sendte ikke ønsker ind" in page(client, URL)
        assert "Ønsk pladser" not in page(client, "/")


def test_what_is_no_longer_offered_is_named(as_user, cast, runde):
    wish(runde, cast.aase, cast.oekonomi, cast.personale)
    Udbudssvar.objects.filter(afdeling=cast.oekonomi).update(svar="intet")
    text = page(as_user(cast.aase.bruger), URL)
    assert "Økonomi og Analyse tilbyder ikke længere pladser" in text


def test_an_elev_sees_nothing_of_what_the_others_wish(as_user, cast, runde):
    wish(runde, cast.bo, cast.oekonomi, hensyn=SECRET, begrundelse=SECRET, inhabil=[(cast.personale.pk, SECRET)])
    text = page(as_user(cast.aase.bruger), URL)
    assert SECRET not in text and "Bo Berg" not in text


# --- the department -----------------------------------------------------------------------------------------------


def udbud_data(svar, **fields) -> dict:
    first = {"valg": "tilbyder", "maksimum_2": 2, "minimum_2": 0, "maksimum_3": 1, "minimum_3": 1}
    return first | {"kan_laere": SECRET, "note": "", "version": answer_version(svar)} | fields


@pytest.fixture
def svar(cast):
    return svar_of(make_round(cast, DEPARTMENTS_ANSWER), cast.oekonomi)


@pytest.mark.parametrize("who", ["leder", "vejleder"])
def test_the_people_of_a_department_answer_from_their_front_page(as_user, cast, svar, who):
    client, url = as_user(getattr(cast, who)), reverse("udbud", args=[svar.pk])
    assert url in page(client, "/")
    assert client.post(url, udbud_data(svar)).status_code == 302
    assert "I har svaret" in page(client, "/")
    text = page(client, url)
    assert "Modtaget" in text and "1 plads, mindst 1" in text


def test_a_department_sees_how_many_of_other_hold_are_there_at_the_same_time(as_user, cast, svar):
    other = ElevFactory(hold=HoldFactory(navn="Hold 2026", startdato=date(2027, 9, 1)))
    OpholdFactory(elev=other, afdeling=cast.oekonomi, periode=period(date(2028, 2, 1), date(2028, 2, 29)))
    text = page(as_user(cast.leder), reverse("udbud", args=[svar.pk]))
    assert "1 elev fra andre hold er her på samme tid" in text and "plads til 2" in text


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"minimum_2": 3}, 422, "Mindst kan ikke være mere end højst."),
        ({"maksimum_2": -1}, 422, "0"),
        ({"maksimum_2": 0, "maksimum_3": 0, "minimum_3": 0}, 422, "Skriv mindst én plads"),
        ({"valg": ""}, 422, "Vælg et svar"),
        ({"version": "gammel"}, 409, "En anden har svaret"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_typed_is_lost(as_user, cast, svar, fields, status, says):
    response = as_user(cast.leder).post(reverse("udbud", args=[svar.pk]), udbud_data(svar, **fields))
    text = response.content.decode()
    assert response.status_code == status and says in text and SECRET in text
    assert Udbudssvar.objects.get(pk=svar.pk).svar == "venter"


@pytest.mark.parametrize(("day", "may"), [(date(2027, 10, 22), True), (date(2027, 10, 23), False)])
def test_a_department_reads_its_answer_after_the_deadline_but_cannot_change_it(as_user, cast, svar, day, may):
    url = reverse("udbud", args=[svar.pk])
    with on(day):
        client = as_user(cast.leder)
        assert ("Send svaret" in page(client, url)) == may
        assert (url in page(client, "/")) == may
        assert client.post(url, udbud_data(svar)).status_code == (302 if may else 422)


def test_a_department_sees_nothing_of_wishes_and_bindings(as_user, cast, runde):
    wish(runde, cast.aase, cast.oekonomi, hensyn=SECRET, begrundelse=SECRET, inhabil=[(cast.personale.pk, SECRET)])
    what = {"elev": cast.aase, "afdeling": cast.oekonomi, "art": "fast", "trin": 2, "grund": SECRET}
    add_binding(cast.elevansvarlig, runde=runde, **what)
    own = reverse("udbud", args=[svar_of(runde, cast.oekonomi).pk])
    for who in (cast.leder, cast.vejleder):
        client = as_user(who)
        for url in ("/", own, reverse("elev", args=[cast.aase.pk])):
            assert SECRET not in page(client, url)
        assert cast.aase.bruger.navn not in page(client, own)


# --- the elevansvarlig --------------------------------------------------------------------------------------------


def test_a_hold_without_a_round_explains_and_opens_one_with_dates_that_fit(as_user, cast):
    client, hold = as_user(cast.elevansvarlig), cast.aase.hold
    AfdelingFactory(navn="Teknik", art="speciale")
    assert "Åbn en ønskerunde" in page(client, reverse("hold_oensker", args=[hold.pk]))
    url = reverse("hold_oensker_aabn", args=[hold.pk])
    first = client.get(url).context["form"].initial
    assert (first["foerste_trin"], first["sidste_trin"]) == (4, 5)
    assert first["oenskefrist"] == date(2028, 6, 3)  # 90 days before 1 September
    assert (first["udbud_fra"], first["udbudsfrist"]) == (date(2028, 4, 30), date(2028, 5, 20))  # 21 days, then 14
    assert client.post(url, first | {"besked": ""}).status_code == 302
    assert [row.afdeling.navn for row in Oenskerunde.objects.get().udbudssvar.all()] == ["Teknik"]


def test_the_elevansvarlig_sees_answers_wishes_and_what_is_confidential(as_user, cast, runde):
    wish(runde, cast.aase, cast.oekonomi, cast.personale, hensyn=SECRET, inhabil=[(cast.personale.pk, "Min bror")])
    text = page(as_user(cast.elevansvarlig), reverse("hold_oensker", args=[cast.aase.hold_id]))
    for words in ("2 af 2", "1 af 2", SECRET, "Min bror", "Regnes for: lige meget", "som nr. 1, 1 i alt"):
        assert words in text, words


def test_a_draft_is_nobody_elses_business(as_user, cast, runde):
    wish(runde, cast.aase, cast.oekonomi, indsend=False, begrundelse=SECRET, hensyn=SECRET)
    client = as_user(cast.elevansvarlig)
    text = page(client, reverse("hold_oensker", args=[cast.aase.hold_id]))
    assert "Kladde" in text and SECRET not in text
    excel = client.get(reverse("hold_oensker_excel", args=[cast.aase.hold_id, runde.pk])).content
    cells = [cell for row in openpyxl.load_workbook(BytesIO(excel)).active.iter_rows(values_only=True) for cell in row]
    assert "Kladde" in cells and SECRET not in cells


def test_the_excel_file_has_the_wishes_in_order_and_nothing_confidential(as_user, cast, runde):
    wish(runde, cast.aase, cast.personale, cast.oekonomi, hensyn=SECRET, inhabil=[(cast.oekonomi.pk, SECRET)])
    url = reverse("hold_oensker_excel", args=[cast.aase.hold_id, runde.pk])
    book = openpyxl.load_workbook(BytesIO(as_user(cast.elevansvarlig).get(url).content))
    rows = {row[0]: row for row in book.active.iter_rows(values_only=True)}
    assert rows["Åse Ærlig"][3:5] == ("Personale", "Økonomi") and SECRET not in str(rows)


def test_an_inhabilitet_is_made_an_exclusion_with_one_click(as_user, cast, runde):
    seddel = wish(runde, cast.aase, cast.personale, inhabil=[(cast.oekonomi.pk, "Min bror")])
    client = as_user(cast.elevansvarlig)
    client.post(reverse("hold_binding_inhabil", args=[cast.aase.hold_id, seddel.inhabiliteter.get().pk]))
    assert Binding.objects.get().art == "udelukket"
    assert "Udelukket" in page(client, reverse("hold_oensker", args=[cast.aase.hold_id]))


def test_answering_for_a_department_asks_why(as_user, cast, svar):
    client, url = as_user(cast.elevansvarlig), reverse("udbud", args=[svar.pk])
    assert client.post(url, udbud_data(svar)).status_code == 422
    with on(date(2027, 11, 30)):
        client = as_user(cast.elevansvarlig)
        assert client.post(url, udbud_data(svar, note="Aftalt i telefon")).status_code == 302
        assert "Aftalt i telefon" in page(client, reverse("hold_oensker", args=[cast.aase.hold_id]))


def test_dates_are_changed_and_a_conflict_keeps_what_was_typed(as_user, cast, runde):
    client = as_user(cast.elevansvarlig)
    url = reverse("hold_oensker_ret", args=[cast.aase.hold_id, runde.pk])
    data = ELEVER_WISH | {"navn": "Nyt navn", "besked": SECRET, "version": round_version(runde)}
    assert client.post(url, data).status_code == 302
    response = client.post(url, data | {"besked": "Igen"})
    assert response.status_code == 409 and "Igen" in response.content.decode()
    again = data | {"besked": "Igen", "version": response.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    assert Oenskerunde.objects.get().besked == "Igen"


def test_the_overview_says_what_a_round_waits_for(as_user, cast):
    client = as_user(cast.elevansvarlig)
    runde = make_round(cast)
    text = page(client, "/")
    assert "2 afdelinger har ikke svaret" in text and "2 elever på Hold 2027 har ikke sendt ønsker ind" in text
    with on(date(2027, 10, 26)):
        client = as_user(cast.elevansvarlig)
        assert "Ønskerne fra Hold 2027 er inde" in page(client, "/")
        client.post(reverse("hold_oensker_luk", args=[cast.aase.hold_id, runde.pk]))
        text = page(client, "/")
        assert "Ønskerne fra" not in text and "har ikke svaret om pladser" not in text
