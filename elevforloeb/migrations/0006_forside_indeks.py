from django.db import migrations, models

from elevforloeb.core.migrering import Together


class Migration(Together):
    dependencies = [
        ("elevforloeb", "0005_fordeling_koersel"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="kalenderperiode",
            index=models.Index(models.F("art"), models.F("periode__startswith"), name="kalenderperiode_begynder"),
        ),
        migrations.AddIndex(
            model_name="ophold",
            index=models.Index(models.F("periode__endswith"), name="ophold_slut"),
        ),
    ]
