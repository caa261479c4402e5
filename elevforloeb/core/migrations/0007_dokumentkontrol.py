import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_kun_forseglet"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dokumentkontrol",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tid", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="tid")),
                ("dokumenter", models.PositiveIntegerField(verbose_name="dokumenter")),
                ("filer", models.PositiveIntegerField(verbose_name="PDF-filer")),
                ("problemer", models.JSONField(default=list, verbose_name="problemer")),
            ],
            options={
                "verbose_name": "kontrol af forseglede dokumenter",
                "verbose_name_plural": "kontroller af forseglede dokumenter",
                "ordering": ["-tid"],
            },
        ),
        migrations.AddField(
            model_name="journalisering",
            name="naeste",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="næste forsøg"),
        ),
    ]
