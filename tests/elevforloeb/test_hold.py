"""Hold: create, add elever by rows and by paste, change, delete, remove."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Bruger, Rolle
from elevforloeb.core.audit import history
from elevforloeb.core.models import Mail
from elevforloeb.models import Elev, Hold
from elevforloeb.services.hold import NyElev, add_elever, hold_version, remove_elev
from tests.factories import BrugerFactory, ElevFactory, HoldFactory, MaalsaetFactory, UddannelsesmodelFactory

NUL, LONG = "Bo\x00Berg", "B" * 1_000_000


@pytest.fixture
def empty_hold(cast):
    return HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1))


@pytest.fixture
def els(as_user, cast):
    return as_user(cast.elevansvarlig)


def rows(*people, **more):
    """The form with one row a person: (navn, email) or (navn, email, telefon)."""
    data = {"elev-TOTAL_FORMS": max(len(people), 6), "elev-INITIAL_FORMS": 0, "gem": "1", "invitation": "senere"}
    for number, person in enumerate(people):
        for name, value in zip(("navn", "email", "telefon"), person, strict=False):
            data[f"elev-{number}-{name}"] = value
    return data | {"maalsaet": MaalsaetFactory().pk} | more


# --- the hold itself ----------------------------------------------------------------------------------------------


def test_the_next_hold_is_proposed_a_year_after_the_newest(els, cast):
    form = els.get(reverse("hold_nyt")).context["form"]
    assert (form.initial["navn"], form.initial["startdato"]) == ("Hold 2028", date(2028, 9, 1))


def test_creating_a_hold_leads_on_to_its_elever(els, cast):
    model = UddannelsesmodelFactory()
    response = els.post(reverse("hold_nyt"), {"navn": "Hold 2028", "startdato": "2028-09-01", "model": model.pk})
    hold = Hold.objects.get(navn="Hold 2028")
    assert response.url == reverse("hold_elever_nye", args=[hold.pk])
    assert history(hold).first().handling == "hold.oprettet"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("navn", "Hold 2027", "Skriv et andet"),
        ("navn", NUL, "Nul"),
        ("navn", LONG, "60"),
        ("startdato", "9999-12-31", "fra 2000 til 2099"),
        ("startdato", "i morgen", "dag, måned og år"),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(els, cast, field, value, words):
    data = {"navn": "Hold 2028", "startdato": "2028-09-01", "model": UddannelsesmodelFactory().pk} | {field: value}
    response = els.post(reverse("hold_nyt"), data)
    assert response.status_code == 422
    assert words.lower() in " ".join(response.context["form"][field].messages).lower()
    assert response.context["form"][field].value() == value
    assert Hold.objects.count() == 1


def test_a_hold_with_elever_is_not_deleted(els, cast):
    els.post(reverse("hold_slet", args=[cast.aase.hold_id]))
    assert Hold.objects.filter(pk=cast.aase.hold_id).exists()


def test_an_empty_hold_is_deleted(els, empty_hold):
    els.post(reverse("hold_slet", args=[empty_hold.pk]))
    assert not Hold.objects.filter(pk=empty_hold.pk).exists()


def test_the_page_says_what_to_do_next(els, empty_hold):
    side = els.get(reverse("hold", args=[empty_hold.pk])).context["side"]
    assert [step.titel for step in side.skridt] == ["Tilføj elever"]
    ElevFactory(hold=empty_hold)
    side = els.get(reverse("hold", args=[empty_hold.pk])).context["side"]
    assert [step.titel for step in side.skridt] == ["Skriv skoleperioderne ind", "Læg en plan"]


# --- elever by rows -----------------------------------------------------------------------------------------------


def test_rows_become_elever_with_account_role_and_agreement(els, empty_hold):
    data = rows(("Åge Åen", "AAGE@example.invalid", "12345678"), ("Bo Nyman", "bo@example.invalid"))
    data["elev-0-voksenelev"] = "on"
    assert els.post(reverse("hold_elever_nye", args=[empty_hold.pk]), data).status_code == 302
    aage = Elev.objects.get(bruger__email="aage@example.invalid")
    assert (aage.startdato, aage.sidste_dag, aage.voksenelev) == (date(2028, 9, 1), date(2030, 8, 31), True)
    role = aage.bruger.rolletildelinger.get()
    assert (role.rolle, role.sidste_dag) == (Rolle.ELEV, aage.sidste_dag)
    assert not aage.bruger.has_usable_password()
    assert empty_hold.elever.count() == 2
    assert not Mail.objects.exists()


def test_the_invitation_is_sent_at_once_when_asked_for(els, empty_hold):
    els.post(reverse("hold_elever_nye", args=[empty_hold.pk]), rows(("Bo Ny", "bo@example.invalid"), invitation="nu"))
    assert Mail.objects.get().skabelon == "invitation"


def test_more_rows_keep_what_was_typed_and_save_nothing(els, empty_hold):
    data = rows(("Bo Nyman", "ikke en adresse"), flere="1")
    response = els.post(reverse("hold_elever_nye", args=[empty_hold.pk]), data)
    assert response.status_code == 200
    formset = response.context["raekker"]
    assert len(formset.forms) == 12
    assert formset.forms[0]["email"].value() == "ikke en adresse"
    assert not empty_hold.elever.exists()


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (("Bo Nyman", "ikke en adresse"), "navn@eksempel.dk"),
        (("", "bo@example.invalid"), "Navn"),
        ((NUL, "bo@example.invalid"), "Nul"),
        ((LONG, "bo@example.invalid"), "120"),
        (("Bo Nyman", "foerste@example.invalid"), "anden række"),
        (("Bo Nyman", "aase@example.invalid"), "allerede elev"),
    ],
)
def test_one_wrong_row_stops_all_of_them_and_is_pointed_at(els, cast, empty_hold, person, words):
    Bruger.objects.filter(pk=cast.aase.bruger_id).update(email="aase@example.invalid")
    data = rows(("Første", "foerste@example.invalid"), person)
    response = els.post(reverse("hold_elever_nye", args=[empty_hold.pk]), data)
    assert response.status_code == 422
    told = [message for field in response.context["raekker"].forms[1] for message in field.messages]
    assert words.lower() in " ".join(told).lower()
    assert response.context["raekker"].forms[1]["navn"].value() == person[0]
    assert not empty_hold.elever.exists()


def test_only_empty_rows_is_told(els, empty_hold):
    response = els.post(reverse("hold_elever_nye", args=[empty_hold.pk]), rows())
    assert response.status_code == 422
    assert "mindst én elev" in response.context["faelles"].non_field_errors()[0]


def test_an_employee_becomes_an_elev_with_the_account_she_has(cast, empty_hold):
    bruger = BrugerFactory(navn="Kendt Kollega", email="kendt@example.invalid")
    nye = [NyElev("Kendt Kollega", "Kendt@example.invalid")]
    (elev,) = add_elever(cast.elevansvarlig, hold=empty_hold, maalsaet=MaalsaetFactory(), nye=nye)
    assert elev.bruger == bruger


def test_nothing_is_half_saved_when_one_of_many_fails(cast, empty_hold):
    nye = [NyElev("Ny", "ny@example.invalid"), NyElev("Åse", cast.aase.bruger.email)]
    with pytest.raises(ValidationError):
        add_elever(cast.elevansvarlig, hold=empty_hold, maalsaet=MaalsaetFactory(), nye=nye)
    assert not Bruger.objects.filter(email="ny@example.invalid").exists()


# --- elever by paste ----------------------------------------------------------------------------------------------


def paste(client, hold, text, **more):
    data = {"tekst": text, "maalsaet": MaalsaetFactory().pk, "invitation": "senere"} | more
    return client.post(reverse("hold_elever_indsaet", args=[hold.pk]), data)


def test_a_paste_is_shown_before_anything_is_saved(els, empty_hold):
    response = paste(els, empty_hold, "Åge Åen\taage@example.invalid\nBo Nyman\tbo@example.invalid", vis="1")
    assert [linje.besked for linje in response.context["linjer"]] == ["Ny elev", "Ny elev"]
    assert not empty_hold.elever.exists()


def test_a_confirmed_paste_is_saved(els, empty_hold):
    paste(els, empty_hold, "Åge Åen\taage@example.invalid\t\tja", opret="1")
    assert empty_hold.elever.get().voksenelev


def test_errors_of_a_paste_are_told_by_line_and_stop_the_saving(els, cast, empty_hold):
    text = f"Åge Åen;aage@example.invalid\n\nUden adresse\nBo;aage@example.invalid\nÅse;{cast.aase.bruger.email}"
    response = paste(els, empty_hold, text, opret="1")
    assert response.status_code == 422
    wrong = {linje.nr: " ".join(linje.fejl) for linje in response.context["linjer"] if linje.fejl}
    assert set(wrong) == {3, 4, 5}
    assert "E-mail" in wrong[3] and "linje 1" in wrong[4] and "allerede elev" in wrong[5]
    assert not empty_hold.elever.exists()
    assert response.context["form"]["tekst"].value() == text


@pytest.mark.parametrize(
    ("text", "words"), [(NUL, "nul"), (LONG, "100"), ("a;b\n" * 301, "300 linjer"), ("\t", "udfyld")]
)
def test_a_paste_that_cannot_be_read_is_told_at_the_field(els, empty_hold, text, words):
    response = paste(els, empty_hold, text, opret="1")
    assert response.status_code == 422
    assert words in " ".join(response.context["form"]["tekst"].messages).lower()


# --- out again ----------------------------------------------------------------------------------------------------


def test_an_elev_who_never_began_is_removed_and_the_account_is_closed(els, cast, empty_hold):
    (elev,) = add_elever(
        cast.elevansvarlig, hold=empty_hold, maalsaet=MaalsaetFactory(), nye=[NyElev("Bo Ny", "bo@example.invalid")]
    )
    els.post(reverse("elev_fjern", args=[elev.pk]))
    assert not Elev.objects.filter(pk=elev.pk).exists()
    assert not Bruger.objects.get(email="bo@example.invalid").is_active


def test_the_same_person_can_be_added_again(cast, empty_hold):
    ny = [NyElev("Bo Ny", "bo@example.invalid")]
    for _ in range(2):
        (elev,) = add_elever(cast.elevansvarlig, hold=empty_hold, maalsaet=MaalsaetFactory(), nye=ny)
        assert elev.bruger.is_active
        remove_elev(cast.elevansvarlig, elev=elev)


def test_an_elev_with_a_published_plan_is_not_removed(cast):
    with pytest.raises(ValidationError, match="udgivet plan"):
        remove_elev(cast.elevansvarlig, elev=cast.aase)


def test_adding_and_inviting_costs_the_same_for_few_and_many(cast, empty_hold):
    def statements(number):
        nye = [NyElev(f"Ny {nr}", f"ny{nr}.{number}@example.invalid") for nr in range(number)]
        with CaptureQueriesContext(connection) as seen:
            elever = add_elever(cast.elevansvarlig, hold=empty_hold, maalsaet=cast.aase.maalsaet, nye=nye, inviter=True)
        for elev in elever:
            assert elev.bruger.rolletildelinger.get().sidste_dag == empty_hold.sidste_dag
            assert Mail.objects.filter(modtager=elev.bruger).count() == 1
            told = {act.handling for act in (*history(elev), *history(elev.bruger))}
            assert told == {"elev.oprettet", "bruger.oprettet", "rolle.givet", "bruger.inviteret"}
        return len(seen)

    statements(1)  # what a process asks for once
    assert statements(3) == statements(30)


def test_an_account_of_before_is_used_among_new_ones(cast, empty_hold):
    nye = [NyElev("Ny En", "ny1@example.invalid"), NyElev("Frida", cast.fremmed.email)]
    new, old = add_elever(cast.elevansvarlig, hold=empty_hold, maalsaet=cast.aase.maalsaet, nye=nye)
    assert old.bruger == cast.fremmed and new.bruger.email == "ny1@example.invalid"
    assert {elev.bruger.rolletildelinger.get().rolle for elev in (new, old)} == {Rolle.ELEV}


# --- two at once --------------------------------------------------------------------------------------------------


def test_who_corrects_the_hold_second_is_told_what_stands_there_now(els, cast):
    hold = cast.aase.hold
    url = reverse("hold_ret", args=[hold.pk])
    stale = {"navn": "Mit hold", "startdato": "2027-09-01", "model": hold.model_id, "version": hold_version(hold)}
    assert els.post(url, stale | {"navn": "Hendes hold"}).status_code == 302
    response = els.post(url, stale)
    assert response.status_code == 409
    assert (
        "Else Ansvarlig har gemt en rettelse, mens du skrev. Nu står der navn: Hendes hold."
        in response.content.decode()
    )
    assert response.context["form"]["navn"].value() == "Mit hold"
    again = stale | {"version": response.context["form"]["version"].value()}
    assert els.post(url, again).status_code == 302
    hold.refresh_from_db()
    assert hold.navn == "Mit hold"
