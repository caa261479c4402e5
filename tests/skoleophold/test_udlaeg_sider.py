"""The pages of expenses: what is written on the phone is kept, what is decided is seen first, the files add up."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from elevforloeb.core.models import Opslag
from skoleophold.models import Bilag, Budget, Udlaeg
from skoleophold.services.budget import budget_version, set_budget
from skoleophold.services.udlaeg import take_back
from tests.core.files import good
from tests.udlaeg_steps import approved, draft, fresh, make_art, paid, receipt, returned, sent


@pytest.fixture
def elev(cast, as_user):
    return as_user(cast.aase.bruger)


@pytest.fixture
def staff(cast, as_user):
    return as_user(cast.elevansvarlig)


def picture(content=None, name="bon.png"):
    return SimpleUploadedFile(name, good.png() if content is None else content)


def form(**changes) -> dict:
    facts = {"art": make_art().pk, "dato": "2027-10-01", "beloeb": "1.234,50", "formaal": "Lærebog"}
    return facts | {"noegle": str(uuid4()), "version": ""} | changes


def text_of(response) -> str:
    return response.content.decode()


# --- the elev ------------------------------------------------------------------------------------------------------


def test_an_expense_is_written_and_sent_in_one_go_with_several_files(elev):
    data = form(bilag=[picture(), picture(good.pdf(), "bon.pdf")], send="1")
    assert elev.post(reverse("udlaeg_nyt"), data).status_code == 302
    row = Udlaeg.objects.get()
    assert (row.status, row.beloeb, row.bilag.count()) == ("sendt", Decimal("1234.50"), 2)


def test_a_photo_is_kept_when_the_rest_has_to_be_mended(elev):
    answer = elev.post(reverse("udlaeg_nyt"), form(beloeb="-3", dato="2027-10-01", foto=picture(), send="1"))
    row = Udlaeg.objects.get()
    assert answer.status_code == 422 and "uden minus" in text_of(answer)
    assert (row.status, row.beloeb, row.formaal, row.bilag.count()) == ("kladde", None, "Lærebog", 1)
    assert f'action="{reverse("udlaeg_ret", args=[row.pk])}"' in text_of(answer)
    mended = form(noegle=str(row.noegle), version=row.version, send="1")
    assert elev.post(reverse("udlaeg_ret", args=[row.pk]), mended).status_code == 302
    assert fresh(row).status == "sendt"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dato": "2027-10-16"}, "ikke ligge i fremtiden"),
        ({"bilag": SimpleUploadedFile("bon.png", b"MZ\x90")}, "program"),
        ({"bilag": SimpleUploadedFile("bon.pdf", b"")}, "tom"),
        ({"bilag": SimpleUploadedFile("bon.pdf", b"not a receipt")}, "PDF, JPG eller PNG"),
        ({"formaal": ""}, "hvad det er til"),
        ({"km": "-1"}, "1 eller mere"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_not_sent(elev, change, words):
    answer = elev.post(reverse("udlaeg_nyt"), form(send="1") | {"bilag": picture()} | change)
    assert answer.status_code == 422 and words in text_of(answer)
    assert not Udlaeg.objects.filter(status="sendt").exists()


def test_a_double_click_sends_one_expense(elev):
    data = form(send="1")
    for _ in range(2):
        answer = elev.post(reverse("udlaeg_nyt"), data | {"bilag": picture()})
        assert answer.status_code == 302
    assert Udlaeg.objects.count() == Bilag.objects.count() == 1


def test_an_old_page_with_other_words_does_not_overwrite(elev, cast):
    row = draft(cast.aase)
    data = form(noegle=str(row.noegle), version="0", formaal="Fra i går", gem="1")
    answer = elev.post(reverse("udlaeg_ret", args=[row.pk]), data)
    assert answer.status_code == 409 and "Nu står der" in text_of(answer) and fresh(row).formaal == "Lærebog"


def test_my_list_says_what_is_to_be_done_and_what_is_paid(elev, cast):
    make_art(betales="Bøger på skolens liste", kilde="Personalehåndbogen")
    assert "Du har ingen udlæg endnu" in text_of(elev.get(reverse("mine_udlaeg")))
    returned(cast, cast.aase, grund="Bonen kan ikke læses")
    sent(cast.bo, formaal="Bos bog")
    page = text_of(elev.get(reverse("mine_udlaeg")))
    assert "Bonen kan ikke læses" in page and "Personalehåndbogen" in page and "Bos bog" not in page


# --- the elevansvarlig ---------------------------------------------------------------------------------------------


def test_the_filters_come_back_but_not_the_name_that_was_searched(staff, cast):
    sent(cast.aase, formaal="Åses bog")
    sent(cast.bo, formaal="Bos bog")
    page = text_of(staff.get(reverse("udlaeg_liste"), {"q": "berg", "sort": "navn"}))
    assert "Bos bog" in page and "Åses bog" not in page
    again = staff.get(reverse("udlaeg_liste"))
    assert again.status_code == 302 and again.url.endswith("?sort=navn")


def test_several_are_looked_at_and_approved_as_they_were_seen(staff, cast):
    rows = [sent(cast.aase), sent(cast.bo)]
    url = reverse("udlaeg_godkend_flere")
    page = text_of(staff.get(url, {"valgt": [row.pk for row in rows]}))
    assert "480,00 kr." in page
    seen = [f"{row.pk}.{row.version}" for row in rows]
    stale = staff.post(url, {"valgt": [seen[0], f"{rows[1].pk}.99"]})
    assert stale.status_code == 409 and "ikke godkendt noget" in text_of(stale)
    assert staff.post(url, {"valgt": seen}).status_code == 302
    assert set(Udlaeg.objects.values_list("status", flat=True)) == {"godkendt"}


def test_the_receipt_is_shown_and_each_look_is_logged(staff, cast):
    row = sent(cast.aase)
    assert "Send retur" in text_of(staff.get(reverse("udlaeg", args=[row.pk])))
    answer = staff.get(reverse("bilag", args=[row.bilag.get().pk]))
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("inline")
    looks = Opslag.objects.filter(person=cast.aase.bruger).values_list("art", "side")
    assert set(looks) == {("vis", "udlaeg"), ("hent", "bilag")}


def test_a_return_needs_a_reason_and_leads_to_the_next(staff, cast):
    row, following = sent(cast.aase), sent(cast.bo)
    url = reverse("udlaeg_returner", args=[row.pk])
    assert staff.post(url, {"version": row.version, "grund": ""}).status_code == 422
    answer = staff.post(url, {"version": row.version, "grund": "Datoen mangler"})
    assert answer.url == reverse("udlaeg", args=[following.pk]) and fresh(row).status == "returneret"


def test_who_decides_on_what_was_taken_back_is_told_so(staff, cast):
    row = sent(cast.aase)
    take_back(cast.aase.bruger, udlaeg=row)
    answer = staff.post(reverse("udlaeg_godkend", args=[row.pk]), {"version": row.version}, follow=True)
    assert "Eleven er ved at rette udlægget" in text_of(answer)
    assert staff.get(reverse("udlaeg", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("name", ["udlaeg", "mine_udlaeg", "udlaeg_ret", "udbetaling", "udbetaling_ny", "budget"])
def test_pages_take_at_most_twelve_statements(name, as_user, cast, django_assert_max_num_queries):
    for _ in range(3):
        made = paid(cast, approved(cast, cast.aase))
        approved(cast, cast.bo)
    rows = {"udlaeg": sent(cast.bo), "udlaeg_ret": draft(cast.aase), "udbetaling": made}
    client = as_user(cast.aase.bruger if name in ("mine_udlaeg", "udlaeg_ret") else cast.elevansvarlig)
    url = reverse(name, args=[rows[name].pk] if name in rows else [])
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200


# --- files and budget ----------------------------------------------------------------------------------------------


def test_the_files_hold_each_expense_and_the_total_and_no_formula(staff, cast):
    rows = [approved(cast, cast.aase, formaal="=1+1", beloeb=Decimal("1234.50")), approved(cast, cast.bo)]
    made = paid(cast, *rows)
    text = staff.get(reverse("udbetaling_csv", args=[made.pk])).content.decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert [line["Udbetales"] for line in lines] == ["240,00", "1234,50", "1474,50"]
    assert lines[1]["Hvad"] == "'=1+1" and lines[1]["Dato"] == "01-10-2027"
    book = openpyxl.load_workbook(BytesIO(staff.get(reverse("udbetaling_excel", args=[made.pk])).content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells} and 1474.5 in [cell.value for cell in cells]
    assert [sheet.title for sheet in book] == [f"Udbetaling {made.pk}", "Pr. elev", "Pr. art"]


def test_the_budget_says_what_is_used_left_and_too_much(staff, cast):
    art = make_art()
    paid(cast, approved(cast, cast.aase))
    approved(cast, cast.bo)
    sent(cast.bo)
    for frame in ({"hold": cast.aase.hold, "aar": None}, {"hold": None, "aar": 2027}):
        what = {"beloeb": {art: Decimal(400)}, "kilde": "Vedtaget", "version": budget_version(**frame)}
        set_budget(cast.elevansvarlig, **frame, **what)
    for frame in ("aar-2027", f"hold-{cast.aase.hold_id}"):
        side = staff.get(reverse("budget"), {"ramme": frame}).context["side"]
        (line,) = side.linjer
        assert (line.forbrug.udbetalt, line.forbrug.godkendt, line.forbrug.venter) == (240, 240, 240)
        assert (line.tilbage, line.overskredet) == (-80, 80)
        assert [(str(elev), used.brugt) for elev, used in side.elever] == [("Bo Berg", 240), ("Åse Ærlig", 240)]
    assert "-80,00 kr." in text_of(staff.get(reverse("budget"))) and "Overskredet" in text_of(
        staff.get(reverse("budget"))
    )


def test_two_who_set_the_same_budget_do_not_overwrite_each_other(staff, cast):
    art = make_art()
    url = f"{reverse('budget_ret')}?ramme=aar-2027"
    seen = staff.get(url).context["form"].initial["version"]
    data = {f"art-{art.pk}": "500", "kilde": "Vedtaget", "version": seen}
    assert staff.post(url, data).status_code == 302
    assert staff.post(url, data | {f"art-{art.pk}": "900"}).status_code == 409
    assert Budget.objects.get().beloeb == 500


def test_a_kind_of_cost_is_written_and_corrected(staff):
    data = {"navn": "Bøger", "kode": "boeger", "betales": "Bøger", "startdato": "2027-01-01", "kilde": "Håndbogen"}
    assert staff.post(reverse("udgiftsart_ny"), data | {"loft": "1.000"}).status_code == 302
    assert staff.post(reverse("udgiftsart_ny"), data).status_code == 422
    art = make_art()
    url = reverse("udgiftsart_ret", args=[art.pk])
    seen = staff.get(url).context["form"].initial
    for status, loft in ((302, "1.500,00"), (409, "9")):
        answer = staff.post(url, data | {"version": seen["version"], "loft": loft, "sidste_dag": ""})
        assert answer.status_code == status
    art.refresh_from_db()
    assert art.loft == 1500


def test_a_receipt_waits_in_quarantine_and_is_not_shown(staff, cast):
    row = sent(cast.aase, filer=[receipt()])
    fil = row.bilag.get().fil
    fil.tilstand = "karantaene"
    fil.save()
    page = text_of(staff.get(reverse("udlaeg", args=[row.pk])))
    assert "Venter på at blive scannet" in page and "bilagsbillede" not in page
