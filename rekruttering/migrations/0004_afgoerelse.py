import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import elevforloeb.core.dates
from elevforloeb.core.migrering import Together


class Migration(Together):
    dependencies = [
        ("elevforloeb", "0005_fordeling_koersel"),
        ("rekruttering", "0003_skrevet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Brevskabelon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "art",
                    models.CharField(
                        choices=[("afslag", "Afslag"), ("afslag-samtale", "Afslag efter samtale")],
                        max_length=20,
                        unique=True,
                        verbose_name="art",
                    ),
                ),
                ("emne", models.CharField(max_length=120, verbose_name="emne")),
                ("tekst", models.TextField(max_length=6000, verbose_name="brev")),
            ],
            options={
                "verbose_name": "brevskabelon",
                "verbose_name_plural": "brevskabeloner",
                "ordering": ["art"],
            },
        ),
        migrations.CreateModel(
            name="Opstartsskabelon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.CharField(max_length=200, unique=True, verbose_name="hvad")),
                ("dage_foer", models.SmallIntegerField(verbose_name="dage før første dag")),
                ("kilde", models.CharField(max_length=300, verbose_name="kilde")),
            ],
            options={
                "verbose_name": "fast punkt før start",
                "verbose_name_plural": "faste punkter før start",
                "ordering": ["-dage_foer", "id"],
            },
        ),
        migrations.CreateModel(
            name="Ansaettelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("oprettet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="oprettet")),
                (
                    "ansoegning",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ansaettelse",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "buddy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="buddy",
                    ),
                ),
                (
                    "elev",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ansaettelse",
                        to="elevforloeb.elev",
                        verbose_name="elev",
                    ),
                ),
            ],
            options={
                "verbose_name": "ansættelse",
                "verbose_name_plural": "ansættelser",
            },
        ),
        migrations.CreateModel(
            name="Opstartspunkt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.CharField(max_length=200, verbose_name="hvad")),
                ("frist", models.DateField(verbose_name="senest")),
                ("gjort", models.DateTimeField(blank=True, null=True, verbose_name="gjort")),
                (
                    "ansaettelse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="punkter",
                        to="rekruttering.ansaettelse",
                        verbose_name="ansættelse",
                    ),
                ),
                (
                    "gjort_af",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gjort af",
                    ),
                ),
            ],
            options={
                "verbose_name": "punkt før start",
                "verbose_name_plural": "punkter før start",
                "ordering": ["frist", "id"],
            },
        ),
        migrations.CreateModel(
            name="Samtaledag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nr",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="samtalerunde",
                    ),
                ),
                ("dato", models.DateField(verbose_name="dato")),
                ("lokale", models.CharField(max_length=80, verbose_name="lokale")),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samtaledage",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "samtaledag",
                "verbose_name_plural": "samtaledage",
                "ordering": ["dato", "lokale"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dato", "lokale"),
                        name="samtaledag_lokale",
                        violation_error_message="Der er allerede samtaler i det lokale den dag. Vælg et andet lokale.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Samtaletid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tidsrum", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="tidsrum")),
                (
                    "dag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tider",
                        to="rekruttering.samtaledag",
                        verbose_name="dag",
                    ),
                ),
            ],
            options={
                "verbose_name": "samtaletid",
                "verbose_name_plural": "samtaletider",
                "ordering": ["tidsrum"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("dag", "="), ("tidsrum", "&&")],
                        name="samtaletid_ingen_overlap",
                        violation_error_message="Nogle af tiderne overlapper andre samme dag. Vælg et andet klokkeslæt.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Samtale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nr", models.PositiveSmallIntegerField(default=1, verbose_name="samtalerunde")),
                (
                    "tilstand",
                    models.CharField(
                        choices=[
                            ("inviteret", "Vælger tid"),
                            ("aftalt", "Aftalt"),
                            ("holdt", "Holdt"),
                            ("udeblevet", "Kom ikke"),
                            ("aflyst", "Aflyst"),
                        ],
                        default="inviteret",
                        max_length=10,
                        verbose_name="tilstand",
                    ),
                ),
                ("inviteret", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="inviteret")),
                ("sekvens", models.PositiveIntegerField(default=0, verbose_name="udgave af indkaldelsen")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samtaler",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "tid",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="samtale",
                        to="rekruttering.samtaletid",
                        verbose_name="tid",
                    ),
                ),
            ],
            options={
                "verbose_name": "samtale",
                "verbose_name_plural": "samtaler",
                "ordering": ["nr", "tid__tidsrum", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("ansoegning", "nr"), name="samtale_en_pr_runde"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tilstand__in", ["aftalt", "holdt", "udeblevet"]), _negated=True),
                            ("tid__isnull", False),
                            _connector="OR",
                        ),
                        name="samtale_med_tid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Samtalevagt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vagter",
                        to="rekruttering.samtaledag",
                        verbose_name="dag",
                    ),
                ),
                (
                    "elev",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samtalevagter",
                        to="elevforloeb.elev",
                        verbose_name="elev",
                    ),
                ),
            ],
            options={
                "verbose_name": "vagt ved samtaler",
                "verbose_name_plural": "vagter ved samtaler",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dag", "elev"),
                        name="samtalevagt_en_gang",
                        violation_error_message="Eleven er allerede med.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tilbud",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sendt", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="sendt")),
                ("frist", models.DateField(verbose_name="svar senest")),
                (
                    "svar",
                    models.CharField(
                        blank=True, choices=[("ja", "Ja tak"), ("nej", "Nej tak")], max_length=3, verbose_name="svar"
                    ),
                ),
                ("svaret", models.DateTimeField(blank=True, null=True, verbose_name="svaret")),
                ("trukket", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbage")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tilbud",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
            ],
            options={
                "verbose_name": "tilbud om en elevplads",
                "verbose_name_plural": "tilbud om elevpladser",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("trukket", None), models.Q(("svar", "nej"), _negated=True)),
                        fields=("ansoegning",),
                        name="tilbud_et_ad_gangen",
                        violation_error_message="Ansøgeren har allerede et tilbud.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("svar", ""), ("svaret", None)),
                            models.Q(models.Q(("svar", ""), _negated=True), ("svaret__isnull", False)),
                            _connector="OR",
                        ),
                        name="tilbud_svaret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Brev",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("emne", models.CharField(max_length=120, verbose_name="emne")),
                ("tekst", models.TextField(max_length=6000, verbose_name="brev")),
                ("sendt", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="sendt")),
                (
                    "begrundelse_oensket",
                    models.DateTimeField(blank=True, null=True, verbose_name="bedt om en begrundelse"),
                ),
                ("begrundelse", models.TextField(blank=True, max_length=4000, verbose_name="begrundelse")),
                ("begrundet", models.DateTimeField(blank=True, null=True, verbose_name="begrundelsen sendt")),
                (
                    "ansoegning",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brev",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "sendt_af",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sendt af",
                    ),
                ),
            ],
            options={
                "verbose_name": "brev til en ansøger",
                "verbose_name_plural": "breve til ansøgere",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begrundelse", ""), ("begrundet", None)),
                            models.Q(models.Q(("begrundelse", ""), _negated=True), ("begrundet__isnull", False)),
                            _connector="OR",
                        ),
                        name="brev_begrundet",
                    )
                ],
            },
        ),
    ]
