"""Loading reference data: once, again, after people have edited, and beside another municipality's."""

from datetime import date

import pytest

from afdelinger.models import Afdeling, Jobkompetence, Kursus, Maal, Maalsaet, Opgave, Pladser, Underomraade
from afdelinger.services.referencedata import ROEDOVRE, load_referencedata, missing_rules, read
from elevforloeb.core.audit import history
from elevforloeb.core.filesync import Outcome
from elevforloeb.core.models import Regel
from elevforloeb.core.periods import period

from .fjordby import GOOD, SECOND_AFDELING, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """`load(text)` loads a file with this text; without text: Rødovre's files."""

    def load(text=None, **options):
        path = ROEDOVRE
        if text:
            path = tmp_path / "fjordby.yaml"
            path.write_text(text)
        return load_referencedata(None, data=read(path), **options)

    return load


def outcomes(sync) -> set:
    return set(sync.outcomes.values())


class TestFirstTime:
    def test_roedovre_is_loaded_whole(self, load):
        sync = load()
        counts = {name: count[Outcome.CREATED] for name, count in sync.summary().items()}
        assert counts["afdelinger"] == Afdeling.objects.count() == 8
        assert counts["opgaver"] == Opgave.objects.count() == 96
        assert counts["kurser"] == Kursus.objects.count() == 113
        assert outcomes(sync) == {Outcome.CREATED}

    def test_a_task_gets_its_area_goals_and_competences(self, load):
        load()
        task = Opgave.objects.get(kode="boerne-kulturforvaltningen-09")
        assert task.underomraade.navn == "Skoleområdet"
        assert {(m.maalsaet.kode, m.kode) for m in task.maal.all()} == {
            (saet, kode) for saet in ("roedovre", "efter-2015-reformen") for kode in ("ADM", "KOM")
        }
        assert [j.kode for j in task.jobkompetencer.all()] == ["MYN"]

    def test_a_department_gets_places_systems_visits_and_courses(self, load):
        load()
        staben = Afdeling.objects.get(kode="stab-politik-kommunikation")
        assert [(p.antal, p.startdato, p.sidste_dag) for p in staben.pladser.all()] == [(3, date(2015, 1, 1), None)]
        assert [s.navn for s in staben.it_systemer.all()] == ["KB-nettet"]
        assert [d.navn for d in staben.delophold.all()] == ["Borgerservice", "Rundtur med rådhusbetjentene"]
        assert staben.kurser.count() == 5

    def test_the_order_of_the_file_is_the_order_on_the_page(self, load):
        load()
        tasks = Afdeling.objects.get(kode="oekonomi-analyse").opgaver.all()
        assert [task.kode[-2:] for task in tasks] == ["01", "02", "03", "04", "05", "06", "07", "08"]

    def test_a_successor_may_stand_below_the_department_it_follows(self, load):
        text = changed("    farve: 1\n", "    farve: 1\n    til: 2027-12-31\n    efterfoelger: skole\n")
        load(text.replace("maalsaet:\n", SECOND_AFDELING + "maalsaet:\n"))
        job = Afdeling.objects.get(kode="jobcenter")
        assert (job.efterfoelger.kode, job.sidste_dag) == ("skole", date(2027, 12, 31))

    def test_an_open_row_of_places_ends_the_day_before_the_next(self, load):
        load(
            changed(
                "- {fra: 2020-01-01, antal: 2}", "- {fra: 2027-09-01, antal: 3}\n      - {fra: 2020-01-01, antal: 2}"
            )
        )
        assert [(p.antal, p.sidste_dag) for p in Pladser.objects.all()] == [(2, date(2027, 8, 31)), (3, None)]

    def test_the_history_of_each_department_says_where_it_came_from(self, load):
        load()
        assert [h.tekst for h in history(Afdeling.objects.get(kode="teknisk-forvaltning"))] == [
            "Oprettet fra referencedata"
        ]


class TestAgain:
    def test_nothing_changes(self, load):
        load()
        before = list(Opgave.objects.values_list("pk", "navn", "nr")), list(Regel.objects.values_list("pk", "vaerdi"))
        sync = load()
        assert outcomes(sync) == {Outcome.UNCHANGED}
        assert sync.kept == []
        assert before == (
            list(Opgave.objects.values_list("pk", "navn", "nr")),
            list(Regel.objects.values_list("pk", "vaerdi")),
        )
        assert history(Afdeling.objects.get(kode="teknisk-forvaltning")).count() == 1

    def test_overwriting_with_the_same_file_changes_nothing_either(self, load):
        load()
        assert outcomes(load(overwrite=True)) == {Outcome.UNCHANGED}

    def test_it_takes_few_queries_however_many_rows_there_are(self, load, django_assert_max_num_queries):
        load()
        with django_assert_max_num_queries(20):
            load()

    def test_a_new_task_in_the_middle_is_created_and_the_others_stay(self, load):
        load(GOOD)
        sync = load(changed("    opgaver:\n", "    opgaver:\n      - {kode: jobcenter-00, navn: Ny}\n"))
        assert [str(row) for row in sync.changed()] == ["Ny"]
        assert outcomes(sync) == {Outcome.CREATED, Outcome.UNCHANGED}

    def test_a_new_goal_set_with_the_same_codes_takes_the_tasks_along_when_overwritten(self, load):
        load(GOOD)
        second = "  - {kode: nyt, navn: Nye, kilde: Os, fra: 2028-01-01, maal: [{kode: KOM, navn: Tale}]}\n"
        load(changed("jobkompetencer:\n  - {", second + "jobkompetencer:\n  - {"), overwrite=True)
        assert Opgave.objects.get().maal.count() == 2

    def test_what_the_file_no_longer_has_stays(self, load):
        load()
        load(GOOD)
        assert Afdeling.objects.count() == 9
        assert Kursus.objects.count() == 113


class TestEdited:
    """People have changed something in the browser since the file was loaded."""

    def test_an_edited_text_is_kept_and_told_about(self, load):
        load(GOOD)
        Opgave.objects.update(navn="Byde borgere velkommen", art="udvikling")
        sync = load(GOOD)
        assert Opgave.objects.get().navn == "Byde borgere velkommen"
        assert sync.kept == ["opgave 'Byde borgere velkommen' i 'Jobcentret': opgave, art"]
        assert outcomes(sync) == {Outcome.UNCHANGED, Outcome.KEPT}

    def test_a_corrected_file_does_not_win_over_the_browser_unasked(self, load):
        load(GOOD)
        sync = load(changed("Hjælper borgere i arbejde.", "Noget nyt."))
        assert Afdeling.objects.get().beskrivelse == "Hjælper borgere i arbejde."
        assert sync.kept == ["afdeling 'Jobcentret': hvad afdelingen laver"]

    def test_overwriting_brings_the_file_back_and_writes_it_in_the_history(self, load):
        load(GOOD)
        Opgave.objects.update(navn="Byde borgere velkommen")
        sync = load(GOOD, overwrite=True)
        assert Opgave.objects.get().navn == "Tage imod borgere"
        assert [str(row) for row in sync.changed()] == ["Tage imod borgere"]
        assert history(Afdeling.objects.get()).first().tekst == "Ændret ved indlæsning af referencedata"

    def test_edited_goals_of_a_task_are_kept_and_told_about(self, load):
        load(GOOD)
        Opgave.objects.get().maal.set([Maal.objects.get(kode="ADM")])
        sync = load(GOOD)
        assert [m.kode for m in Opgave.objects.get().maal.all()] == ["ADM"]
        assert sync.kept == ["opgave 'Tage imod borgere' i 'Jobcentret': mål"]

    def test_overwriting_brings_the_goals_of_a_task_back(self, load):
        load(GOOD)
        Opgave.objects.get().maal.set([Maal.objects.get(kode="ADM")])
        load(GOOD, overwrite=True)
        assert [m.kode for m in Opgave.objects.get().maal.all()] == ["KOM"]

    def test_goals_that_the_file_does_not_know_are_nobody_elses_business(self, load):
        load(GOOD)
        own_set = Maalsaet.objects.create(kode="eget", navn="Eget", kilde="Os", periode=period(date(2027, 1, 1)))
        own = Maal.objects.create(maalsaet=own_set, kode="EGE", navn="Eget mål")
        Opgave.objects.get().maal.add(own)
        assert outcomes(load(GOOD, overwrite=True)) == {Outcome.UNCHANGED}
        assert own in Opgave.objects.get().maal.all()

    def test_suggested_courses_are_compared_too(self, load):
        text = changed("    farve: 1\n", "    farve: 1\n    kurser: [49998]\n")
        load(text)
        Afdeling.objects.get().kurser.clear()
        assert load(text).kept == ["afdeling 'Jobcentret': kurser"]
        load(text, overwrite=True)
        assert Afdeling.objects.get().kurser.count() == 1

    def test_places_that_people_have_split_up_are_kept_whole(self, load):
        load(GOOD)
        Pladser.objects.update(periode=period(date(2020, 1, 1), date(2027, 12, 31)))
        Pladser.objects.create(afdeling=Afdeling.objects.get(), antal=4, periode=period(date(2028, 1, 1)))
        sync = load(GOOD)
        assert sorted(Pladser.objects.values_list("antal", flat=True)) == [2, 4]
        assert sync.kept == ["pladser '2 pladser' i 'Jobcentret': periode"]

    def test_overwriting_replaces_all_the_places_of_the_department(self, load):
        load(GOOD)
        Pladser.objects.update(periode=period(date(2020, 1, 1), date(2027, 12, 31)))
        Pladser.objects.create(afdeling=Afdeling.objects.get(), antal=4, periode=period(date(2028, 1, 1)))
        sync = load(GOOD, overwrite=True)
        assert [(p.antal, p.sidste_dag) for p in Pladser.objects.all()] == [(2, None)]
        assert sync.summary()["pladser"] == {Outcome.UPDATED: 1}

    def test_a_rule_that_people_have_changed_is_kept(self, load):
        load(GOOD)
        Regel.objects.update(vaerdi=14)
        assert load(GOOD).kept == ["regel 'Skoleuger: 14 uger': værdi"]
        load(GOOD, overwrite=True)
        assert Regel.objects.get().vaerdi == 15

    def test_a_task_deleted_in_the_browser_comes_back_while_it_stands_in_the_file(self, load):
        load(GOOD)
        Opgave.objects.all().delete()
        load(GOOD)
        assert Opgave.objects.count() == 1


class TestTwoMunicipalities:
    def test_the_second_loads_beside_the_first_and_leaves_it_alone(self, load):
        load()
        before = set(Opgave.objects.filter(kode="teknisk-forvaltning-05").values_list("maal", flat=True))
        load(GOOD.replace("noegle: skoleuger", "noegle: fjordby_skoleuger"))
        assert Afdeling.objects.get(kode="jobcenter").opgaver.count() == 1
        assert Maalsaet.objects.count() == 3
        assert set(Opgave.objects.filter(kode="teknisk-forvaltning-05").values_list("maal", flat=True)) == before
        assert {s.kept == [] and outcomes(s) == {Outcome.UNCHANGED} for s in [load()]} == {True}

    def test_its_tasks_train_the_goals_of_its_own_set(self, load):
        load()
        load(GOOD.replace("noegle: skoleuger", "noegle: fjordby_skoleuger"))
        assert {m.maalsaet.kode for m in Opgave.objects.get(kode="jobcenter-01").maal.all()} == {"fjordby"}

    def test_a_shared_course_or_competence_is_not_taken_over(self, load):
        load()
        sync = load(GOOD.replace("noegle: skoleuger", "noegle: fjordby_skoleuger"))
        assert Kursus.objects.get(nummer="49998").titel.startswith("EUD-Oplæringsvejledning")
        assert Jobkompetence.objects.get(kode="SER").navn == "Service og rådgivning"
        assert len(sync.kept) == 2


def test_a_file_without_rules_is_told_which_are_missing(load):
    load(GOOD)
    missing = missing_rules(date(2027, 10, 15))
    assert "Prøvetid (proevetid_maaneder)" in missing
    assert not any("(skoleuger)" in each for each in missing)


def test_a_moved_task_finds_its_area_in_the_new_department(load):
    load(GOOD.replace("maalsaet:\n", SECOND_AFDELING + "    underomraader: [Modtagelsen]\nmaalsaet:\n"))
    task_of_jobcenter = GOOD[GOOD.index("      - kode: jobcenter-01") : GOOD.index("maalsaet:")]
    skole = (
        SECOND_AFDELING[: SECOND_AFDELING.index("    opgaver:")] + "    underomraader: [Modtagelsen]\n    opgaver:\n"
    )
    text = GOOD.replace("    opgaver:\n" + task_of_jobcenter, skole + task_of_jobcenter)
    load(text, overwrite=True)
    task = Opgave.objects.get(kode="jobcenter-01")
    assert task.afdeling.kode == task.underomraade.afdeling.kode == "skole"
    assert Underomraade.objects.count() == 2
