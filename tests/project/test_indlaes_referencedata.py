"""The command: what it prints, and that a mistake never leaves anything half loaded."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from afdelinger.models import Afdeling, Pladser
from elevforloeb.models import Trin, Uddannelsesmodel

from ..afdelinger.fjordby import GOOD
from ..factories import AfdelingFactory, ElevFactory, OpholdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    """`run(text, "--kun-tjek")` answers what the command printed."""

    def run(text=None, *options):
        path = []
        if text:
            path = [str(tmp_path / "fjordby.yaml")]
            (tmp_path / "fjordby.yaml").write_text(text)
        call_command("indlaes_referencedata", *path, *options)
        return capsys.readouterr().out

    return run


def test_without_a_path_it_loads_roedovre_and_says_so(run):
    told = run()
    assert "Rødovre Kommune" in told
    assert "afdelinger: 8 oprettet" in told
    assert "opgaver: 96 oprettet" in told
    assert "kurser: 113 oprettet" in told
    assert told.endswith("Færdig.\n")
    assert "mangler" not in told


def test_the_second_time_everything_is_unchanged(run):
    run()
    told = run()
    assert "oprettet" not in told
    assert "opgaver: 96 uændret" in told
    assert "trin: 12 uændret" in told


def test_only_checking_saves_nothing(run):
    told = run(None, "--kun-tjek")
    assert "opgaver: 96 oprettet" in told
    assert "intet er gemt" in told
    assert not Afdeling.objects.exists()


def test_mistakes_are_told_and_nothing_is_loaded(run):
    with pytest.raises(CommandError) as caught:
        run(GOOD.replace("farve: 1", "farve: 9").replace("[KOM]", "[XYZ]"))
    lines = str(caught.value).splitlines()
    assert lines[0] == "2 fejl i filerne. Intet er indlæst."
    assert lines[1].startswith("  fjordby.yaml linje 7, afdelinger[1].farve: ")
    assert lines[2].startswith("  fjordby.yaml linje 16, afdelinger[1].opgaver[1].maal[1]: ")
    assert not Afdeling.objects.exists()


def test_a_thousand_mistakes_are_not_a_thousand_lines(run):
    with pytest.raises(CommandError, match="… og 3456 fejl mere"):
        run("afdelinger:\n" + "  - {kode: x, navn: x, xyz: 1}\n" * 501)


def test_what_people_have_changed_is_listed(run):
    run(GOOD)
    Afdeling.objects.update(navn="Job og Uddannelse")
    told = run(GOOD)
    assert "afdelinger: 1 afviger" in told
    assert "  afdeling 'Job og Uddannelse': navn\n" in told
    assert "--overskriv" in told


def test_the_file_wins_only_when_told_to(run):
    run(GOOD)
    Afdeling.objects.update(navn="Job og Uddannelse")
    Trin.objects.update(maaneder=6)
    assert "trin: 1 opdateret" in run(GOOD, "--overskriv")
    assert Afdeling.objects.get().navn == "Jobcentret"
    assert Trin.objects.get().maaneder == 8


def test_stays_that_people_added_to_a_model_are_kept(run):
    run(GOOD)
    Trin.objects.create(model=Uddannelsesmodel.objects.get(), nr=2, art="speciale", maaneder=6)
    assert "i 'Tre gange otte måneder': nr." in run(GOOD)
    assert Trin.objects.count() == 2


def test_missing_rules_are_told(run):
    assert "Der mangler regler: Afdelingen kan se eleven før opholdet (adgang_foer_dage)" in run(GOOD)


def test_fewer_places_than_elever_are_refused_in_danish(run):
    afdeling = AfdelingFactory(kode="jobcenter", navn="Jobcentret", pladser=3)
    for _ in range(3):
        OpholdFactory(elev=ElevFactory(), afdeling=afdeling)
    with pytest.raises(CommandError, match="Intet er indlæst, for det passer ikke med planen: Jobcentret har 3 elever"):
        run(GOOD, "--overskriv")
    assert Pladser.objects.get().antal == 3


def test_a_department_may_be_followed_by_another(run):
    closing = GOOD.replace("    farve: 1\n", "    farve: 1\n    til: 2027-12-31\n")
    run(closing)
    assert Afdeling.objects.get().sidste_dag == date(2027, 12, 31)
