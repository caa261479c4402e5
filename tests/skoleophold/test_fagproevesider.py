"""The pages of the fagprøve: each role's own steps, bad input, the counter, the list and its Excel file."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from elevforloeb.core.models import Fil, Opslag
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde, Tegngraense, Udkastoptaelling
from skoleophold.queries.fagproeve.optaelling import STANDARD
from skoleophold.services.fagproeve import gruppe, vejen
from skoleophold.services.karakterer import share
from tests.bench.inside import count_page
from tests.core.files import good, hostile
from tests.factories import ElevFactory
from tests.fagproeve_steps import TEXT, attempt_of, hand_in, judge, make_limit, make_runde, say, work_of, write
from tests.skole_steps import follow, make_class, upload

DATES = {"navn": "Fagprøve", "startdato": "2029-04-02", "sidste_dag": "2029-04-13", "version": ""}


@pytest.fixture
def runde(scene):
    return scene(make_runde)


def url(name: str, elev) -> str:
    return reverse(name, args=[work_of(elev).pk])


def text_of(response) -> str:
    return response.content.decode()


def test_the_whole_way_from_topic_to_both_approvals_on_the_pages(cast, runde, as_user):
    client = as_user(cast.aase.bruger)
    assert "Vælg emne" in text_of(client.get(reverse("min_fagproeve")))
    assert client.post(url("fagproeve_emne", cast.aase), {"emne": "Hurtigere svar"}).status_code == 302
    sent = client.post(url("fagproeve_problem", cast.aase), {"tekst": TEXT, "version": "", "send": "1"}, follow=True)
    assert TEXT in text_of(sent) and "Skriv skolens svar ind" in text_of(sent) and "Læs og svar" not in text_of(sent)
    school = {"godkendt": "ja", "nr": "1", "dato": "2027-10-14"}
    client.post(url("fagproeve_skolen", cast.aase), school)
    client = as_user(cast.vejleder)
    assert "Læs og svar" in text_of(client.get(url("fagproeve", cast.aase)))
    done = client.post(
        url("fagproeve_godkend", cast.aase), {"godkendt": "ja", "nr": "1", "kommentar": "Fint."}, follow=True
    )
    assert "Fint." in text_of(done) and work_of(cast.aase).status == "godkendt"


def test_without_dates_the_elev_is_told_what_to_expect(cast, as_user):
    assert "datoer er ikke kommet endnu" in text_of(as_user(cast.aase.bruger).get(reverse("min_fagproeve")))


def test_a_text_that_somebody_else_of_the_group_saved_first_is_shown_and_nothing_typed_is_lost(cast, runde, as_user):
    gruppe.join_group(cast.elevansvarlig, fagproeve=work_of(cast.aase), forsoeg=[attempt_of(cast.bo)])
    write(cast.aase, send=False, tekst="Åses tekst")
    answer = as_user(cast.bo.bruger).post(url("fagproeve_problem", cast.bo), {"tekst": "Bos tekst", "version": ""})
    assert answer.status_code == 409 and "Åses tekst" in text_of(answer) and "Bos tekst" in text_of(answer)
    version = answer.context["form"].data["version"]
    again = as_user(cast.bo.bruger).post(url("fagproeve_problem", cast.bo), {"tekst": "Bos tekst", "version": version})
    assert again.status_code == 302 and vejen.latest(work_of(cast.bo), sendt=False).tekst == "Bos tekst"


def test_an_answer_to_a_new_version_shows_it_and_keeps_the_comment(cast, runde, as_user):
    write(cast.aase)
    write(cast.aase, tekst="En helt ny vinkel")
    data = {"godkendt": "nej", "nr": "1", "kommentar": "Min lange kommentar"}
    answer = as_user(cast.vejleder).post(url("fagproeve_godkend", cast.aase), data)
    assert answer.status_code == 409
    assert "En helt ny vinkel" in text_of(answer) and "Min lange kommentar" in text_of(answer)
    assert as_user(cast.vejleder).post(url("fagproeve_godkend", cast.aase), data | {"nr": "2"}).status_code == 302


def test_an_elevvejleder_of_another_department_cannot_approve(cast, runde, as_user):
    write(cast.aase)
    assert as_user(cast.anden_vejleder).get(url("fagproeve_godkend", cast.aase)).status_code == 404


def test_nothing_that_waits_for_no_answer_is_asked(cast, runde, as_user):
    answer = as_user(cast.vejleder).get(url("fagproeve_godkend", cast.aase), follow=True)
    assert "ikke valgt et emne" in text_of(answer)


# --- dates and limits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"sidste_dag": "2029-04-01"}, "Sidste dag skal være"),
        ({"eksamen_fra": "2029-04-01"}, "Eksamen kan ikke ligge før afleveringen 13. april 2029"),
        ({"emne_senest": "2029-03-01", "problem_senest": "2029-02-01"}, "Fristen for problemformuleringen skal ligge"),
        ({"startdato": "i morgen"}, "Skriveperioden begynder"),
        ({"startdato": "2000-01-01", "sidste_dag": "2000-01-02"}, ""),
    ],
)
def test_dates_that_cannot_be_are_refused_at_the_field_and_kept_on_the_page(cast, as_user, data, words):
    skolehold = make_class(cast)
    answer = as_user(cast.elevansvarlig).post(reverse("fagproeverunde_ny", args=[skolehold.pk]), DATES | data)
    if words:
        assert answer.status_code == 422 and words in text_of(answer) and not Fagproeverunde.objects.exists()
        assert data.get("eksamen_fra", "") in text_of(answer)
    else:
        assert answer.status_code == 302  # a past that can be written down


def test_the_page_of_the_dates_says_which_were_counted_and_warns_of_agreements(cast, as_user):
    skolehold = make_class(cast)
    follow(cast, skolehold, cast.aase)
    client = as_user(cast.elevansvarlig)
    data = DATES | {"startdato": "2028-10-02", "sidste_dag": "2028-10-13", "eksamen_fra": "2028-11-01"}
    answer = client.post(reverse("fagproeverunde_ny", args=[skolehold.pk]), data, follow=True)
    assert text_of(answer).count("regnet ud</span>") == 5
    assert "mere end 6 måneder før aftalens sidste dag" in text_of(answer)
    assert reverse("fagproeverunde", args=[Fagproeverunde.objects.get().pk]) in text_of(
        client.get(reverse("skolehold", args=[skolehold.pk]))
    )


def test_a_limit_is_typed_and_the_one_before_it_ends(cast, as_user):
    make_limit(antal=2)
    data = {"antal": "2", "mindst": "50000", "hoejst": "40000", "fra": "2027-11-01", "kilde": "Skolen"}
    client = as_user(cast.elevansvarlig)
    answer = client.post(reverse("tegngraenser"), data)
    assert answer.status_code == 422 and "lige så stort" in text_of(answer)
    assert client.post(reverse("tegngraenser"), data | {"hoejst": "60000"}).status_code == 302
    found = [(row.startdato.year, row.sidste_dag, row.graense) for row in Tegngraense.objects.filter(antal=2)]
    assert found == [(2020, date(2027, 10, 31), "28.350-34.650"), (2027, None, "50.000-60.000")]


# --- the counter ----------------------------------------------------------------------------------------------------


def counted(client, elev, content: bytes, name: str, **more):
    return client.post(url("fagproeve_tegn", elev), {"fil": upload(content, name), "udelad": STANDARD} | more)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


HEADING = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Bilag 1</w:t></w:r></w:p>'


def test_a_draft_is_counted_to_the_character_against_the_limits_and_not_kept(cast, runde, as_user):
    make_limit()
    client = as_user(cast.aase.bruger)
    body = paragraph("a" * 28000) + paragraph("æ" * 350) + HEADING + paragraph("b" * 5000)
    answer = counted(client, cast.aase, good.docx(body=body), "udkast.docx", bilag_fra="Bilag 1")
    assert "28.350 tegn" in text_of(answer) and "Inden for" in text_of(answer) and "præcist" in text_of(answer)
    assert "5.007" in text_of(answer) and "<li>Bilag 1</li>" in text_of(answer)
    assert not Fil.objects.exists() and "aaa" not in str(Udkastoptaelling.objects.values())
    again = client.post(url("fagproeve_tegn", cast.aase), {"udelad": []}, follow=True)
    assert "33.357 tegn" in text_of(again)


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (hostile.docx("word/media/a.png", b"\0" * 50_000_000), "a.docx", "fylder for meget"),
        (good.xlsx, "a.xlsx", "skal være af typen"),
        (lambda: good.docx(body="<w:p><w:r>"), "a.docx", "beskadiget"),
        (lambda: b"", "a.txt", "tom"),
        (lambda: b"MZ\x90\x00", "a.docx", "et program"),
    ],
)
def test_a_file_that_cannot_be_counted_is_refused_in_plain_words_and_the_last_count_stays(
    cast, runde, as_user, make, name, words
):
    client = as_user(cast.aase.bruger)
    counted(client, cast.aase, b"Hej verden", "a.txt")
    answer = counted(client, cast.aase, make(), name)
    assert answer.status_code == 422 and words in text_of(answer)
    assert Udkastoptaelling.objects.get().tegn == 10


def test_a_pdf_is_only_counted_about_and_never_said_to_be_right(cast, runde, as_user):
    make_limit(mindst=1, hoejst=10_000)
    fonts = good.pdf(contents="BT /F1 12 Tf 72 700 Td (Hej verden) Tj ET")
    answer = counted(as_user(cast.aase.bruger), cast.aase, fonts, "a.pdf")
    assert answer.status_code == 200 and "Tallet er ikke præcist" in text_of(answer)
    assert "cirka" in text_of(answer) and answer.context["side"].art == "vent"


# --- the grade, the list, budgets -----------------------------------------------------------------------------------


def test_the_list_and_its_file_say_passed_and_never_the_grade(cast, runde, as_user):
    hand_in(cast, cast.aase)
    judge(cast.aase, "12")
    client = as_user(cast.elevansvarlig)
    page = client.get(reverse("fagproever") + "?vis=faerdige")
    assert "Bestået" in text_of(page) and ">12<" not in text_of(page)
    rows = list(load_workbook(BytesIO(client.get(reverse("fagproever_excel") + "?hold=x").content)).active.values)
    assert len(rows) == 2 and rows[1][0] == "Bo Berg"
    rows = list(load_workbook(BytesIO(client.get(reverse("fagproever_excel") + "?vis=faerdige").content)).active.values)
    assert rows[1][0] == "Åse Ærlig" and rows[1][13] == "Bestået" and "12" not in map(str, rows[1])


def test_an_elevvejleder_reads_the_grade_on_the_page_only_while_it_is_shared(cast, runde, as_user):
    hand_in(cast, cast.aase)
    judge(cast.aase, "02")
    client = as_user(cast.vejleder)
    assert "02, bestået" not in text_of(client.get(url("fagproeve", cast.aase)))
    share(cast.aase.bruger, elev=cast.aase)
    assert "02, bestået" in text_of(client.get(url("fagproeve", cast.aase)))


def test_a_wrong_grade_or_day_is_told_at_the_field(cast, runde, as_user):
    hand_in(cast, cast.aase)
    address = reverse("fagproeve_resultat", args=[attempt_of(cast.aase).pk])
    client = as_user(cast.aase.bruger)
    version = client.get(address).context["form"].initial["version"]
    for data in ({"vaerdi": "2", "bedoemt": "2027-10-15"}, {"vaerdi": "7", "bedoemt": "2030-01-01"}):
        assert client.post(address, data | {"version": version}).status_code == 422
    assert attempt_of(cast.aase).vaerdi == ""


def test_whoever_looks_is_written_down_for_each_of_the_group_but_not_they_themselves(cast, runde, as_user):
    gruppe.join_group(cast.elevansvarlig, fagproeve=work_of(cast.aase), forsoeg=[attempt_of(cast.bo)])
    as_user(cast.aase.bruger).get(url("fagproeve", cast.aase))
    assert not Opslag.objects.exists()
    as_user(cast.vejleder).get(url("fagproeve", cast.aase))
    assert {row.person for row in Opslag.objects.all()} == {cast.aase.bruger, cast.bo.bruger}


def test_list_and_page_take_the_same_few_statements_for_one_and_for_many(cast, as_user):
    skolehold = make_class(cast)
    follow(cast, skolehold, cast.aase)
    make_runde(cast, skolehold)
    write(cast.aase)
    say(cast.vejleder, cast.aase, "arbejdsplads")
    client = as_user(cast.elevansvarlig)
    pages = [reverse("fagproever"), url("fagproeve", cast.aase)]
    few = [count_page(client, page)["statements"] for page in pages]
    more = [ElevFactory(hold=cast.aase.hold) for _ in range(4)]
    follow(cast, skolehold, *more)
    Fagproeve.objects.update(status="emne")
    for elev in more:
        work = Fagproeve.objects.create(runde=Fagproeverunde.objects.get(), emne="Noget", status="skrives")
        Fagproeveforsoeg.objects.create(elev=elev, fagproeve=work)
    Fagproeveforsoeg.objects.filter(elev__in=more[:2]).update(fagproeve=work_of(cast.aase))
    many = [count_page(client, page)["statements"] for page in pages]
    assert few[0] == many[0] <= 12
    # A look is written down for each of the group; all else is the same.
    assert few[1] <= 12 and many[1] - few[1] == 2, (few, many)
    for person in (cast.vejleder, cast.aase.bruger):
        assert count_page(as_user(person), url("fagproeve", cast.aase))["statements"] <= 12 + 2
