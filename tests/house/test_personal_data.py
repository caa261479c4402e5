"""Every table with a way to a person is named in the person's export and in the erasure, or has a reason not to be."""

import json
from datetime import date

from django.apps import apps
from django.db.models import CASCADE, SET_NULL, JSONField
from django.urls import reverse

from afdelinger.models import Bruger
from elevforloeb.core.files.store import owners
from elevforloeb.core.models import Fil
from elevforloeb.models import Elev
from elevforloeb.project import sletning
from elevforloeb.project.persondata import IKKE_MED, KILDER, Kilde, export
from tests.factories import KalenderperiodeFactory

# Django's own tables, which we leave empty.
EMPTY = {"auth", "contenttypes", "sessions"}


def ways_to_people():
    """Straight to a person, or to a table that is about people (a wish hangs on its elev's list of wishes)."""
    about_people = {apps.get_model(kilde.model) for kilde in KILDER}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in about_people and model._meta.app_label not in EMPTY:
                yield f"{model._meta.label}.{field.name}"


def named() -> set[str]:
    return {kilde.first_step for kilde in KILDER if kilde.vej != "pk"} | set(IKKE_MED)


def test_every_way_to_a_person_is_named():
    assert set(ways_to_people()) == named()


def ways_to_what_is_erased():
    """To people, and on from there: a row that hangs on an erased row goes with it or is named as staying."""
    gone = {Bruger, Elev, Fil} | {apps.get_model(kilde.model) for kilde in sletning.FORLOEB + sletning.KONTO}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in gone and model._meta.app_label not in EMPTY:
                yield f"{model._meta.label}.{field.name}"


def test_every_way_to_an_erased_row_is_named_in_the_erasure():
    erased = {kilde.first_step for kilde in sletning.FORLOEB + sletning.KONTO}
    assert set(ways_to_what_is_erased()) == (erased | set(sletning.BEVARES)) - {"afdelinger.Bruger.pk"}
    assert erased.isdisjoint(sletning.BEVARES)


def test_what_the_export_holds_is_erased_or_has_a_reason_to_stay():
    held = {kilde.first_step for kilde in KILDER}
    erased = {kilde.first_step for kilde in sletning.FORLOEB + sletning.KONTO}
    assert held <= erased | set(sletning.BEVARES)


def test_the_way_of_a_file_begins_with_the_field_that_points_to_it():
    assert Kilde("afdelinger.Bruger", "elev__hold").first_step == "elevforloeb.Elev.bruger"
    assert Kilde("elevforloeb.Ophold", "elev__bruger").first_step == "elevforloeb.Ophold.elev"


def test_no_owner_of_a_file_can_stop_its_erasure():
    relations = [model._meta.get_field(name) for model, name in owners()]
    stops = [str(field) for field in relations if field.remote_field.on_delete not in (CASCADE, SET_NULL)]
    assert stops == [], "point to a Fil with on_delete CASCADE or SET_NULL"


def test_all_json_is_named_because_a_name_can_hide_in_it():
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    json_fields = {f"{f.model._meta.label}.{f.name}" for f in fields if isinstance(f, JSONField)}
    assert json_fields == set(sletning.JSON)


def test_the_export_holds_what_is_about_the_person_and_nothing_of_others(cast):
    KalenderperiodeFactory(elev=cast.bo, titel="Bos skole")
    text = json.dumps(export(cast.aase.bruger), default=str, ensure_ascii=False)
    assert "Åse Ærlig" in text and "Skoleophold 1" in text and "Økonomi og Analyse" in text
    assert "Bo Berg" not in text and "Bos skole" not in text


def test_the_export_shows_the_last_day_and_no_secret(cast):
    data = export(cast.aase.bruger)
    stay = data["ophold"][0]
    assert stay["periode"] == {"fra": date(2027, 9, 1), "til og med": date(2027, 12, 31)}
    assert not {"adgangskode", "password", "engangsnøgle"} & {key for row in data["brugere"] for key in row}


def test_the_file_is_fetched_from_the_own_profile(as_user, cast):
    client = as_user(cast.aase.bruger)
    assert reverse("mine_oplysninger") in client.get(reverse("profil")).content.decode()
    response = client.get(reverse("mine_oplysninger"))
    assert response["Content-Disposition"].startswith("attachment")
    assert json.loads(response.content)["elever"]
