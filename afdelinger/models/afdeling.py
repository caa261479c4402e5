from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from elevforloeb.core.dates import today
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.core.text import search_index, search_key, sort_key


class Afdeling(PeriodModel):
    """A department that receives elever. Its period says when it exists; a renamed or merged one has a successor."""

    class Art(models.TextChoices):
        GRUND = "grund", "Grunduddannelse (1. år)"
        SPECIALE = "speciale", "Specialeplads (2. år)"

    kode = models.SlugField("kode", max_length=60, unique=True)
    navn = models.CharField("navn", max_length=120)
    kortnavn = models.CharField("kort navn", max_length=30, help_text="Vises, hvor der er lidt plads, fx på tavlen.")
    art = models.CharField("hvornår i uddannelsen", max_length=10, choices=Art)
    forvaltning = models.CharField("forvaltning", max_length=120, blank=True)
    adresse = models.CharField("mødested", max_length=200, blank=True)
    beskrivelse = models.TextField("hvad afdelingen laver")
    elevens_rolle = models.TextField("hvad eleven laver", blank=True)
    stoerrelse = models.CharField("størrelse", max_length=200, blank=True)
    farve = models.PositiveSmallIntegerField(
        "farve", default=1, validators=[MinValueValidator(1), MaxValueValidator(8)], help_text="1-8, bruges i planen."
    )
    efterfoelger = models.ForeignKey(
        "self", models.PROTECT, verbose_name="afløst af", related_name="forgaengere", null=True, blank=True
    )
    sortering = sort_key("navn")
    soegenoegle = search_key("navn")

    class Meta:
        verbose_name = "afdeling"
        verbose_name_plural = "afdelinger"
        ordering = ["art", "sortering"]  # 'grund' before 'speciale'
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="afdeling_periode"),
            models.CheckConstraint(condition=Q(farve__range=(1, 8)), name="afdeling_farve"),
            models.CheckConstraint(
                condition=~Q(efterfoelger=F("pk")),
                name="afdeling_ikke_egen_efterfoelger",
                violation_error_message="En afdeling kan ikke afløse sig selv.",
            ),
        ]
        indexes = [search_index("soegenoegle", "afdeling_soegning")]

    def __str__(self):
        return self.navn

    def get_absolute_url(self):
        return reverse("afdeling", args=[self.kode])

    @property
    def er_lukket(self) -> bool:
        return bool(self.slutdato and self.slutdato <= today())

    @property
    def er_kommende(self) -> bool:
        return self.startdato > today()


class Underomraade(models.Model):
    """A part of a department, with tasks of its own."""

    afdeling = models.ForeignKey(Afdeling, models.CASCADE, verbose_name="afdeling", related_name="underomraader")
    navn = models.CharField("navn", max_length=120)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "underområde"
        verbose_name_plural = "underområder"
        ordering = ["nr", "id"]
        constraints = [models.UniqueConstraint(fields=["afdeling", "navn"], name="underomraade_navn")]

    def __str__(self):
        return self.navn


class Opgave(models.Model):
    """A task that an elev can learn from in a department."""

    class Art(models.TextChoices):
        RUTINE = "rutine", "Rutine"
        UDVIKLING = "udvikling", "Udvikling"

    afdeling = models.ForeignKey(Afdeling, models.CASCADE, verbose_name="afdeling", related_name="opgaver")
    underomraade = models.ForeignKey(
        Underomraade, models.SET_NULL, verbose_name="underområde", related_name="opgaver", null=True, blank=True
    )
    kode = models.SlugField("kode", max_length=80, unique=True)
    navn = models.CharField("opgave", max_length=300)
    art = models.CharField("art", max_length=10, choices=Art, blank=True)
    hvem_gavner = models.CharField("hvem gavner det?", max_length=200, blank=True)
    maal = models.ManyToManyField("afdelinger.Maal", verbose_name="mål", related_name="opgaver", blank=True)
    jobkompetencer = models.ManyToManyField(
        "afdelinger.Jobkompetence", verbose_name="jobkompetencer", related_name="opgaver", blank=True
    )
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)
    udgaaet = models.BooleanField("udgået", default=False, help_text="Vises ikke længere, men historikken bevares.")

    class Meta:
        verbose_name = "opgave"
        verbose_name_plural = "opgaver"
        ordering = ["nr", "id"]

    def __str__(self):
        return self.navn


class ItSystem(models.Model):
    """A system that the elev needs access to in a department."""

    afdeling = models.ForeignKey(Afdeling, models.CASCADE, verbose_name="afdeling", related_name="it_systemer")
    navn = models.CharField("navn", max_length=120)
    bestillingstid = models.PositiveSmallIntegerField("bestillingstid i dage", null=True, blank=True)

    class Meta:
        verbose_name = "it-system"
        verbose_name_plural = "it-systemer"
        ordering = ["navn"]
        constraints = [models.UniqueConstraint(fields=["afdeling", "navn"], name="it_system_navn")]

    def __str__(self):
        return self.navn


class Delophold(models.Model):
    """A sub-placement inside a stay, e.g. a week in Borgerservice."""

    afdeling = models.ForeignKey(Afdeling, models.CASCADE, verbose_name="afdeling", related_name="delophold")
    navn = models.CharField("navn", max_length=120)
    varighed = models.CharField("varighed", max_length=60, blank=True)
    beskrivelse = models.TextField("beskrivelse", blank=True)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "delophold"
        verbose_name_plural = "delophold"
        ordering = ["nr", "id"]
        constraints = [models.UniqueConstraint(fields=["afdeling", "navn"], name="delophold_navn")]

    def __str__(self):
        return self.navn


class Pladser(PeriodModel):
    """How many elever a department can have at the same time in a period. No row: none."""

    afdeling = models.ForeignKey(Afdeling, models.CASCADE, verbose_name="afdeling", related_name="pladser")
    antal = models.PositiveSmallIntegerField("antal pladser", validators=[MaxValueValidator(99)])
    kilde = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "pladser"
        verbose_name_plural = "pladser"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="pladser_periode"),
            ExclusionConstraint(
                name="pladser_en_ad_gangen",
                expressions=[("afdeling", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                violation_error_message="Afdelingen har allerede et antal pladser i en del af perioden.",
            ),
        ]

    def __str__(self):
        return f"{self.antal} pladser"
