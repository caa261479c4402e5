"""A plan pasted from a spreadsheet. Today is 2027-10-15."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from elevforloeb.models import Ophold, Udkast, Udkastophold
from elevforloeb.queries.planliste import read_planliste
from elevforloeb.services.plan import paste_plan, undo
from tests.factories import BrugerFactory, ElevFactory, RolletildelingFactory
from tests.plan_steps import days, named, plan_of, publish, rows, stand

NOW = """Elev;Afdeling;Fra;Til og med;Elevvejleder
Åse Ærlig;Økonomi;01-09-2027;31-12-2027;Vera Vejleder
Åse Ærlig;Personale;01-01-2028;30-04-2028;Anders Anden
"""


def read(cast, *lines):
    return read_planliste(plan_of(cast.aase.hold), "\n".join(lines))


def paste(cast, text, **options):
    hold = cast.aase.hold
    return paste_plan(cast.elevansvarlig, hold=hold, tekst=text, **{"was": stand(plan_of(hold))} | options)


def stays(elev) -> list[tuple]:
    model = Udkastophold if Udkast.objects.filter(hold=elev.hold).exists() else Ophold
    found = model.objects.filter(elev=elev).order_by("periode")
    return [(stay.afdeling.kortnavn, str(stay.span), str(stay.elevvejleder or "")) for stay in found]


def test_a_list_that_says_what_is_planned_changes_nothing(cast):
    liste = read_planliste(plan_of(cast.aase.hold), NOW)
    assert [linje.besked for linje in liste.linjer] == ["Som nu", "Som nu"]
    assert (liste.forkerte, liste.nye, liste.fjernes, liste.problemer) == ([], [], [], [])
    with pytest.raises(ValidationError, match="allerede"):
        paste(cast, NOW)


def test_our_own_spreadsheet_can_be_pasted_back(cast, as_user):
    answer = as_user(cast.elevansvarlig).get(reverse("plan_excel", args=[cast.aase.hold_id]))
    cells = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    words = [[f"{cell:%d-%m-%Y}" if hasattr(cell, "year") else str(cell or "") for cell in row] for row in cells]
    liste = read(cast, *("\t".join(row) for row in words))
    assert len(liste.linjer) > 4, "the four stays, and the days that nobody has planned"
    assert {linje.besked for linje in liste.linjer} == {"Som nu", "Springes over: her er ikke planlagt noget"}
    assert not liste.forkerte and not liste.aendrer


def test_columns_in_another_order_and_names_in_other_letters_are_understood(cast):
    line = ["Fra;Lokale;Til;Afdeling;Navn", " 1/5-2028 ;3;31.08.2028;økonomi og  ANALYSE;åse  ærlig"]
    stay = read(cast, *line).linjer[0].ophold
    assert (stay.elev, stay.afdeling, stay.periode) == (
        cast.aase.pk,
        cast.oekonomi.pk,
        days(date(2028, 5, 1), date(2028, 8, 31)),
    )
    assert stay.elevvejleder == cast.vejleder.pk, "the only one there"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Åse Erlig;Økonomi;01-05-2028;31-08-2028",
            ["ingen elev på holdet, der hedder “Åse Erlig”. Mente du “Åse Ærlig”?"],
        ),
        ("Åse Ærlig;Okonomi;01-05-2028;31-08-2028", ["ingen afdeling, der hedder “Okonomi”. Mente du “Økonomi”?"]),
        (";Haven;x;31-08-2028", ["Skriv elevens navn", "“Haven”", "Skriv datoen som dag, måned og år"]),
        ("Åse Ærlig;Økonomi;;31-08-2028", ["Skriv den første dag"]),
        ("Åse Ærlig;Økonomi;01-05-2028", ["Skriv den sidste dag"]),
        ("Åse Ærlig;Økonomi;31-02-2028;31-08-2028", ["Skriv datoen"]),
        ("Åse Ærlig;Økonomi;01-05-2028;30-04-2028", ["Den sidste dag ligger før den første"]),
        (
            "Åse Ærlig;Økonomi;01-05-2028;31-08-2028;Anders Anden",
            ["ingen elevvejleder i Økonomi, der hedder “Anders Anden”"],
        ),
        ("Dobbelt Navn;Økonomi;01-05-2028;31-08-2028", ["mere end én elev på holdet, der hedder “Dobbelt Navn”"]),
    ],
)
def test_a_line_that_cannot_be_read_says_everything_that_is_wrong_with_it(cast, line, told):
    for _ in range(2):
        ElevFactory(bruger=BrugerFactory(navn="Dobbelt Navn"), hold=cast.aase.hold)
    liste = read(cast, NOW, line)
    assert liste.forkerte == [5]
    assert len(liste.linjer[-1].fejl) == len(told)
    for text, words in zip(liste.linjer[-1].fejl, told, strict=True):
        assert words in text


def test_the_elever_of_the_list_get_just_its_stays_and_one_step_takes_it_back(cast):
    before = rows(cast.aase.hold)
    paste(cast, NOW.replace("30-04-2028", "31-05-2028") + "Åse Ærlig;Økonomi;01-06-2028;31-08-2028\n")
    assert stays(cast.aase) == [
        ("Økonomi", "1. sep. – 31. dec. 2027", "Vera Vejleder"),
        ("Personale", "1. jan. – 31. maj 2028", "Anders Anden"),
        ("Økonomi", "1. juni – 31. aug. 2028", "Vera Vejleder"),
    ]
    assert len(stays(cast.bo)) == 2, "nobody else is touched"
    step = Udkast.objects.get().aendringer.get()
    assert step.tekst == "Plan fra et regneark lagt ind for 1 elev"
    undo(cast.elevansvarlig, hold=cast.aase.hold, aendring_id=step.pk)
    assert len(stays(cast.aase)) == 2 and rows(cast.aase.hold) >= before


def test_a_published_stay_is_the_same_stay_afterwards(cast):
    paste(cast, NOW.replace("30-04-2028", "31-05-2028").replace(";Anders Anden", ""))
    publish(cast.elevansvarlig, cast.aase.hold)
    assert Ophold.objects.filter(pk=cast.ophold.pk).exists()
    assert Ophold.objects.get(elev=cast.aase, afdeling=cast.personale).span.sidste_dag == date(2028, 5, 31)


def test_a_stay_with_another_elevvejleder_stays_the_same_row(cast):
    RolletildelingFactory(bruger=cast.fremmed, rolle="elevvejleder", afdeling=cast.personale)
    text = NOW.replace("Anders Anden", cast.fremmed.navn)
    assert [linje.besked for linje in read(cast, text).linjer] == ["Som nu", "Ny elevvejleder"]
    paste(cast, text)
    assert named(cast.aase, cast.personale)["noegle"].startswith("u")
    assert stays(cast.aase)[1][2] == cast.fremmed.navn


def test_what_the_list_leaves_out_is_named_and_removed(cast):
    liste = read(cast, *NOW.splitlines()[:2])
    assert [stay.afdeling for stay in liste.fjernes] == [cast.personale.pk]
    paste(cast, "\n".join(NOW.splitlines()[:2]))
    assert [where for where, *_ in stays(cast.aase)] == ["Økonomi"]


def test_a_line_without_a_plan_empties_nobodys_plan(cast):
    assert not read(cast, "Elev;Afdeling", "Åse Ærlig;", "Bo Berg;Ikke planlagt").aendrer


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Åse Ærlig;Økonomi;01-12-2027;31-01-2028", "to ophold på samme tid"),
        ("Åse Ærlig;Økonomi;01-05-2028;31-08-2031", "uden for sin uddannelsesaftale"),
    ],
)
def test_what_no_draft_may_hold_is_said_before_it_is_saved_and_refused(cast, line, problem):
    assert problem in read(cast, NOW, line).hindringer[0].tekst
    with pytest.raises(ValidationError, match="Ret linjerne"):
        paste(cast, f"{NOW}\n{line}")
    assert not Udkast.objects.exists()


def test_the_past_is_changed_only_with_a_yes(cast):
    text = NOW.replace("01-09-2027", "15-09-2027")
    assert read_planliste(plan_of(cast.aase.hold), text).aendrer_fortid
    with pytest.raises(ValidationError) as refused:
        paste(cast, text)
    assert "bekraeft" in refused.value.error_dict
    paste(cast, text, past_ok=True)
    assert stays(cast.aase)[0][1] == "15. sep. – 31. dec. 2027"


def test_a_list_seen_beside_another_plan_is_seen_again(cast):
    old = stand(plan_of(cast.aase.hold))
    paste(cast, NOW.replace("30-04-2028", "31-05-2028"))
    with pytest.raises(ValidationError, match="Planen er ændret"):
        paste(cast, NOW, was=old)


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def page(cast, as_user):
    client, url = as_user(cast.elevansvarlig), reverse("plan_indsaet", args=[cast.aase.hold_id])
    return lambda **fields: client.post(url, {"was": stand(plan_of(cast.aase.hold))} | fields)


def test_the_list_is_shown_first_and_then_used(page, cast):
    text = NOW.replace("30-04-2028", "31-05-2028")
    shown = page(tekst=text, vis="1").content.decode()
    assert "Alle linjer kan bruges" in shown and "1. jan. – 31. maj 2028" in shown and "Læg listen i kladden" in shown
    assert "1 ophold fjernes" in shown and not Udkast.objects.exists()
    answer = page(tekst=text, brug="1")
    assert answer.url == reverse("plan", args=[cast.aase.hold_id]) and Udkast.objects.exists()


@pytest.mark.parametrize("button", ["vis", "brug"])
def test_wrong_lines_are_named_and_the_text_is_kept(page, button):
    answer = page(tekst=f"{NOW}Ukendt;Økonomi;01-05-2028;31-08-2028", **{button: "1"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "Linje 4" in html and "Ukendt;Økonomi" in html
    assert "Læg listen i kladden" not in html and not Udkast.objects.exists()


def test_a_double_click_leaves_one_step(page, cast):
    text = NOW.replace("30-04-2028", "31-05-2028")
    was = stand(plan_of(cast.aase.hold))
    first, second = (page(tekst=text, brug="1", was=was) for _ in range(2))
    assert first.status_code == 302 and second.status_code == 422
    assert Udkast.objects.get().aendringer.count() == 1


def test_the_page_asks_before_the_past_is_changed(page, cast):
    text = NOW.replace("01-09-2027", "15-09-2027")
    assert "Det er rigtigt, at tiden før i dag skal ændres" in page(tekst=text, vis="1").content.decode()
    assert page(tekst=text, brug="1").status_code == 422
    assert page(tekst=text, brug="1", bekraeft="on").status_code == 302
