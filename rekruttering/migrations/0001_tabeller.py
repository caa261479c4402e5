import uuid

import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import elevforloeb.core.dates
from elevforloeb.core.migrering import Together


class Migration(Together):
    initial = True

    dependencies = [
        ("core", "0009_mail_uden_for_huset"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Oplysningstekst",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.TextField(max_length=8000, verbose_name="tekst")),
                ("udgivet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="gælder fra")),
                ("kilde", models.CharField(blank=True, max_length=300, verbose_name="kilde")),
            ],
            options={
                "verbose_name": "oplysningstekst",
                "verbose_name_plural": "oplysningstekster",
                "ordering": ["-udgivet", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Side",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noegle", models.SlugField(max_length=40, unique=True, verbose_name="nøgle")),
                ("navn", models.CharField(max_length=80, verbose_name="navn")),
                ("raekkefoelge", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
            ],
            options={
                "verbose_name": "offentlig side",
                "verbose_name_plural": "offentlige sider",
                "ordering": ["raekkefoelge", "navn"],
            },
        ),
        migrations.CreateModel(
            name="Spoergsmaal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("spoergsmaal", models.CharField(max_length=200, verbose_name="spørgsmål")),
                ("svar", models.TextField(max_length=2000, verbose_name="svar")),
                ("raekkefoelge", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("synligt", models.BooleanField(default=True, verbose_name="vises")),
            ],
            options={
                "verbose_name": "spørgsmål og svar",
                "verbose_name_plural": "spørgsmål og svar",
                "ordering": ["raekkefoelge", "id"],
            },
        ),
        migrations.CreateModel(
            name="Adgangsvej",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("periode", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="periode")),
                ("kode", models.SlugField(max_length=40, verbose_name="kode")),
                ("navn", models.CharField(max_length=120, verbose_name="navn")),
                ("krav", models.TextField(max_length=1000, verbose_name="krav")),
                (
                    "dokumenter",
                    models.CharField(
                        blank=True, help_text="Hvad ansøgeren skal vedlægge.", max_length=300, verbose_name="dokumenter"
                    ),
                ),
                ("naeste_skridt", models.TextField(blank=True, max_length=1000, verbose_name="hvad du gør nu")),
                ("raekkefoelge", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("kilde", models.CharField(max_length=300, verbose_name="kilde")),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Vises ikke for ansøgere.", max_length=1000, verbose_name="bemærkning"
                    ),
                ),
            ],
            options={
                "verbose_name": "adgangsvej",
                "verbose_name_plural": "adgangsveje",
                "ordering": ["raekkefoelge", "navn", "periode"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("periode__isempty", False), ("periode__startswith__isnull", False)),
                        name="adgangsvej_periode",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Runde",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("titel", models.CharField(help_text="Fx Kontorelever 2027.", max_length=120, verbose_name="titel")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Det sidste led af opslagets adresse.",
                        max_length=60,
                        unique=True,
                        verbose_name="adresse",
                    ),
                ),
                ("tekst", models.TextField(blank=True, max_length=8000, verbose_name="opslagets tekst")),
                (
                    "pladser",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                        verbose_name="pladser",
                    ),
                ),
                ("startdato", models.DateField(verbose_name="første arbejdsdag")),
                ("aabner", models.DateTimeField(verbose_name="der kan søges fra")),
                ("frist", models.DateTimeField(help_text="Præcis til minuttet.", verbose_name="der kan søges indtil")),
                ("svar_senest", models.DateField(blank=True, null=True, verbose_name="alle har svar senest")),
                (
                    "samtaler",
                    models.CharField(
                        blank=True, help_text="Fx uge 6 og 7 på rådhuset.", max_length=120, verbose_name="samtaler"
                    ),
                ),
                (
                    "tilstand",
                    models.CharField(
                        choices=[("kladde", "Kladde"), ("offentlig", "Offentlig"), ("afsluttet", "Afsluttet")],
                        default="kladde",
                        max_length=10,
                        verbose_name="tilstand",
                    ),
                ),
                ("afsluttet", models.DateField(blank=True, null=True, verbose_name="afsluttet")),
                (
                    "slettes_efter_maaneder",
                    models.PositiveSmallIntegerField(
                        help_text="Måneder efter, at runden er afsluttet. Højst 36.",
                        verbose_name="ansøgninger slettes efter",
                    ),
                ),
                (
                    "slettefrist_grund",
                    models.CharField(
                        blank=True,
                        help_text="Kræves ved mere end seks måneder.",
                        max_length=300,
                        verbose_name="begrundelse for længere opbevaring",
                    ),
                ),
            ],
            options={
                "verbose_name": "ansøgningsrunde",
                "verbose_name_plural": "ansøgningsrunder",
                "ordering": ["-startdato", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("frist__gt", models.F("aabner"))),
                        name="runde_frist_efter_aabning",
                        violation_error_message="Fristen skal ligge efter den dag, der kan søges fra.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("afsluttet__isnull", False), ("tilstand", "afsluttet")),
                            models.Q(models.Q(("tilstand", "afsluttet"), _negated=True), ("afsluttet", None)),
                            _connector="OR",
                        ),
                        name="runde_afsluttet_dag",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slettes_efter_maaneder__range", (1, 36))),
                        name="runde_slettefrist",
                        violation_error_message="Ansøgninger skal slettes efter 1 til 36 måneder.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slettes_efter_maaneder__lte", 6),
                            models.Q(("slettefrist_grund", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="runde_slettefrist_begrundet",
                        violation_error_message="Skriv, hvorfor ansøgningerne skal opbevares i mere end seks måneder.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ansoegning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nummer", models.PositiveIntegerField(blank=True, null=True, verbose_name="nummer")),
                ("noegle", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="nøgle i linket")),
                ("formular", models.UUIDField(unique=True, verbose_name="formularens nøgle")),
                (
                    "tilstand",
                    models.CharField(
                        choices=[
                            ("kladde", "Kladde"),
                            ("ny", "Ny"),
                            ("vurderes", "Vurderes"),
                            ("samtale", "Til samtale"),
                            ("venteliste", "Venteliste"),
                            ("tilbud", "Tilbud sendt"),
                            ("ansat", "Ansat"),
                            ("afslag", "Afslag"),
                            ("trukket", "Trukket tilbage"),
                        ],
                        default="kladde",
                        max_length=10,
                        verbose_name="tilstand",
                    ),
                ),
                (
                    "tilstand_siden",
                    models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="tilstand siden"),
                ),
                ("fornavn", models.CharField(blank=True, max_length=60, verbose_name="fornavn")),
                ("efternavn", models.CharField(blank=True, max_length=60, verbose_name="efternavn")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("telefon", models.CharField(blank=True, max_length=20, verbose_name="telefon")),
                ("skole", models.CharField(blank=True, max_length=120, verbose_name="skolens navn")),
                (
                    "faerdig_maaned",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="måned",
                    ),
                ),
                (
                    "faerdig_aar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="år",
                    ),
                ),
                ("uddannelse_note", models.TextField(blank=True, max_length=1000, verbose_name="om din uddannelse")),
                (
                    "motivation",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="hvorfor vil du være kontorelev hos os?"
                    ),
                ),
                (
                    "erfaring",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="hvad har du lavet før, som du kan bruge her?"
                    ),
                ),
                ("fortrinsadgang", models.BooleanField(default=False, verbose_name="jeg vil bruge min fortrinsadgang")),
                (
                    "hoert",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ven", "Ven eller familie"),
                            ("skole", "Skole eller vejleder"),
                            ("some", "Sociale medier"),
                            ("jobportal", "Jobportal eller Lærepladsen.dk"),
                            ("kommune", "Kommunens hjemmeside"),
                            ("andet", "Andet"),
                        ],
                        max_length=10,
                        verbose_name="hvor hørte du om os?",
                    ),
                ),
                (
                    "kontakt_igen",
                    models.DateField(blank=True, null=True, verbose_name="må kontaktes om en senere runde indtil"),
                ),
                ("oprettet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="oprettet")),
                ("rettet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="rettet")),
                ("indsendt", models.DateTimeField(blank=True, null=True, verbose_name="sendt")),
                ("besvaret", models.DateTimeField(blank=True, null=True, verbose_name="svar givet")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("beholdes_til", models.DateField(blank=True, null=True, verbose_name="slettes ikke før")),
                (
                    "beholdes_grund",
                    models.CharField(blank=True, max_length=300, verbose_name="grund til ikke at slette"),
                ),
                (
                    "adgangsvej",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rekruttering.adgangsvej",
                        verbose_name="uddannelse",
                    ),
                ),
                (
                    "oplysningstekst",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rekruttering.oplysningstekst",
                        verbose_name="oplysningstekst",
                    ),
                ),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ansoegninger",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "ansøgning",
                "verbose_name_plural": "ansøgninger",
                "ordering": ["runde", "nummer", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("runde", "nummer"), name="ansoegning_nummer"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tilstand", "kladde"),
                            models.Q(("indsendt__isnull", False), ("nummer__isnull", False)),
                            _connector="OR",
                        ),
                        name="ansoegning_sendt_helt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beholdes_grund", ""), ("beholdes_til", None)),
                            models.Q(("beholdes_til__isnull", False), models.Q(("beholdes_grund", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ansoegning_beholdes_begrundet",
                        violation_error_message="Skriv både dagen og grunden til, at ansøgningen ikke må slettes endnu.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["runde", "tilstand"], name="ansoegning_tavle"),
                    models.Index(
                        condition=models.Q(("tilstand", "kladde")), fields=["rettet"], name="ansoegning_kladder"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ansoegningsbilag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "art",
                    models.CharField(
                        choices=[("bevis", "Eksamensbevis eller karakterudskrift"), ("cv", "CV"), ("andet", "Andet")],
                        max_length=10,
                        verbose_name="hvad er det?",
                    ),
                ),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bilag",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "fil",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ansoegningsbilag",
                        to="core.fil",
                        verbose_name="fil",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilag til en ansøgning",
                "verbose_name_plural": "bilag til ansøgninger",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Fakta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("periode", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="periode")),
                ("noegle", models.SlugField(max_length=40, verbose_name="nøgle")),
                ("overskrift", models.CharField(max_length=80, verbose_name="overskrift")),
                ("tekst", models.CharField(max_length=300, verbose_name="tekst")),
                ("raekkefoelge", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("kilde", models.CharField(max_length=300, verbose_name="kilde")),
            ],
            options={
                "verbose_name": "fakta",
                "verbose_name_plural": "fakta",
                "ordering": ["raekkefoelge", "noegle", "periode"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("periode__isempty", False), ("periode__startswith__isnull", False)),
                        name="fakta_periode",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fortrinssag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "redegoerelse_sendt",
                    models.DateField(blank=True, null=True, verbose_name="redegørelse sendt til jobcenteret"),
                ),
                ("dialog_holdt", models.DateField(blank=True, null=True, verbose_name="dialog med jobcenteret holdt")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="bemærkning")),
                (
                    "ansoegning",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fortrinssag",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
            ],
            options={
                "verbose_name": "sag om fortrinsadgang",
                "verbose_name_plural": "sager om fortrinsadgang",
            },
        ),
        migrations.CreateModel(
            name="Interesse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("noegle", models.UUIDField(unique=True, verbose_name="nøgle i linket")),
                ("samtykke", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="samtykke givet")),
                ("udloeber", models.DateField(verbose_name="samtykket udløber")),
                ("bekraeftet", models.DateTimeField(blank=True, null=True, verbose_name="bekræftet")),
            ],
            options={
                "verbose_name": "ønske om besked",
                "verbose_name_plural": "ønsker om besked",
                "constraints": [models.UniqueConstraint(models.F("email"), name="interesse_email")],
            },
        ),
        migrations.CreateModel(
            name="Notat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tid", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="skrevet")),
                ("tekst", models.TextField(max_length=4000, verbose_name="notat")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notater",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "forfatter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skrevet af",
                    ),
                ),
            ],
            options={
                "verbose_name": "notat om en ansøger",
                "verbose_name_plural": "notater om ansøgere",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hvem", models.CharField(max_length=200, verbose_name="hvem er spurgt")),
                (
                    "samtykke",
                    models.DateField(
                        help_text="Dagen, ansøgeren sagde ja til netop denne.", verbose_name="ansøgerens samtykke givet"
                    ),
                ),
                ("samtykke_hvordan", models.CharField(max_length=200, verbose_name="hvordan samtykket er givet")),
                ("indhentet", models.DateField(blank=True, null=True, verbose_name="indhentet")),
                ("tekst", models.TextField(blank=True, max_length=4000, verbose_name="hvad der blev sagt")),
                ("negativ", models.BooleanField(default=False, verbose_name="kan tale imod ansøgeren")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referencer",
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
                        verbose_name="indhentet af",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference",
                "verbose_name_plural": "referencer",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("indhentet", None), ("indhentet__gte", models.F("samtykke")), _connector="OR"
                        ),
                        name="reference_efter_samtykke",
                        violation_error_message="En reference må først indhentes, når ansøgeren har sagt ja.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("indhentet", None), ("tekst", "")),
                            models.Q(("indhentet__isnull", False), models.Q(("tekst", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reference_hel",
                        violation_error_message="Skriv både, hvornår referencen er indhentet, og hvad der blev sagt.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partshoering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("oplysning", models.TextField(max_length=4000, verbose_name="hvad ansøgeren høres om")),
                ("sendt", models.DateTimeField(blank=True, null=True, verbose_name="sendt")),
                ("frist", models.DateField(blank=True, null=True, verbose_name="svar senest")),
                ("svar", models.TextField(blank=True, max_length=4000, verbose_name="ansøgerens svar")),
                ("svaret", models.DateTimeField(blank=True, null=True, verbose_name="svaret")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partshoeringer",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "reference",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partshoering",
                        to="rekruttering.reference",
                        verbose_name="reference",
                    ),
                ),
            ],
            options={
                "verbose_name": "partshøring",
                "verbose_name_plural": "partshøringer",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sendt", None), ("frist__isnull", False), _connector="OR"),
                        name="partshoering_med_frist",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rundetal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vej", models.CharField(max_length=120, verbose_name="adgangsvej")),
                ("kilde", models.CharField(max_length=60, verbose_name="hørte om os")),
                ("skridt", models.CharField(max_length=60, verbose_name="nåede til")),
                ("antal", models.PositiveIntegerField(verbose_name="antal")),
                ("dage_til_svar", models.PositiveIntegerField(default=0, verbose_name="dage til svar i alt")),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tal",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "tal for en ansøgningsrunde",
                "verbose_name_plural": "tal for ansøgningsrunder",
                "constraints": [
                    models.UniqueConstraint(fields=("runde", "vej", "kilde", "skridt"), name="rundetal_en_linje"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sagsskridt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tid", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="tid")),
                ("art", models.SlugField(max_length=40, verbose_name="art")),
                ("tekst", models.TextField(verbose_name="hvad")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skridt",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "bruger",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hvem",
                    ),
                ),
            ],
            options={
                "verbose_name": "sagsskridt",
                "verbose_name_plural": "sagsskridt",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Sideudgave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("titel", models.CharField(max_length=120, verbose_name="overskrift")),
                (
                    "tekst",
                    models.TextField(
                        help_text="Tom linje mellem afsnit. ## foran en mellemoverskrift.",
                        max_length=10000,
                        verbose_name="tekst",
                    ),
                ),
                ("skrevet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="skrevet")),
                ("udgivet", models.DateTimeField(blank=True, null=True, verbose_name="udgivet")),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="udgaver",
                        to="rekruttering.side",
                        verbose_name="side",
                    ),
                ),
                (
                    "skrevet_af",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skrevet af",
                    ),
                ),
            ],
            options={
                "verbose_name": "udgave af en offentlig side",
                "verbose_name_plural": "udgaver af offentlige sider",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("udgivet", None)), fields=("side",), name="sideudgave_en_kladde"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Udvalgsmedlem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "erklaeret",
                    models.DateTimeField(blank=True, null=True, verbose_name="har erklæret sig om inhabilitet"),
                ),
                ("udtraadt", models.DateTimeField(blank=True, null=True, verbose_name="udtrådt")),
                (
                    "bruger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="udvalgsmedlemskaber",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="medlem",
                    ),
                ),
                (
                    "runde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="medlemmer",
                        to="rekruttering.runde",
                        verbose_name="ansøgningsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "medlem af ansættelsesudvalg",
                "verbose_name_plural": "medlemmer af ansættelsesudvalg",
                "ordering": ["runde", "bruger__sortering"],
                "constraints": [
                    models.UniqueConstraint(fields=("runde", "bruger"), name="udvalgsmedlem_en_gang"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inhabilitet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tid", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="erklæret")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inhabiliteter",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "medlem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inhabiliteter",
                        to="rekruttering.udvalgsmedlem",
                        verbose_name="medlem",
                    ),
                ),
            ],
            options={
                "verbose_name": "inhabilitet",
                "verbose_name_plural": "inhabiliteter",
                "constraints": [
                    models.UniqueConstraint(fields=("medlem", "ansoegning"), name="inhabilitet_en_gang"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bedoemmelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "indstilling",
                    models.CharField(
                        blank=True,
                        choices=[("samtale", "Kald til samtale"), ("maaske", "Måske"), ("ikke", "Ikke til samtale")],
                        max_length=10,
                        verbose_name="indstilling",
                    ),
                ),
                ("begrundelse", models.TextField(blank=True, max_length=2000, verbose_name="begrundelse")),
                ("rettet", models.DateTimeField(default=elevforloeb.core.dates.now, verbose_name="rettet")),
                ("afgivet", models.DateTimeField(blank=True, null=True, verbose_name="afgivet")),
                (
                    "ansoegning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bedoemmelser",
                        to="rekruttering.ansoegning",
                        verbose_name="ansøgning",
                    ),
                ),
                (
                    "medlem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bedoemmelser",
                        to="rekruttering.udvalgsmedlem",
                        verbose_name="medlem",
                    ),
                ),
            ],
            options={
                "verbose_name": "bedømmelse",
                "verbose_name_plural": "bedømmelser",
                "ordering": ["medlem__bruger__sortering"],
                "constraints": [
                    models.UniqueConstraint(fields=("ansoegning", "medlem"), name="bedoemmelse_en_hver"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("afgivet", None),
                            models.Q(
                                models.Q(("indstilling", ""), _negated=True),
                                models.Q(("begrundelse", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bedoemmelse_begrundet",
                        violation_error_message="Skriv en kort begrundelse. Et kryds alene er ikke nok.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Elevhistorie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("periode", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="periode")),
                ("fornavn", models.CharField(max_length=40, verbose_name="fornavn")),
                ("overskrift", models.CharField(max_length=120, verbose_name="overskrift")),
                ("tekst", models.TextField(max_length=3000, verbose_name="historie")),
                ("samtykke", models.DateTimeField(blank=True, null=True, verbose_name="samtykke givet")),
                ("trukket", models.DateTimeField(blank=True, null=True, verbose_name="samtykke trukket")),
                (
                    "billede",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="elevhistorie",
                        to="core.fil",
                        verbose_name="billede",
                    ),
                ),
                (
                    "elev",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elevhistorier",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fortalt af",
                    ),
                ),
            ],
            options={
                "verbose_name": "elevhistorie",
                "verbose_name_plural": "elevhistorier",
                "ordering": ["-periode"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("periode__isempty", False),
                            ("periode__startswith__isnull", False),
                            ("periode__endswith__isnull", False),
                        ),
                        name="elevhistorie_samtykke",
                    )
                ],
            },
        ),
    ]
