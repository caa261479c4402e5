"""The files that come along: Rødovre's programme, complete and in good Danish."""

import re
from collections import Counter

import pytest
import yaml

from afdelinger.models import Afdeling, Delophold, ItSystem, Jobkompetence, Kursus, Maal, Maalsaet, Opgave, Underomraade
from afdelinger.referencedata import ROEDOVRE, read, schema
from elevforloeb.core.models import Regel
from elevforloeb.models import Uddannelsesmodel
from rekruttering.models import Adgangsvej, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from skoleophold.models import Fag, Skole, Udgiftsart

from ..factories import RULES

FILES = sorted(ROEDOVRE.glob("*.yaml"))


@pytest.fixture(scope="module")
def data():
    return read(ROEDOVRE)


def visible_texts(content, key=""):
    """Every text of a file that people read: not the codes, which are ASCII."""
    if isinstance(content, dict):
        return [text for name, part in content.items() for text in visible_texts(part, name)]
    if isinstance(content, list):
        return [text for part in content for text in visible_texts(part, key)]
    codes = {"kode", "noegle", "art", "maal", "jobkompetencer", "efterfoelger", "nummer", "kurser", "euu_kode", "skala"}
    return [content] if isinstance(content, str) and key not in codes else []


def all_texts():
    return [text for file in FILES for text in visible_texts(yaml.safe_load(file.read_text()))]


def test_the_eight_departments_have_all_96_tasks(data):
    assert {a.navn: len(a.opgaver) for a in data.afdelinger} == {
        "Personale & Udvikling": 10,
        "Økonomi og Analyse": 8,
        "Stab for Politik og Kommunikation": 7,
        "Børne- og Kulturforvaltningen": 22,
        "Social- og psykiatriafdelingen": 12,
        "Teknisk Forvaltning": 19,
        "Børne- og Familieafdelingen": 9,
        "Ældre- og handicapafdelingen": 9,
    }
    assert Counter(a.art for a in data.afdelinger) == {"grund": 3, "speciale": 5}


def test_every_task_trains_at_least_one_goal_and_one_competence(data):
    tasks = [task for afdeling in data.afdelinger for task in afdeling.opgaver]
    assert [task.kode for task in tasks if not (task.maal and task.jobkompetencer)] == []


def test_every_department_has_places_a_colour_of_its_own_and_texts(data):
    assert [sum(p.antal for p in a.pladser) for a in data.afdelinger] == [3, 3, 3, 2, 2, 2, 2, 2]
    assert {p.kilde for a in data.afdelinger for p in a.pladser} == {"antagelse, ret den"}
    assert sorted(a.farve for a in data.afdelinger) == list(range(1, 9))
    assert all(a.beskrivelse and a.elevens_rolle for a in data.afdelinger)


def test_the_course_catalogue_is_whole(data):
    assert len(data.kurser) == len({k.nummer for k in data.kurser}) == 113
    assert Counter(k.euu_kode for k in data.kurser).most_common(3) == [("AD", 80), ("AP", 21), ("AA", 6)]
    assert sum(k.for_elevvejledere for k in data.kurser) == 13
    assert all(a.kurser for a in data.afdelinger)


def test_the_comment_beside_a_suggested_course_is_its_title(data):
    titles = {k.nummer: k.titel for k in data.kurser}
    comments = re.findall(r"- (\d{5})  # (.+)", (ROEDOVRE / "afdelinger.yaml").read_text())
    assert len(comments) == sum(len(a.kurser) for a in data.afdelinger)
    assert [(number, title) for number, title in comments if titles[number] != title] == []


def test_the_programme_is_three_times_four_and_two_times_six_months(data):
    lengths = {m.kode: [trin.maaneder for trin in m.trin] for m in data.uddannelsesmodeller}
    assert lengths == {"3x4-2x6": [4, 4, 4, 6, 6], "3x8": [8, 8, 8], "forkortet-18": [4, 4, 4, 6]}


def test_rodovres_own_goals_are_the_newest_set_and_so_the_default(data):
    assert max(data.maalsaet, key=lambda each: each.fra).kode == "roedovre"
    assert [m.kode for m in data.maalsaet[0].maal] == ["ADM", "BUD", "PER", "STR", "KOM"]


def test_every_rule_that_the_system_reckons_with_has_a_value_a_unit_and_a_source(data):
    assert {r.noegle: r.vaerdi for r in data.regler} == RULES
    assert all(r.enhed and r.kilde and r.note for r in data.regler)


# Words in which ae, oe or aa is right. Everything else with them is a letter that somebody's keyboard lacked.
RIGHT = re.compile(r"Aabenraa|skemaer|naboer|\broen\b|dato(en|er)|dataansvarlig|uddannelsesnaevnet\.dk", re.IGNORECASE)


def test_all_text_has_real_danish_letters():
    texts = all_texts()
    assert len(texts) > 400
    assert [text for text in texts if re.search(r"ae|oe|aa|Ã|�", RIGHT.sub("", text), re.IGNORECASE)] == []


def test_texts_are_tidy():
    texts = all_texts()
    assert [text for text in texts if re.search(r"  | ,| \.|\.\.|^[a-zæøå].*\. ", text)] == []
    sentences = [t for t in visible_texts(yaml.safe_load((ROEDOVRE / "afdelinger.yaml").read_text())) if len(t) > 120]
    assert [text for text in sentences if not text.strip().endswith(".")] == []


def test_the_files_say_what_is_a_proposal_and_what_an_assumption():
    text = (ROEDOVRE / "afdelinger.yaml").read_text()
    assert "# FORSLAG" in text
    assert "# ANTAGELSER" in text


SECTIONS = [schema.Kommune, schema.Afdeling, schema.Pladser, schema.ItSystem, schema.Delophold, schema.Opgave,
            schema.Maalsaet, schema.Maal, schema.Jobkompetence, schema.Kursus, schema.Uddannelsesmodel, schema.Trin,
            schema.Skole, schema.Fag, schema.Udgiftsart, schema.Aubsats, schema.Studieturpunkt, schema.Regel,
            schema.Adgangsvej, schema.Fakta, schema.Spoergsmaal, schema.Side, schema.Oplysningstekst,
            schema.Tegngraense, schema.Brevskabelon, schema.Opstartspunkt,
            schema.Referencedata]  # fmt: skip


def test_the_manual_has_every_field_of_the_format_and_no_other():
    manual = (ROEDOVRE.parents[2] / "docs" / "referencedata.md").read_text().split("## Felterne")[1].split("\n## ")[0]
    written = {
        name for cell in re.findall(r"^\| (\**`.+?) \|", manual, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    }
    lists = set(schema.Referencedata.model_fields)
    assert written | lists == {name for section in SECTIONS for name in section.model_fields}
    assert all(f"### `{name}`" in manual for name in lists)


TABLES = [
    (schema.Afdeling, Afdeling), (schema.Opgave, Opgave), (schema.Delophold, Delophold), (schema.ItSystem, ItSystem),
    (schema.Maalsaet, Maalsaet), (schema.Maal, Maal), (schema.Jobkompetence, Jobkompetence), (schema.Kursus, Kursus),
    (schema.Uddannelsesmodel, Uddannelsesmodel), (schema.Regel, Regel), (schema.Skole, Skole), (schema.Fag, Fag),
    (schema.Udgiftsart, Udgiftsart),
    (schema.Adgangsvej, Adgangsvej), (schema.Fakta, Fakta), (schema.Spoergsmaal, Spoergsmaal), (schema.Side, Side),
    (schema.Side, Sideudgave), (schema.Oplysningstekst, Oplysningstekst),
]  # fmt: skip


@pytest.mark.parametrize(("section", "model"), TABLES, ids=lambda each: each.__name__)
def test_no_text_that_the_format_allows_is_too_long_for_the_table(section, model):
    for name, field in section.model_fields.items():
        longest = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), None)
        column = next((f.max_length for f in model._meta.fields if f.name == name), None)
        assert not (longest and column) or longest <= column, name


def test_names_of_parts_fit_their_table():
    assert Underomraade._meta.get_field("navn").max_length >= 120
