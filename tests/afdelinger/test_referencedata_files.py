"""Every mistake in a municipality's file is said in Danish, with file, line and field, all of them at once."""

from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afdelinger.referencedata import ROEDOVRE, ReferencedataError, read
from afdelinger.referencedata.text import LARGEST_FILE

from .fjordby import GOOD, SECOND_AFDELING, changed


@pytest.fixture
def write(tmp_path):
    """`write(text)` makes fjordby.yaml and answers its path."""

    def write(content, name="fjordby.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def problems(write):
    """`problems(text)`: the lines that a person would be shown."""

    def problems(content):
        with pytest.raises(ReferencedataError) as caught:
            read(write(content))
        return [str(problem) for problem in caught.value.problems]

    return problems


def test_a_good_file_is_read(write):
    data = read(write(GOOD))
    assert [afdeling.navn for afdeling in data.afdelinger] == ["Jobcentret"]
    assert data.maalsaet[0].maal[1].obligatorisk is False
    assert data.kurser[0].nummer == "49998"


SHAPE = [
    # what is changed, to what, the expected place, and words of the message
    ("    navn: Jobcentret\n", "", "linje 2, afdelinger[1].navn", "mangler og skal udfyldes"),
    ("navn: Jobcentret", "navn:", "linje 3, afdelinger[1].navn", "mangler og skal udfyldes"),
    ("navn: Jobcentret", 'navn: "  "', "linje 3, afdelinger[1].navn", "mangler og skal udfyldes"),
    ("kortnavn: Job", "kortnavm: Job", "linje 4, afdelinger[1].kortnavm", "Mente du 'kortnavn'?"),
    ("    farve: 1\n", "    farve: 1\n    xyz: 1\n", "linje 8, afdelinger[1].xyz", "Kendte felter: fra, til, kode"),
    ("regler:", "reglr:", "linje 35, reglr", "Mente du 'regler'?"),
    ("navn: Jobcentret", "navn: [Jobcentret]", "linje 3, afdelinger[1].navn", "Her skal stå en tekst"),
    ("maal: [KOM]", "maal: KOM", "linje 16, afdelinger[1].opgaver[1].maal", "Her skal stå en liste"),
    ("- {kode: SER, navn: Service}", "- SER", "linje 27, jobkompetencer[1]", "felter med hver sin værdi"),
    ("maal: [KOM]", "maal: [KOM, ~]", "linje 16, afdelinger[1].opgaver[1].maal[2]", "men her står ingenting"),
    ("antal: 2", "antal: to", "linje 11, afdelinger[1].pladser[1].antal", "helt tal, men her står 'to'"),
    ("antal: 2", "antal: -1", "linje 11, afdelinger[1].pladser[1].antal", "mindst 0"),
    ("antal: 2", "antal: 100", "linje 11, afdelinger[1].pladser[1].antal", "højst være 99"),
    ("farve: 1", "farve: 9", "linje 7, afdelinger[1].farve", "højst være 8"),
    ("dage: 1", "dage: halvanden", "linje 29, kurser[1].dage", "et tal, fx 2 eller 2.5"),
    ("dage: 1", "dage: 1.25", "linje 29, kurser[1].dage", "én decimal"),
    ("dage: 1", "dage: NaN", "linje 29, kurser[1].dage", "et tal"),
    ("vaerdi: 15", "vaerdi: 99999999999999999999", "linje 36, regler[1].vaerdi", "1000000"),
    (
        "art: grund\n",
        "art: speciel\n",
        "linje 5, afdelinger[1].art",
        "'grund' eller 'speciale', men her står 'speciel'",
    ),
    ("obligatorisk: nej", "obligatorisk: måske", "linje 25, maalsaet[1].maal[2].obligatorisk", "Skriv ja eller nej"),
    ("kode: jobcenter\n", "kode: Job Center\n", "linje 2, afdelinger[1].kode", "små bogstaver a-z, tal og bindestreg"),
    ("nummer: 49998", "nummer: 4999", "linje 29, kurser[1].nummer", "fem cifre"),
    ("{kode: KOM, navn: K", "{kode: kom, navn: K", "linje 24, maalsaet[1].maal[1].kode", "store bogstaver"),
    ("noegle: skoleuger", "noegle: Skole uger", "linje 36, regler[1].noegle", "tal og _"),
    ("kortnavn: Job", "kortnavn: |\n      J\n      ob", "linje 4, afdelinger[1].kortnavn", "skal stå på én linje"),
    ("kortnavn: Job", f"kortnavn: {'J' * 31}", "linje 4, afdelinger[1].kortnavn", "højst være på 30 tegn"),
    ("Hjælper borgere i arbejde.", "x" * 1_000_000, "linje 8, afdelinger[1].beskrivelse", "højst være på 5000 tegn"),
    ("      - {art: grund, maaneder: 8}\n", "      []\n", "linje 33, uddannelsesmodeller[1].trin", "må ikke være tom"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), SHAPE)
def test_a_field_of_the_wrong_shape_is_pointed_out(problems, old, new, place, words):
    found = [line for line in problems(changed(old, new)) if line.startswith(f"fjordby.yaml {place}: ")]
    assert len(found) == 1
    assert words in found[0]
    assert len(found[0]) < 400


DATES = [
    ("1/9 2020", "Skriv datoen som år-måned-dag"),
    ("2020-9-1", "Skriv datoen som år-måned-dag"),
    ("2027-02-30", "Datoen findes ikke i kalenderen"),
    ("0207-09-01", "Årstallet skal ligge mellem 1970 og 2200"),
    ("20200101", "Skriv datoen som år-måned-dag"),
    ("[2020-01-01]", "Skriv datoen som år-måned-dag"),
]


@pytest.mark.parametrize(("value", "words"), DATES)
def test_a_bad_date_is_pointed_out(problems, value, words):
    [line] = problems(changed("    fra: 2020-01-01\n    farve", f"    fra: {value}\n    farve"))
    assert line.startswith("fjordby.yaml linje 6, afdelinger[1].fra: ")
    assert words in line


REFERENCES = [
    ("maal: [KOM]", "maal: [KOM, XYZ]", "linje 16, afdelinger[1].opgaver[1].maal[2]", "Kendte: ADM, KOM."),
    ("maal: [KOM]", "maal: [KOMM]", "linje 16, afdelinger[1].opgaver[1].maal[1]", "Mente du 'KOM'?"),
    ("[SER]", "[MYN]", "linje 17, afdelinger[1].opgaver[1].jobkompetencer[1]", "findes ikke i jobkompetencerne"),
    ("underomraade: Mod", "underomraade: Lod", "linje 15, afdelinger[1].opgaver[1].underomraade", "'Modtagelsen'"),
    ("    farve: 1\n", "    farve: 1\n    kurser: [49999]\n", "linje 8, afdelinger[1].kurser[1]", "Mente du '49998'?"),
    (
        "    farve: 1\n",
        "    farve: 1\n    til: 2027-12-31\n    efterfoelger: borger\n",
        "linje 9, afdelinger[1].efterfoelger",
        "'borger' findes ikke i afdelingerne",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), REFERENCES)
def test_an_unknown_reference_is_pointed_out(problems, old, new, place, words):
    [line] = problems(changed(old, new))
    assert line.startswith(f"fjordby.yaml {place}: ")
    assert words in line


REPEATED = [
    ("[KOM]", "[KOM, KOM]", "linje 16, afdelinger[1].opgaver[1].maal[2]", "'KOM'", 16),
    ("[Modtagelsen]", "[Modtagelsen, Modtagelsen]", "linje 9, afdelinger[1].underomraader[2]", "'Modtagelsen'", 9),
    ("{kode: ADM,", "{kode: KOM,", "linje 25, maalsaet[1].maal[2].kode", "'KOM'", 24),
    (
        "regler:\n",
        "  - {kode: 3x8, navn: Igen, trin: [{art: grund, maaneder: 8}]}\nregler:\n",
        "linje 35, uddannelsesmodeller[2].kode",
        "'3x8'",
        31,
    ),
    (
        "uddannelsesmodeller:\n",
        "  - {nummer: 49998, titel: Igen, euu_kode: AF, dage: 1}\nuddannelsesmodeller:\n",
        "linje 30, kurser[2].nummer",
        "'49998'",
        29,
    ),
    (
        "maalsaet:\n",
        "      - {kode: jobcenter-01, navn: Igen}\nmaalsaet:\n",
        "linje 18, afdelinger[1].opgaver[2].kode",
        "'jobcenter-01'",
        13,
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "value", "first"), REPEATED)
def test_a_repeated_code_names_both_lines(problems, old, new, place, value, first):
    [line] = problems(changed(old, new))
    assert line == f"fjordby.yaml {place}: {value} står allerede i fjordby.yaml linje {first}."


def test_the_same_task_code_in_two_departments_is_pointed_out(problems):
    text = changed("maalsaet:\n", SECOND_AFDELING + "maalsaet:\n")
    [line] = problems(text.replace("skole-01", "jobcenter-01"))
    assert line.startswith("fjordby.yaml linje 26, afdelinger[2].opgaver[1].kode: 'jobcenter-01' står allerede i")


def test_the_same_goal_code_may_stand_in_two_sets(write):
    second = """\
  - kode: nyt
    navn: Nye mål
    kilde: Eget valg
    fra: 2028-01-01
    maal: [{kode: KOM, navn: Kommunikation og it}]
"""
    data = read(write(changed("jobkompetencer:\n  - {", second + "jobkompetencer:\n  - {")))
    assert len(data.maalsaet) == 2


def test_a_last_day_before_the_first_is_pointed_out(problems):
    [line] = problems(changed("    farve: 1\n", "    farve: 1\n    til: 2019-12-31\n"))
    assert line == "fjordby.yaml linje 8, afdelinger[1].til: Sidste dag ligger før første dag (2020-01-01)."


def test_a_period_of_one_day_is_fine(write):
    assert read(write(changed("    farve: 1\n", "    farve: 1\n    til: 2020-01-01\n"))).afdelinger[0].til


@pytest.mark.parametrize(("first", "second"), [("til: 2020-12-31", "2020-12-31"), ("antal: 2", "2020-01-01")])
def test_places_that_overlap_are_pointed_out(problems, first, second):
    rows = f"- {{fra: 2020-01-01, {first}, antal: 2}}\n      - {{fra: {second}, antal: 3}}"
    rows = rows.replace("antal: 2, antal: 2", "antal: 2")
    [line] = problems(changed("- {fra: 2020-01-01, antal: 2}", rows))
    assert line == (
        "fjordby.yaml linje 12, afdelinger[1].pladser[2].fra: Perioden overlapper perioden i fjordby.yaml linje 11."
    )


def test_a_later_row_ends_an_open_one(write):
    rows = "- {fra: 2020-01-01, antal: 2}\n      - {fra: 2027-01-01, antal: 3}"
    assert len(read(write(changed("- {fra: 2020-01-01, antal: 2}", rows))).afdelinger[0].pladser) == 2


def test_two_values_of_a_rule_on_the_same_day_are_pointed_out(problems):
    row = "  - {noegle: skoleuger, navn: Skoleuger, vaerdi: 13, enhed: uger, kilde: Skolen, fra: 2020-01-01}\n"
    [line] = problems(GOOD + row)
    assert line.startswith("fjordby.yaml linje 37, regler[2].fra: Perioden overlapper perioden i fjordby.yaml linje 36")


def test_a_followed_department_needs_a_last_day(problems):
    text = changed("    farve: 1\n", "    farve: 1\n    efterfoelger: skole\n")
    [line] = problems(text.replace("maalsaet:\n", SECOND_AFDELING + "maalsaet:\n"))
    assert line.startswith("fjordby.yaml linje 8, afdelinger[1].efterfoelger: ")
    assert "sidste dag skal stå i feltet 'til'" in line


def test_departments_that_follow_each_other_in_a_circle_are_pointed_out(problems):
    text = changed("    farve: 1\n", "    farve: 1\n    til: 2027-12-31\n    efterfoelger: skole\n")
    second = SECOND_AFDELING.replace(
        "    farve: 2\n", "    til: 2027-12-31\n    efterfoelger: jobcenter\n    farve: 2\n"
    )
    found = problems(text.replace("maalsaet:\n", second + "maalsaet:\n"))
    assert len(found) == 2
    assert all(line.endswith("Afdelingerne afløser hinanden i ring.") for line in found)


SYNTAX = [
    ("a: b: c\n", 1, "Kolon på et forkert sted"),
    ("afdelinger:\n  - navn: Job\n   kode: x\n", 3, "rykket for langt ind eller for kort"),
    ("afdelinger: 1\nnavn\nkode: 2\n", 2, "mangler et kolon"),
    ('afdelinger:\n  - navn: "Job\n    kode: x\n', 2, "mangler sit slut-anførselstegn"),
    ("afdelinger: [1, 2\nkode: x\n", 1, "ikke afsluttet"),
    ("afdelinger:\n  - navn: @job\n", 2, "Sæt anførselstegn om teksten"),
    ("afdelinger:\n  - navn: * vigtigt\n", 2, "'*'"),
    ("afdelinger:\n  - navn: & vigtigt\n", 2, "'&'"),
    ("afdelinger: - job\n", 1, "ny linje under feltets navn"),
    ('afdelinger:\n  - navn: "C:\\mappe"\n', 2, "Brug ' om teksten"),
    ("afdelinger: 1\n---\nregler: 2\n", 2, "kun have én del"),
    ("afdelinger:\n\t- navn: Job\n", 2, "tabulator"),
    ("a: &x [1]\nb: 2\n", 1, "Ankre og henvisninger"),
    ("a: !!python/object/apply:os.system [ls]\n", 1, "Mærker"),
    ('a:\n  "\\0": 1\n', 2, "ét ord"),
    ("a:\n  ? [x]\n  : 2\n", 2, "ét ord"),
    ("a: 1\nb: 2\na: 3\n", 3, "Det står også i linje 1"),
    ('a: "x\\0y"\n', 1, "styretegn"),
    ("- navn: Job\n", 1, "begynde med et feltnavn"),
    ("a: " + "[" * 5000, 1, "for mange lister"),
]


@pytest.mark.parametrize(("text", "line", "words"), SYNTAX)
def test_a_fault_in_the_yaml_is_said_in_danish(problems, text, line, words):
    assert any(found.startswith(f"fjordby.yaml linje {line}") and words in found for found in problems(text))


def test_an_alias_bomb_is_refused_at_once(problems):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{k}: &{k} [*{j}, *{j}]\n" for j, k in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert all("Ankre og henvisninger" in line for line in problems(bomb))


BYTES = [
    (b"", "fjordby.yaml: Filen er tom."),
    (b" \n\n", "fjordby.yaml: Filen er tom."),
    (b"# kun ord\n", "fjordby.yaml: Filen indeholder kun bemærkninger."),
    (GOOD.encode("windows-1252"), "fjordby.yaml linje 8: Filen er ikke gemt som UTF-8"),
    (GOOD.encode("utf-16"), "fjordby.yaml: Filen er gemt som UTF-16"),
    (GOOD.replace("Job\n", "J\0ob\n").encode(), "fjordby.yaml linje 4: Linjen indeholder et usynligt styretegn"),
    (GOOD.encode().decode("windows-1252").encode(), "fjordby.yaml linje 8: Æ, ø eller å er blevet ødelagt"),
    (b"x" * (LARGEST_FILE + 1), "fjordby.yaml: Filen er for stor"),
    (b"a:\n" + b"- b\n" * 100_000, "fjordby.yaml linje 99998: Filen har for mange felter"),
    (b"\x89PNG\r\n\x1a\n\0\0", "fjordby.yaml linje 1: Filen er ikke gemt som UTF-8"),
]


@pytest.mark.parametrize(("content", "start"), BYTES, ids=[start[-30:] for _, start in BYTES])
def test_a_file_that_is_no_text_is_refused(problems, content, start):
    assert problems(content)[0].startswith(start)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(write):
    data = read(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()))
    assert data.afdelinger[0].beskrivelse == "Hjælper borgere i arbejde."


def test_lines_are_counted_right_with_windows_line_ends(problems):
    [line] = problems(changed("farve: 1", "farve: 9").replace("\n", "\r\n"))
    assert line.startswith("fjordby.yaml linje 7, ")


def test_words_that_yaml_likes_to_turn_into_something_else_stay_words(write):
    data = read(write(changed("kortnavn: Job", "kortnavn: no").replace("navn: Service", "navn: 08:30")))
    assert data.afdelinger[0].kortnavn == "no"
    assert data.jobkompetencer[0].navn == "08:30"


def test_all_mistakes_are_told_at_once_and_in_the_order_of_the_file(problems):
    text = changed("navn: Jobcentret", "navn:").replace("[KOM]", "[XYZ]").replace("vaerdi: 15", "vaerdi: x")
    places = [line.split(":")[0] for line in problems(text)]
    assert places == [
        "fjordby.yaml linje 3, afdelinger[1].navn",
        "fjordby.yaml linje 16, afdelinger[1].opgaver[1].maal[1]",
        "fjordby.yaml linje 36, regler[1].vaerdi",
    ]


def test_a_long_value_is_not_repeated_in_full(problems):
    [line] = problems(changed("antal: 2", f"antal: {'9x' * 5000}"))
    assert len(line) < 250


class TestFolder:
    def test_the_files_of_a_folder_are_read_as_one(self, write, tmp_path):
        head, tail = GOOD.split("maalsaet:\n")
        write(head, "afdelinger.yaml")
        write("maalsaet:\n" + tail, "maal.yml")
        write("ikke yaml", "LAESMIG.txt")
        assert len(read(tmp_path).maalsaet) == 1

    def test_a_field_may_stand_in_only_one_of_them(self, write, tmp_path):
        write(GOOD, "a.yaml")
        write("# mere\nregler: []\n", "b.yaml")
        with pytest.raises(ReferencedataError, match=r"b.yaml linje 2, regler: Feltet står også i a.yaml linje 35"):
            read(tmp_path)

    def test_a_file_that_cannot_be_read_does_not_make_the_others_look_wrong(self, write, tmp_path):
        head, tail = GOOD.split("maalsaet:\n")
        write(head.replace("farve: 1", "farve: 9"), "afdelinger.yaml")
        write("maalsaet: [\n", "maal.yaml")
        with pytest.raises(ReferencedataError) as caught:
            read(tmp_path)
        assert [problem.file for problem in caught.value.problems] == ["afdelinger.yaml", "maal.yaml"]

    def test_a_folder_without_departments_is_refused(self, write, tmp_path):
        write("regler: []\n")
        with pytest.raises(ReferencedataError, match="afdelinger: Feltet mangler"):
            read(tmp_path)

    def test_an_empty_folder_and_a_missing_file_are_refused(self, tmp_path):
        with pytest.raises(ReferencedataError, match="ingen filer, der ender på .yaml"):
            read(tmp_path)
        with pytest.raises(ReferencedataError, match="Filen findes ikke"):
            read(tmp_path / "findes-ikke.yaml")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_whatever_give_anything_but_a_list_of_problems(write, content):
    with pytest.raises(ReferencedataError) as caught:
        read(write(content))
    assert caught.value.problems


LINES = (ROEDOVRE / "afdelinger.yaml").read_text().splitlines()[:120]
NASTY = st.sampled_from(
    ["", "x", "- x", "x: y", "  x: [", "\t", "navn: 'a", "{}", "[]", "- - -", "kode: ~", "til: 1", "a: {b: c}"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(LINES) - 1), NASTY, st.integers(0, 8))
def test_a_spoilt_line_gives_problems_or_a_good_file_never_a_crash(write, number, nasty, indent):
    lines = [*LINES[:number], " " * indent + nasty, *LINES[number + 1 :]]
    try:
        read(write("\n".join(lines)))
    except ReferencedataError as error:
        assert all(problem.line and problem.message for problem in error.problems)


def test_the_example_in_the_manual_is_a_good_file(write):
    manual = (ROEDOVRE.parents[2] / "docs" / "referencedata.md").read_text()
    example = manual.split("```yaml\n")[1].split("```")[0]
    assert read(write(dedent(example))).afdelinger
