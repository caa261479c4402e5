import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import elevforloeb.core.dates


class Migration(migrations.Migration):
    dependencies = [
        ("elevforloeb", "0005_fordeling_koersel"),
        ("evaluering", "0005_afdelingsbillede"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dokumentsamling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[("zip", "En ZIP-fil med én PDF for hver evaluering"), ("samlet", "Én samlet PDF")],
                        default="zip",
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
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
                ("antal", models.PositiveIntegerField(default=0, verbose_name="evalueringer")),
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
                        related_name="dokumentsamlinger",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bestilt af",
                    ),
                ),
                (
                    "elev",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="elevforloeb.elev",
                        verbose_name="elev",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="elevforloeb.hold",
                        verbose_name="hold",
                    ),
                ),
            ],
            options={
                "verbose_name": "samling af dokumenter",
                "verbose_name_plural": "samlinger af dokumenter",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("elev__isnull", False), ("hold", None)),
                            models.Q(("elev", None), ("hold__isnull", False)),
                            _connector="OR",
                        ),
                        name="samling_om_en",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fil__isnull", False), ("status", "faerdig")),
                            models.Q(models.Q(("status", "faerdig"), _negated=True), ("fil", None)),
                            _connector="OR",
                        ),
                        name="samling_faerdig",
                    ),
                ],
            },
        ),
    ]
