from elevforloeb.elevliste import read_lines


def fields(text):
    return [line.felter for line in read_lines(text)]


def test_cells_from_a_spreadsheet_become_rows_with_their_line_numbers():
    lines = read_lines("Åse Ærlig\taase@example.invalid\t12 34 56 78\tja\n\nBo Berg\tbo@example.invalid\n")
    assert [line.nr for line in lines] == [1, 3]
    assert lines[0].felter == {
        "navn": "Åse Ærlig",
        "email": "aase@example.invalid",
        "telefon": "12 34 56 78",
        "voksenelev": "on",
    }
    assert lines[1].felter == {"navn": "Bo Berg", "email": "bo@example.invalid", "voksenelev": ""}


def test_semicolons_and_quotes_are_understood():
    assert fields('"Bo Berg"; bo@example.invalid ;;nej') == [
        {"navn": "Bo Berg", "email": "bo@example.invalid", "telefon": "", "voksenelev": ""}
    ]


def test_a_heading_names_the_columns_in_another_order():
    text = "E-mail;Adresse;Navn;Tlf.\nbo@example.invalid;Vej 1;Bo Berg;12345678"
    assert fields(text) == [{"email": "bo@example.invalid", "navn": "Bo Berg", "telefon": "12345678", "voksenelev": ""}]


def test_a_first_line_that_names_no_columns_is_a_person():
    assert fields("Navn Navnesen;navn@example.invalid")[0]["navn"] == "Navn Navnesen"


def test_an_empty_text_has_no_lines():
    assert read_lines(" \n\t\n") == []
