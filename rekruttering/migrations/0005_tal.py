import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import elevforloeb.core.dates


class Migration(migrations.Migration):
    dependencies = [
        ("rekruttering", "0004_afgoerelse"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rundetal",
            name="besvarede",
            field=models.PositiveIntegerField(default=0, verbose_name="fik svar"),
        ),
        migrations.CreateModel(
            name="Sagsjournal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sagsnr", models.CharField(max_length=60, verbose_name="sagsnr.")),
                ("tid", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="journaliseret")),
                (
                    "ansoegning",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journal",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "bruger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hvem",
                    ),
                ),
            ],
            options={
                "verbose_name": "journalisering af en ansøgning",
                "verbose_name_plural": "journaliseringer af ansøgninger",
            },
        ),
        migrations.CreateModel(
            name="Kladdetal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trin", models.SlugField(max_length=40, verbose_name="nåede til")),
                ("antal", models.PositiveIntegerField(default=0, verbose_name="antal")),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kladdetal",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "tal for kladder",
                "verbose_name_plural": "tal for kladder",
                "constraints": [models.UniqueConstraint(fields=("runde", "trin"), name="kladdetal_en_linje")],
            },
        ),
        migrations.CreateModel(
            name="Sagsmappe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("venter", "Venter"),
                            ("koerer", "Samler"),
                            ("faerdig", "Færdig"),
                            ("stoppet", "Stoppet"),
                            ("fejlet", "Fejlet"),
                        ],
                        default="venter",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("antal", models.PositiveIntegerField(default=0, verbose_name="dele")),
                ("gjort", models.PositiveIntegerField(default=0, verbose_name="samlet indtil nu")),
                ("stop", models.BooleanField(default=False, verbose_name="stop ønsket")),
                ("puls", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seneste livstegn")),
                ("forsoeg", models.PositiveSmallIntegerField(default=0, verbose_name="forsøg, der gik i stå")),
                ("oprettet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="bestilt")),
                ("slut", models.DateTimeField(blank=True, null=True, verbose_name="slut")),
                ("fil", models.BinaryField(blank=True, null=True, verbose_name="fil")),
                (
                    "bestilt_af",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sagsmapper",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bestilt af",
                    ),
                ),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sagsmapper",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "sagsmappe",
                "verbose_name_plural": "sagsmapper",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fil__isnull", False), ("status", "faerdig")),
                            models.Q(models.Q(("status", "faerdig"), _negated=True), ("fil", None)),
                            _connector="OR",
                        ),
                        name="sagsmappe_faerdig",
                    )
                ],
            },
        ),
    ]
