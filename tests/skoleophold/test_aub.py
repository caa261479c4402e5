"""The AUB register: what is expected, how far it has come, and what is told in time."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from afdelinger.models import Bruger
from elevforloeb.core.errors import StaleError
from elevforloeb.core.letters import write
from elevforloeb.core.models import Haendelse, Mail, Regel
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev
from elevforloeb.project.persondata import export
from elevforloeb.project.sletning import erase_person
from elevforloeb.queries.handling import ERASURES, find_things
from elevforloeb.queries.sletning import frist, overdue
from skoleophold.forms.aub import AubraekkeForm
from skoleophold.models import Aub, Aubsats, Skolehold, Skoleophold
from skoleophold.queries.aub import Tilstand, find_lines, get_satser, lines_of, stays, total
from skoleophold.queries.handling_aub import WING
from skoleophold.services.aub import aub_version, remove_sats, save_aub, set_sats
from skoleophold.services.aubpaamindelser import remind_about_aub
from skoleophold.services.kalender import set_fremmoede
from tests.factories import TODAY
from tests.skole_steps import class_at_school, periode, sats, save, stay_of, write_aub


def live_on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


ENDED = date(2027, 9, 17)
ALL = {"til_stede": 10, "syg": 0, "ulovligt": 0}


@pytest.fixture
def stay(scene) -> Skoleophold:
    return scene(stay_in_september)


def stay_in_september(cast) -> Skoleophold:
    """Åse's two weeks."""
    class_at_school(cast)
    sats()
    return stay_of(cast.aase, 1)


@pytest.fixture
def staff(as_user, cast):
    return as_user(cast.elevansvarlig)


def line_of(stay):
    (found,) = lines_of(stays().filter(pk=stay.pk))
    return found


def test_the_year_is_chosen_and_never_found_from_the_start(cast, stay):
    assert line_of(stay).refusion.beloeb is None and "Vælg uddannelsesåret" in line_of(stay).refusion.trin[-1]
    write_aub(cast, stay, uddannelsesaar=1)
    assert line_of(stay).refusion.beloeb == Decimal("6220.00")


def test_a_voksenelev_has_her_own_rate_whatever_the_year(cast, stay):
    sats("voksen", "5480")
    Elev.objects.filter(pk=cast.aase.pk).update(voksenelev=True)
    assert line_of(stay).refusion.beloeb == Decimal("10960.00")


def test_the_way_of_a_refund_and_a_difference_that_is_marked_and_accepted(cast, stay):
    set_fremmoede(cast.elevansvarlig, rows=[(stay, ALL)])
    seen = [line_of(stay).tilstand]
    steps = [
        {"uddannelsesaar": 1, "brev_modtaget": date(2027, 9, 27)},
        {"brev_tjekket": date(2027, 9, 28)},
        {"udbetalt": Decimal("3110"), "udbetalt_dato": date(2027, 10, 11)},
        {"afsluttet": TODAY, "note": "Merit: kun en uge."},
    ]
    for felter in steps:
        write_aub(cast, stay, **felter)
        seen.append(line_of(stay).tilstand)
    t = Tilstand
    assert seen == [t.BREV, t.TJEK, t.BETALING, t.AFVIGER, t.FAERDIG]
    assert line_of(stay).forskel == Decimal("-3110.00")
    write_aub(cast, stay, afsluttet=None, udbetalt=Decimal("6220.40"))
    assert line_of(stay).tilstand == t.FAERDIG  # less than a krone is rounding


def test_the_deadline_is_three_years_after_the_last_day_and_then_it_is_too_late(cast, stay):
    assert line_of(stay).frist == date(2030, 9, 17)
    with live_on(date(2030, 9, 17)):
        assert line_of(stay).tilstand == Tilstand.BREV and line_of(stay).frist_er_naer
    with live_on(date(2030, 9, 18)):
        assert line_of(stay).tilstand == Tilstand.FOR_SENT and total([line_of(stay)]).udestaaende == 0


@pytest.mark.parametrize(
    ("felter", "words"),
    [
        ({"brev_tjekket": date(2027, 9, 28)}, "først være tjekket, når det er kommet"),
        ({"brev_modtaget": date(2027, 9, 28), "brev_tjekket": date(2027, 9, 27)}, "først være tjekket"),
        ({"udbetalt_dato": date(2027, 9, 28)}, "hvad der blev udbetalt"),
        ({"brev_modtaget": TODAY + timedelta(days=1)}, "tidligere dag"),
    ],
)
def test_what_cannot_be_is_refused(cast, stay, felter, words):
    with pytest.raises(ValidationError, match=words):
        write_aub(cast, stay, **felter)


def test_two_who_write_at_once_do_not_overwrite_each_other_and_no_amount_is_in_the_history(cast, stay):
    empty = aub_version(Aub())
    write_aub(cast, stay, ugeloen=Decimal("2987.65"))
    fields = dict.fromkeys(["uddannelsesaar", "ugeloen"]) | {"note": "Min"}
    with pytest.raises(StaleError):
        save_aub(cast.elevansvarlig, ophold=stay, version=empty, **fields)
    told = Haendelse.objects.filter(handling="aub.gemt").get()
    assert "2987" not in told.tekst + str(told.data)
    assert export(cast.aase.bruger)["AUB-refusioner"][0]["ugeløn"] == "2987.65"


# --- rates ---


def test_a_rate_of_a_past_year_goes_in_between_and_its_removal_gives_the_days_back(cast, db):
    actor = cast.elevansvarlig
    for year, amount in ((2024, "3110"), (2027, "3400"), (2025, "3200")):
        set_sats(actor, art="1", beloeb=Decimal(amount), fra=date(year, 1, 1), kilde="test")
    rows = list(Aubsats.objects.order_by("periode"))
    assert [(row.startdato.year, row.slutdato and row.slutdato.year) for row in rows] == [
        (2024, 2025), (2025, 2027), (2027, None),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="Der er en sats fra"):
        set_sats(actor, art="1", beloeb=Decimal("1"), fra=date(2027, 1, 1), kilde="test")
    remove_sats(actor, sats=rows[1])
    assert Aubsats.objects.order_by("periode").first().slutdato == date(2027, 1, 1)
    assert not get_satser()[0].er_gammel


def test_the_rates_of_a_year_are_written_in_one_go_from_the_warning_on_the_register(staff, cast, stay):
    Aubsats.objects.all().delete()
    sats("1", "3110", date(2024, 1, 1))
    sats("voksen", "5480", date(2024, 1, 1))
    write_aub(cast, stay, uddannelsesaar=1)
    url = reverse("aub_satser_aar")
    assert "Satserne er fra 2024" in (page := staff.get(reverse("aub")).content.decode()) and f'href="{url}"' in page
    assert "Nu 3.110,00 kr. fra 1. januar 2024." in staff.get(url).content.decode()
    data = {"fra": "2027-01-01", "kilde": "virk.dk, satser for 2027", "sats_1": "3.400", "sats_voksen": "5.900"}
    assert staff.post(url, data | {"sats_voksen": "mange"}).status_code == 422
    assert staff.post(url, data | {"sats_1": "", "sats_voksen": ""}).status_code == 422
    assert Aubsats.objects.count() == 2
    assert staff.post(url, data).status_code == 302
    assert line_of(stay).refusion.beloeb == Decimal("6800.00")
    assert "Satserne er fra" not in staff.get(reverse("aub")).content.decode()
    again = staff.post(url, data | {"sats_2": "3.600"})
    assert again.status_code == 422 and "for 1. uddannelsesår og Voksenelev" in again.content.decode()
    assert not Aubsats.objects.filter(art="2").exists()


def test_the_rate_of_the_first_day_of_the_stay_counts(cast, stay):
    write_aub(cast, stay, uddannelsesaar=1)
    set_sats(cast.elevansvarlig, art="1", beloeb=Decimal("9999"), fra=date(2027, 9, 7), kilde="test")
    assert line_of(stay).refusion.beloeb == Decimal("6220.00")
    Aubsats.objects.filter(periode__startswith=date(2027, 1, 1)).delete()
    assert "Der er ingen sats for 1. uddannelsesår" in line_of(stay).refusion.trin[-1]


# --- the pages ---


def test_the_register_shows_what_is_to_be_done_filters_and_sums(staff, cast, stay):
    write_aub(cast, stay, uddannelsesaar=1, udbetalt=Decimal("6220"))
    page = staff.get(reverse("aub")).content.decode()
    assert "Bo Berg" in page and "Åse Ærlig" not in page  # Åse's is settled
    assert "Skoleophold 2" not in page  # not over yet
    done = staff.get(reverse("aub"), {"status": "faerdig", "hold": cast.aase.hold_id, "aar": "1"})
    assert "Åse Ærlig" in done.content.decode() and done.context["sum"].udbetalt == Decimal("6220")
    assert staff.get(reverse("aub"), {"status": "vrøvl", "skolehold": "x", "sort": "'"}).status_code == 200
    assert [line.ophold.elev for line in find_lines(status="alle", sort="elev")][:1] == [cast.bo]


def test_one_refund_is_written_on_its_page_and_an_amount_of_letters_is_refused(staff, cast, stay):
    url = reverse("aub_ret", args=[stay.pk])
    version = staff.get(url).context["form"].initial["version"]
    wrong = staff.post(url, {"udbetalt": "mange", "version": version})
    assert wrong.status_code == 422 and "som et tal, fx" in wrong.content.decode()
    data = {"uddannelsesaar": "2", "ugeloen": "3.100,50", "udbetalt": "0", "version": version}
    assert staff.post(url, data).status_code == 302
    aub = Aub.objects.get()
    assert (aub.uddannelsesaar, aub.ugeloen, aub.udbetalt) == (2, Decimal("3100.50"), 0)
    assert staff.post(url, data | {"udbetalt": "5"}).status_code == 409


def test_a_period_is_written_in_one_table_all_of_it_or_nothing(staff, cast, stay):
    url = reverse("aub_periode", args=[stay.skoleperiode_id])
    other = stay_of(cast.bo, 1)
    write_aub(cast, other, note="Bliver stående")
    versions = {f"{form.prefix}-version": form.initial["version"] for _, form in staff.get(url).context["raekker"]}
    data = versions | {f"o{stay.pk}-uddannelsesaar": "1", f"o{other.pk}-uddannelsesaar": "2"}
    wrong = staff.post(url, data | {f"o{other.pk}-brev_tjekket": "2027-10-01"})
    assert wrong.status_code == 422 and "Bo Berg: Brevet kan først" in wrong.content.decode()
    assert Aub.objects.count() == 1 and Aub.objects.get().uddannelsesaar is None
    assert staff.post(url, data).status_code == 302
    found = {row.skoleophold.elev: (row.uddannelsesaar, row.note) for row in Aub.objects.all()}
    assert found == {cast.aase: (1, ""), cast.bo: (2, "Bliver stående")}
    assert staff.post(url, data | {f"o{stay.pk}-udbetalt": "5"}).status_code == 409


def test_the_table_of_a_period_of_three_hundred_elever_can_be_sent(staff, cast, stay):
    fields = {f"o{elev}-{name}": "" for elev in range(900_000, 900_300) for name in AubraekkeForm.base_fields}
    assert len(fields) > 1000
    assert staff.post(reverse("aub_periode", args=[stay.skoleperiode_id]), fields).status_code != 400


def test_the_sheet_has_amounts_as_amounts(staff, cast, stay):
    write_aub(cast, stay, uddannelsesaar=1)
    book = load_workbook(BytesIO(staff.get(reverse("aub_excel"), {"sort": "elev"}).content))
    heading, _, row = list(book.active.iter_rows(values_only=True))
    cells = dict(zip(heading, row, strict=True))
    assert (cells["Elev"], cells["Forventet"], cells["Uger"]) == ("Åse Ærlig", 6220, 2)
    assert "3.110,00 kr." in cells["Sådan er det regnet"]


# --- what is told ---


def todo() -> list[str]:
    return [each.titel for each in find_things(rules(), [WING])]


def test_three_weeks_after_school_the_check_is_due_until_it_is_done(cast, stay):
    assert todo() == ["Tjek AUB for 2 elever på KOF 27-2, Skoleophold 1"]
    with live_on(ENDED + timedelta(days=20)):
        assert todo() == []
    for elev in (cast.aase, cast.bo):
        write_aub(cast, stay_of(elev, 1), brev_modtaget=ENDED, brev_tjekket=ENDED)
    assert todo() == []


def test_well_before_the_deadline_somebody_is_told_once_and_not_when_it_is_paid(cast, stay):
    write_aub(cast, stay_of(cast.bo, 1), udbetalt=Decimal(0))
    with live_on(date(2030, 9, 17) - timedelta(days=180)):
        assert todo() == ["AUB for 1 elev på KOF 27-2, Skoleophold 1, er ikke udbetalt"]
        remind_about_aub()
        remind_about_aub()
    mail = Mail.objects.get()
    assert (mail.skabelon, mail.modtager) == ("aub_frist", cast.elevansvarlig)
    with live_on(date(2030, 9, 18)):
        assert not any("Skoleophold 1" in title for title in todo())


def test_the_letter_is_not_sent_when_all_is_checked_in_the_meantime(cast, stay, settings):
    remind_about_aub()
    mail = Mail.objects.get(skabelon="aub_tjek")
    letter = write(mail)
    assert "KOF 27-2" in letter.tekst and "Åse" not in letter.tekst + letter.emne
    for elev in (cast.aase, cast.bo):
        write_aub(cast, stay_of(elev, 1), afsluttet=TODAY)
    assert write(mail) is None


@pytest.mark.parametrize("udbetalt", ["0", "3110", "6219.01", "6219", "6220", "6220.99", "6221", "5000"])
@pytest.mark.parametrize("there", [None, {"til_stede": 8, "syg": 1, "ulovligt": 1}])
@pytest.mark.parametrize("ugeloen", [None, "3000.50"])
def test_an_amount_that_differs_stands_on_the_front_page_exactly_when_the_register_marks_it(
    cast, stay, udbetalt, there, ugeloen
):
    if there:
        set_fremmoede(cast.elevansvarlig, rows=[(stay, there)])
    write_aub(cast, stay_of(cast.bo, 1), afsluttet=TODAY)
    write_aub(cast, stay, uddannelsesaar=1, ugeloen=ugeloen and Decimal(ugeloen), udbetalt=Decimal(udbetalt))
    marked = ["AUB har betalt et andet beløb end ventet for 1 elev på KOF 27-2, Skoleophold 1"]
    assert todo() == (marked if line_of(stay).tilstand == Tilstand.AFVIGER else [])


def test_a_voksenelev_is_measured_by_her_own_rate_and_who_has_no_rate_by_none(cast, stay):
    sats("voksen", "5480")
    Elev.objects.update(voksenelev=True)
    write_aub(cast, stay, udbetalt=Decimal(10960), ugeloen_indberettet=TODAY)
    write_aub(cast, stay_of(cast.bo, 1), udbetalt=Decimal(6220), ugeloen_indberettet=TODAY)
    assert todo() == ["AUB har betalt et andet beløb end ventet for 1 elev på KOF 27-2, Skoleophold 1"]
    Aubsats.objects.filter(art="voksen").delete()
    assert todo() == []


# --- how long it is kept ---

OVER = date(2031, 9, 1)  # 24 months after the agreements of the cast


def due_on(person) -> date:
    return frist(Bruger.objects.all(), person.pk).forfald


def at_school_at_the_end(cast) -> Skoleophold:
    """Åse's last stay ends a week before her agreement: the deadline is three years later."""
    skolehold = Skolehold.objects.get()
    save(cast, periode(skolehold, 9, date(2029, 8, 13), date(2029, 8, 24)))
    return stay_of(cast.aase, 9)


def test_a_course_is_kept_until_the_last_refund_is_paid_finished_or_too_late(cast, stay):
    last = at_school_at_the_end(cast)
    assert due_on(cast.aase.bruger) == date(2032, 8, 25)
    assert frist(Bruger.objects.all(), cast.aase.bruger.pk).hensyn
    write_aub(cast, last, afsluttet=TODAY)
    assert due_on(cast.aase.bruger) == OVER  # the others are too late by then anyway
    write_aub(cast, last, afsluttet=None, udbetalt=Decimal(0))
    assert due_on(cast.aase.bruger) == OVER


def test_a_rule_says_whether_a_course_waits_for_its_refunds(cast, stay):
    at_school_at_the_end(cast)
    Regel.objects.filter(noegle="slet_venter_paa_aub").update(vaerdi=0)
    assert due_on(cast.aase.bruger) == OVER
    assert frist(Bruger.objects.all(), cast.aase.bruger.pk).hensyn is None


def test_the_front_page_asks_to_erase_nobody_who_is_kept_for_a_refund(cast, stay):
    at_school_at_the_end(cast)
    asked = []
    for waits in (1, 0):
        Regel.objects.filter(noegle="slet_venter_paa_aub").update(vaerdi=waits)
        with live_on(OVER):
            due = overdue(Bruger.objects.filter(slettet=None)).count()
            (line,) = find_things(rules(), [ERASURES])
        assert f" {due} person" in line.titel
        asked.append(due)
    assert asked[1] == asked[0] + 2  # the two of the class


def test_who_is_kept_for_a_refund_is_not_erased_and_the_page_says_why(cast, stay, as_user):
    at_school_at_the_end(cast)
    person = cast.aase.bruger
    with live_on(OVER):
        staff = as_user(cast.elevansvarlig)
        page = staff.get(reverse("sletning"))
        assert {each.person for each in page.context["liste"].venter} == {person, cast.bo.bruger}
        assert "Refusionen fra AUB" in page.content.decode()
        assert (
            "ikke kun til 1. september 2031" in staff.get(reverse("sletning_person", args=[person.pk])).content.decode()
        )
        with pytest.raises(ValidationError, match="Fristen er ikke nået"):
            erase_person(None, person=person)
    with live_on(date(2032, 8, 25)):
        erase_person(None, person=person)
    assert not Aub.objects.filter(skoleophold__elev__bruger=person).exists()


def test_the_first_stay_of_a_voksenelev_warns_until_her_pay_is_at_virk(staff, cast, stay):
    Elev.objects.filter(pk=cast.bo.pk).update(voksenelev=True)
    first, second = stay_of(cast.bo, 1), stay_of(cast.bo, 2)
    assert "Skriv ugelønnen for Bo Berg ind på virk.dk" in todo()
    assert line_of(first).mangler_ugeloen and not line_of(second).mangler_ugeloen
    assert "Eleven er voksenelev" in staff.get(reverse("aub_ret", args=[first.pk])).content.decode()
    write_aub(cast, first, ugeloen_indberettet=TODAY)
    assert not line_of(first).mangler_ugeloen and "Skriv ugelønnen for Bo Berg ind på virk.dk" not in todo()


# --- an elev who stops ---


def test_who_stops_in_the_middle_is_refunded_until_then_and_who_stops_before_not_at_all(cast, stay):
    write_aub(cast, stay, uddannelsesaar=1)
    Elev.objects.filter(pk=cast.aase.pk).update(stoppet=date(2027, 9, 13))
    assert line_of(stay).refusion.beloeb == Decimal("3110.00")  # one week of two
    assert line_of(stay).frist == date(2030, 9, 12)
    write_aub(cast, stay, udbetalt=Decimal("3110"))
    assert todo() == ["Tjek AUB for 1 elev på KOF 27-2, Skoleophold 1"]  # Bo's
    Elev.objects.filter(pk=cast.bo.pk).update(stoppet=date(2027, 9, 6))
    assert todo() == []
    assert [line.ophold.elev for line in find_lines(status="alle")] == [cast.aase]
    assert due_on(cast.bo.bruger) == date(2029, 9, 6)
