from django.db import models

from elevforloeb.core.periods import PeriodModel, period_is_real


class Maalsaet(PeriodModel):
    """A version of the goals. An elev is tied to one version for the whole course, by the date of the agreement."""

    kode = models.SlugField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=120)
    kilde = models.CharField("kilde", max_length=300)

    class Meta:
        verbose_name = "målsæt"
        verbose_name_plural = "målsæt"
        ordering = ["-periode"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=True), name="maalsaet_periode")]

    def __str__(self):
        return self.navn


class Maal(models.Model):
    maalsaet = models.ForeignKey(Maalsaet, models.CASCADE, verbose_name="målsæt", related_name="maal")
    kode = models.CharField("kode", max_length=20)
    navn = models.CharField("navn", max_length=200)
    obligatorisk = models.BooleanField("obligatorisk", default=True)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["maalsaet", "nr", "id"]
        constraints = [models.UniqueConstraint(fields=["maalsaet", "kode"], name="maal_kode")]

    def __str__(self):
        return self.navn


class Jobkompetence(models.Model):
    """One of the four competences of the job area offentlig forvaltning; a second tag on tasks."""

    kode = models.SlugField("kode", max_length=20, unique=True)
    navn = models.CharField("navn", max_length=200)
    kort = models.TextField("kort forklaring", blank=True)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "jobkompetence"
        verbose_name_plural = "jobkompetencer"
        ordering = ["nr", "id"]

    def __str__(self):
        return self.navn
