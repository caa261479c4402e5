import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings

from elevforloeb.fordeling.instans import FORMAT, InstansFejl, read, write
from tests.elevforloeb.fordeling.cases import problems, quick, simple

GOOD = simple({1: "ab", 2: "a"}, {"a": (0, 1), "b": (0, 2)})


def changed(path: str, value) -> str:
    data = json.loads(write(GOOD))
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    spot = data
    for part in way:
        spot = spot[part]
    spot[last] = value
    return json.dumps(data)


@settings(quick, max_examples=60)
@given(problems())
def test_what_is_written_is_read_again(problem):
    assert read(write(problem)) == problem


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("format", "andet", 'format: skal være "elevforloeb-fordeling".'),
        ("version", 2, "version: er 2; dette program læser version 1."),
        ("elever.1.navn", None, "elever[1].navn: skal være en tekst."),
        ("elever.0.id", 1.5, "elever[0].id: skal være et helt tal."),
        ("elever.1.id", "1", "elever[1]: står der allerede: det samme som elever[0]."),
        ("elever.0.oensker.1.afdeling", "x", "elever[0].oensker[1].afdeling: kender ikke afdeling 'x'."),
        ("elever.0.oensker.0.trin", [4], "elever[0].oensker[0].trin: kender ikke trin 4."),
        ("elever.0.byrde", -1, "elever[0].byrde: skal være mellem 0 og 1000."),
        ("elever.0.byrd", 1, "elever[0].byrd: er ikke et felt i formatet."),
        ("pladser.0.mindst", 2, "pladser[0].mindst: er 2, men der er højst plads til 1."),
        ("pladser.0.hoejst", "3", "pladser[0].hoejst: skal være et helt tal."),
        ("pladser.1.afdeling", "a", "pladser[1]: står der allerede: det samme som pladser[0]."),
        ("trin.0.startdato", "1/9", "trin[0].startdato: skal være en dato som 2028-09-01."),
        ("maal", ["lykke"], "maal[0]: kender ikke målet 'lykke'. Brug: uoensket, vaerste, rangsum, byrde, oplaering, "),
        ("forbud", [{"elev": 1, "afdeling": "a", "art": "x"}], "forbud[0].art: er 'x'; det skal være en af: hensyn, "),
        ("fastlagte", [{"elev": 9, "trin": 0, "afdeling": "a"}], "fastlagte[0].elev: kender ikke elev 9."),
        ("ikke_igen", "ja", "ikke_igen: skal være true eller false."),
        ("elever", {}, "elever: skal være en liste."),
        ("seed", 10**30, "seed: "),
    ],
)
def test_an_error_names_the_place(path, value, told):
    with pytest.raises(InstansFejl) as error:
        read(changed(path, value))
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "linje 1, tegn 1: her er filen ikke JSON."),
        (b'{"format": }', "linje 1, tegn 12: her er filen ikke JSON."),
        (b"[]", "Filen skal være et objekt"),
        (b"\xff\xfe\x00", ""),
        (b"\xe6\xf8\xe5", "Filen er ikke UTF-8."),
        (b"[" * 100_000, "Filen har for mange lag"),
        (b'{"version": ' + b"9" * 5000 + b"}", "Filen har et tal, der er for langt."),
        (b"{}", "format: skal være"),
        (f'{{"format": "{FORMAT}", "version": 1}}'.encode(), "trin: mangler."),
        (f'{{"format": "{FORMAT}", "version": 1, "trin": NaN}}'.encode(), "trin: skal være en liste."),
    ],
)
def test_a_nasty_file_gets_a_plain_answer(text, told):
    with pytest.raises(InstansFejl) as error:
        read(text)
    assert str(error.value).startswith(told)


def test_a_name_with_half_a_letter_is_no_crash():
    problem = changed("elever.0.navn", "\ud800")
    with pytest.raises(InstansFejl):
        read(problem)


def test_the_command_writes_the_answer_with_reasons(tmp_path):
    source, target = tmp_path / "instans.json", tmp_path / "resultat.json"
    source.write_text(write(GOOD), encoding="utf-8")
    call_command("fordel", str(source), "--ud", str(target))
    answer = json.loads(target.read_text(encoding="utf-8"))
    assert answer["bevist"] and answer["gab"] == 0
    assert [row["elev"] for row in answer["grunde"]] == [1]
    assert answer["statistik"]["rang"] == {"1": 1, "2": 1}


def test_the_command_tells_why_a_plan_is_impossible(tmp_path, capsys):
    source = tmp_path / "instans.json"
    source.write_text(write(simple({1: "a", 2: "a"}, {"a": (0, 1)})), encoding="utf-8")
    call_command("fordel", str(source), "--uden-grunde")
    answer = json.loads(capsys.readouterr().out)
    assert answer["mangler"] and answer["umulig"]["udveje"][0]["tekst"] == "1 plads mere i Afdeling a i 1. ophold."


def test_the_command_names_the_file_and_the_place(tmp_path):
    source = tmp_path / "instans.json"
    source.write_text(changed("elever.0.byrde", -1), encoding="utf-8")
    with pytest.raises(CommandError, match=r"instans\.json:\n  elever\[0\]\.byrde: skal være"):
        call_command("fordel", str(source))
    with pytest.raises(CommandError, match="kan ikke læses"):
        call_command("fordel", str(tmp_path))
