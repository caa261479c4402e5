"""The case of an applicant on its way into the municipality's case system, which keeps it when it is deleted here."""

from django.conf import settings
from django.db import models

from elevforloeb.core.dates import now
from elevforloeb.core.filejob import FileJob

from .ansoegning import Ansoegning
from .runde import Runde


class Sagsjournal(models.Model):
    """Somebody has filed the case. What happened in it after `tid` is not filed."""

    ansoegning = models.OneToOneField(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="journal")
    sagsnr = models.CharField("sagsnr.", max_length=60)
    tid = models.DateTimeField("journaliseret", default=now)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")

    class Meta:
        verbose_name = "journalisering af en ansøgning"
        verbose_name_plural = "journaliseringer af ansøgninger"

    def __str__(self):
        return f"{self.ansoegning}: sag {self.sagsnr}"


class Sagsmappe(FileJob):
    """The cases of a round in one file, made by a worker for the one who asked for it.

    A copy: it is gone again after some hours, and with any of the cases in it.
    """

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="sagsmapper")
    bestilt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bestilt af", related_name="sagsmapper"
    )

    class Meta:
        verbose_name = "sagsmappe"
        verbose_name_plural = "sagsmapper"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=FileJob.FIL_NAAR_FAERDIG, name="sagsmappe_faerdig")]

    def __str__(self):
        return f"Sager i {self.runde}"
