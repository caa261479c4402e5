import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


def copy_rooms(apps, schema_editor):
    for tid in apps.get_model("rekruttering", "Samtaletid").objects.select_related("dag"):
        tid.sted = " ".join(tid.dag.lokale.split()).casefold()
        tid.save(update_fields=["sted"])


class Migration(migrations.Migration):
    """One interview at a time in one room, across rounds; a day is one round's first or second interviews in it."""

    dependencies = [("rekruttering", "0005_tal")]

    operations = [
        migrations.RemoveConstraint("samtaledag", "samtaledag_lokale"),
        migrations.AddConstraint(
            "samtaledag",
            models.UniqueConstraint(
                fields=["runde", "nr", "dato", "lokale"],
                name="samtaledag_en_gang",
                violation_error_message="Den dag er der allerede i det lokale.",
            ),
        ),
        migrations.AddField(
            "samtaletid",
            "sted",
            models.CharField("lokale", default="", editable=False, max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(copy_rooms, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint("samtaletid", "samtaletid_ingen_overlap"),
        migrations.AddConstraint(
            "samtaletid",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="samtaletid_lokale",
                expressions=[
                    ("sted", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                    ("tidsrum", django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Nogle af tiderne overlapper andre samtaler i lokalet. Vælg et andet lokale eller klokkeslæt."
                ),
            ),
        ),
    ]
