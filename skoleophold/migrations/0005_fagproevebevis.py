import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0008_filer"), ("skoleophold", "0004_fagproeve")]

    operations = [
        migrations.AddField(
            model_name="fagproeveforsoeg",
            name="bevis",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="fagproeveforsoeg",
                to="core.fil",
                verbose_name="skolens bevis for karakteren",
            ),
        ),
    ]
