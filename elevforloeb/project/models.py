from django.conf import settings
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.dates import now, today
from elevforloeb.core.filejob import FileJob
from elevforloeb.models import Elev


class Uddannelsesbog(FileJob):
    """The whole course of an elev as one PDF, made by a worker for the elev or for the elevansvarlig.

    A copy: it is gone again after some days (the rule slet_bog_dage), and with the people in it.
    """

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="uddannelsesboeger")
    bestilt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bestilt af", related_name="uddannelsesboeger"
    )
    karakterer = models.BooleanField("karakterer er med", default=False)
    skole = models.BooleanField("skoleperioder og fremmøde er med", default=False)

    class Meta:
        verbose_name = "uddannelsesbog"
        verbose_name_plural = "uddannelsesbøger"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=FileJob.FIL_NAAR_FAERDIG, name="bog_faerdig")]

    def __str__(self):
        return f"Uddannelsesbog for {self.elev}"

    @property
    def filnavn(self) -> str:
        return f"uddannelsesbog-{self.pk}.pdf"


class Bogtilladelse(models.Model):
    """The elev lets the elevansvarlig put this in her uddannelsesbog, until she takes it back."""

    class Hvad(models.TextChoices):  # the names of the fields of Uddannelsesbog
        KARAKTERER = "karakterer", "karakterer"
        SKOLE = "skole", "skoleperioder og fremmøde"

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="bogtilladelser")
    hvad = models.CharField("hvad", max_length=10, choices=Hvad)
    fra = models.DateTimeField("givet", default=now)
    til = models.DateTimeField("trukket tilbage", null=True, blank=True)

    class Meta:
        verbose_name = "tilladelse til uddannelsesbogen"
        verbose_name_plural = "tilladelser til uddannelsesbogen"
        ordering = ["-fra"]
        constraints = [
            models.UniqueConstraint(fields=["elev", "hvad"], condition=Q(til=None), name="bogtilladelse_en_aaben"),
            models.CheckConstraint(condition=Q(hvad__in=["karakterer", "skole"]), name="bogtilladelse_hvad"),
            models.CheckConstraint(condition=Q(til=None) | Q(til__gte=F("fra")), name="bogtilladelse_orden"),
        ]

    def __str__(self):
        return f"{self.elev}: {self.get_hvad_display()}"


class Kalenderabonnement(models.Model):
    """The secret address at which other programs fetch a person's calendar. Nothing in the table opens it."""

    bruger = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="kalenderabonnement"
    )
    noegle = models.CharField("nøglens fingeraftryk", max_length=64, unique=True)  # SHA-256 of the key
    oprettet = models.DateField("lavet", default=today)
    hentet = models.DateField("sidst hentet", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderabonnement"
        verbose_name_plural = "kalenderabonnementer"

    def __str__(self):
        return f"Kalender for {self.bruger}"
