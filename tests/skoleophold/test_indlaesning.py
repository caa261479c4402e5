"""A list from the school: judged line by line, saved whole as it was shown, or not at all."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from elevforloeb.core.errors import StaleError
from skoleophold.filer import period_number
from skoleophold.models import Indlaesning, Karakter, Skoleperiode
from skoleophold.queries.foelger import find_skift, stand
from skoleophold.queries.linjer import counts
from skoleophold.services.indlaesning import confirm, forget_files, judged_again, lines_of
from skoleophold.services.karakterer import add_karakter
from tests.factories import BrugerFactory, ElevFactory
from tests.skole_steps import (
    class_at_school,
    first_period,
    give,
    make_class,
    make_fag,
    read,
    reasons,
    school_of,
    verdicts,
)

PERIODS = "Hold;Nr;Første dag;Sidste dag;Sted\n"
GRADES = "Elev;E-mail;Fag;Skoleophold;Karakter;Dato\n"


def save(cast, found: Indlaesning) -> dict:
    was = ""
    if found.art == Indlaesning.Art.PERIODER:
        was = stand(find_skift(judged_again(found)[1]))
    return confirm(cast.elevansvarlig, indlaesning=found, was=was)


# --- periods ------------------------------------------------------------------------------------------------------


def test_lines_are_new_changed_and_unchanged_and_saved_together_with_the_calendars(cast, scene):
    scene(class_at_school)
    text = PERIODS + "KOF 27-2;1;06-09-2027;17-09-2027;Lokale 1\nkof 27-2;2;17-01-2028;28-01-2028;\n"
    found = read(cast, "perioder", text + "KOF 27-2;3;02-05-2028;12-05-2028;Lokale 2\n")
    assert verdicts(found) == [(2, "uaendret"), (3, "aendret"), (4, "ny")]
    assert found.linjer[1]["tekst"] == "Skoleophold 2, 17.–28. jan. 2028 (før 10.–28. jan. 2028)"
    assert save(cast, found) == {"fejl": 0, "ny": 1, "aendret": 1, "uaendret": 1}
    assert school_of(cast.bo) == [
        "Skoleophold 1 06-09-2027 17-09-2027",
        "Skoleophold 2 17-01-2028 28-01-2028",
        "Skoleophold 3 02-05-2028 12-05-2028",
    ]
    assert not Indlaesning.objects.exists()


def test_wrong_lines_say_why_and_nothing_of_the_file_is_saved(cast, scene):
    scene(class_at_school)
    lines = [
        "KOF 27-3;1;01-05-2028;12-05-2028;",
        "KOF 27-2;3;12-05-2028;01-05-2028;",
        "KOF 27-2;4;31-02-2028;12-03-2028;",
        "KOF 27-2;5;20-01-2028;04-02-2028;",
        "KOF 27-2;6;05-06-2028;16-06-2028;",
        "KOF 27-2;6;19-06-2028;23-06-2028;",
        "KOF 27-2;x;01-08-2028;02-08-2028;",
        ";7;01-08-2028;02-08-2028;",
        "KOF 27-2;8;01-08-2028;01-08-2029;",
        f"KOF 27-2;9;07-08-2028;08-08-2028;{'å' * 201}",
    ]
    found = read(cast, "perioder", PERIODS + "\n".join(lines))
    why = reasons(found)
    assert "findes ikke. Opret det, eller ret navnet. Mente du “KOF 27-2”?" in why[2]
    assert "ligger før første dag" in why[3]
    assert "Første dag: “31-02-2028” er ikke en dato" in why[4]
    assert why[5] == "Dagene overlapper Skoleophold 2, 10.–28. jan. 2028, i systemet"
    assert 6 not in why and why[7] == "KOF 27-2 nr. 6 står også på linje 6"
    assert "ikke et nummer" in why[8] and "mangler" in why[9] and "over 200 dage" in why[10] and "201" in why[11]
    with pytest.raises(ValidationError, match="skal rettes"):
        save(cast, found)
    assert Skoleperiode.objects.count() == 2


def test_a_line_that_comes_second_changes_nothing_of_what_the_first_says(cast):
    make_class(cast)
    days = ["4;11-09-2028;15-09-2028", "4;18-09-2028;06-10-2028", "5;14-09-2028;19-09-2028"]
    found = read(cast, "perioder", PERIODS + "\n".join(f"KOF 27-2;{each};" for each in days))
    assert reasons(found) == {
        3: "KOF 27-2 nr. 4 står også på linje 2",
        4: "Dagene overlapper Skoleophold 4, 11.–15. sep. 2028, på linje 2",
    }


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Skoleophold 4", "4"),
        ("KOF 27-2 Skoleophold 1", "1"),
        ("KOF 27-2, skoleperiode nr. 3 (uge 41-43)", "3"),
        ("2. skoleophold", "2"),
        ("Ophold 5", "5"),
        ("KOF 27-2", ""),
        ("Skole 2027", ""),
        ("Valgfag", ""),
    ],
)
def test_the_number_of_a_period_is_told_from_those_of_the_class_and_the_weeks(title, number):
    assert period_number(title) == number


def test_weeks_stand_for_days_also_over_new_year(cast):
    make_class(cast)
    found = read(cast, "perioder", "Hold;Nr;Uge;År\nKOF 27-2;1;41-43;2027\nKOF 27-2;2;52-1;2027\nKOF 27-2;3;60;2027\n")
    assert [linje["tekst"] for linje in found.linjer[:2]] == [
        "Skoleophold 1, 11.–29. okt. 2027",
        "Skoleophold 2, 27. dec. 2027 – 7. jan. 2028",
    ]
    assert reasons(found) == {4: "Uge 60 i år “2027” findes ikke"}


def test_a_column_that_the_file_does_not_have_leaves_what_stands_there(cast, scene):
    scene(class_at_school)
    found = read(cast, "perioder", "Hold;Nr;Fra;Til;Indkaldelse\nKOF 27-2;1;06-09-2027;17-09-2027;09-08-2027\n")
    save(cast, found)
    row = Skoleperiode.objects.get(nr=1)
    assert (row.sted, row.indkaldt) == ("Lokale 1", date(2027, 8, 9))


def test_a_calendar_file_gets_its_class_from_the_form(cast):
    make_class(cast)
    event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Skoleophold 4\nDTSTART;VALUE=DATE:20280904\nDTEND;VALUE=DATE:20280916"
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    save(cast, read(cast, "perioder", text, standard={"skolehold": "KOF 27-2"}))
    row = Skoleperiode.objects.get()
    assert (row.nr, str(row), row.startdato, row.sidste_dag) == (
        4, "Skoleophold 4", date(2028, 9, 4), date(2028, 9, 15)
    )  # fmt: skip


def test_what_is_saved_is_what_was_shown_or_nothing(cast, scene):
    scene(class_at_school)
    found = read(cast, "perioder", PERIODS + "KOF 27-2;3;01-05-2028;12-05-2028;\n")
    make_now = read(cast, "karakterer", GRADES + "Bo Berg;;Findes ikke;1;7;\n")  # another kind leaves the first alone
    assert Indlaesning.objects.count() == 2 and make_now.art == "karakterer"
    Skoleperiode.objects.filter(nr=2).update(nr=3)
    with pytest.raises(StaleError):
        save(cast, found)
    assert Skoleperiode.objects.count() == 2


# --- grades -------------------------------------------------------------------------------------------------------


def test_grades_are_found_by_name_or_mail_and_read_as_a_spreadsheet_writes_them(cast, scene):
    scene(class_at_school)
    make_fag()
    text = GRADES + f"bo berg;;LOV;1;2;17-09-2027\n;{cast.aase.bruger.email.upper()};lovgivning;slut;0;\n"
    save(cast, read(cast, "karakterer", text))
    found = {(row.elev, row.hvornaar): row.vaerdi for row in Karakter.objects.all()}
    assert found == {(cast.bo, "Skoleophold 1"): "02", (cast.aase, "Slutkarakter"): "00"}


def test_a_grade_that_is_there_is_changed_or_unchanged(cast, scene):
    one = first_period(scene(class_at_school))
    give(cast, cast.bo, "4", skoleperiode=one)
    give(cast, cast.aase, "00", skoleperiode=one, dato=date(2027, 9, 17))
    Karakter.objects.filter(elev=cast.aase).update(fulgt_op=date(2027, 10, 1))
    found = read(cast, "karakterer", GRADES + "Bo Berg;;LOV;1;4;\nÅse Ærlig;;LOV;1;02;\n")
    assert verdicts(found) == [(2, "uaendret"), (3, "aendret")]
    assert found.linjer[1]["tekst"] == "Lovgivning, skoleophold 1: 02 (før 00)"
    save(cast, found)
    row = Karakter.objects.get(elev=cast.aase)
    assert (row.vaerdi, row.fulgt_op, row.dato) == ("02", None, date(2027, 9, 17))


def test_wrong_grades_say_why(cast, scene):
    scene(class_at_school)
    make_fag()
    make_fag("EUI", "EU", skala="bestaaet", bundet=False)
    ElevFactory(bruger=BrugerFactory(navn="Bo Tvilling"))
    ElevFactory(bruger=BrugerFactory(navn="Bo Tvilling"))
    lines = [
        "Bo Bergg;;LOV;1;7;", ";ukendt@example.invalid;LOV;1;7;", "Bo Tvilling;;LOV;1;7;", "Bo Berg;;LOVG;1;7;",
        "Bo Berg;;LOV;9;7;", "Bo Berg;;LOV;2;7;", "Bo Berg;;LOV;1;13;", "Bo Berg;;EU;1;7;", "Bo Berg;;LOV;;7;",
        "Bo Berg;;LOV;1;7;01-12-2027", "Bo Berg;;LOV;1;7;", "Bo Berg;;Lovgivning;1;10;", ";;LOV;1;7;",
        "Bo Berg;;LOV;1;;",
    ]  # fmt: skip
    why = reasons(read(cast, "karakterer", GRADES + "\n".join(lines)))
    words = [
        "Ingen elev hedder Bo Bergg. Mente du “Bo Berg”?", "Ingen elev har e-mailen", "Flere elever hedder",
        "Faget “LOVG” findes ikke", "har ikke noget skoleophold 9", "er ikke begyndt endnu",
        "“13” er ikke en karakter i Lovgivning. Brug 12, 10, 7, 4, 02, 00, -3",
        "“7” er ikke en karakter i EU. Brug Bestået, Ikke bestået", "Skriv, hvilket skoleophold", "fremtiden",
        None, "Den samme karakter står også på linje 12", "navn eller e-mail mangler", "Karakteren mangler",
    ]  # fmt: skip
    assert {nr: text in why.get(nr, "") if text else nr not in why for nr, text in enumerate(words, start=2)} == (
        dict.fromkeys(range(2, 16), True)
    )


def test_a_grade_written_meanwhile_stops_the_saving(cast, scene):
    one = first_period(scene(class_at_school))
    fag = make_fag()
    found = read(cast, "karakterer", GRADES + "Bo Berg;;LOV;1;4;\n")
    add_karakter(cast.bo.bruger, elev=cast.bo, fag=fag, skoleperiode=one, vaerdi="10")
    with pytest.raises(StaleError):
        save(cast, found)
    assert Karakter.objects.get().vaerdi == "10"


def test_a_file_that_nobody_saved_is_forgotten_after_two_days(cast, scene):
    scene(class_at_school)
    read(cast, "karakterer", GRADES + "Bo Berg;;LOV;1;4;\n")
    forget_files()
    assert Indlaesning.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=1)):
        forget_files()
    assert not Indlaesning.objects.exists()


def test_five_thousand_lines_are_judged_in_a_few_statements(cast, scene, django_assert_max_num_queries):
    scene(class_at_school)
    fag = [make_fag(f"F{nr}", f"Fag {nr}") for nr in range(5)]
    lines = [f"Bo Berg;;{fag[nr % 5].kode};{nr % 3};{nr}" for nr in range(5000)]
    with django_assert_max_num_queries(14):
        found = read(cast, "karakterer", GRADES + "\n".join(lines))
    assert counts(lines_of(found))["fejl"] > 4000
