"""Several tables in one migration, on one picture of the models."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState, StateApps

from elevforloeb.core.migrering import Together

KEY = ("id", models.BigAutoField(primary_key=True))
CAR = migrations.CreateModel("Vogn", [KEY, ("navn", models.CharField(max_length=10))])
WHEEL = migrations.CreateModel("Hjul", [KEY, ("vogn", models.ForeignKey("proeve.Vogn", models.CASCADE))])
VIEW = migrations.RunSQL("create view proeve_hjulvisning as select * from proeve_hjul", "drop view proeve_hjulvisning")
COLOUR = migrations.AddField("vogn", "farve", models.CharField(max_length=10, default="rød"))


class Migration(Together):
    operations = [CAR, WHEEL, VIEW, COLOUR]


def tables() -> set[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor, include_views=True)
    return {name for name in names if name.startswith("proeve_")}


def test_the_tables_come_in_their_order_and_go_again_and_the_models_are_drawn_twice_for_the_two_runs(db, monkeypatch):
    drawn, really = [], StateApps.render_multiple
    monkeypatch.setattr(StateApps, "render_multiple", lambda apps, some: drawn.append(len(some)) or really(apps, some))
    migration = Migration("0001_vogn", "proeve")
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert tables() == {"proeve_vogn", "proeve_hjul", "proeve_hjulvisning"}
    assert [each for each in drawn if each] == [2, 2]  # before the view is made by hand, and after it
    with connection.cursor() as cursor:
        columns = [row.name for row in connection.introspection.get_table_description(cursor, "proeve_vogn")]
    assert columns == ["id", "navn", "farve"]
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert tables() == set()


def test_what_changes_a_table_of_the_same_run_is_refused_because_the_table_would_have_it_twice():
    class Twice(Together):
        operations = [CAR, COLOUR]

    with pytest.raises(ValueError, match="Write this into the CreateModel instead: Add field farve to vogn"):
        Twice("0001_vogn", "proeve")
