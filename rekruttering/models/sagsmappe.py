"""The case of an applicant on its way into the municipality's case system, which keeps it when it is deleted here."""

from django.conf import settings
from django.db import models

from elevforloeb.core.filejob import FileJob
from elevforloeb.core.models import Journalpost

from .ansoegning import Ansoegning
from .runde import Runde


class Sagsjournal(Journalpost):
    """The case is filed, or on its way. What happened in it after `tid` is not filed."""

    ansoegning = models.OneToOneField(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="journal")
    akt = models.BinaryField("sagen som PDF", null=True, blank=True)  # until it is filed: the same at each attempt

    class Meta:
        verbose_name = "journalisering af en ansøgning"
        verbose_name_plural = "journaliseringer af ansøgninger"

    def __str__(self):
        return f"{self.ansoegning}: sag {self.sagsnr}"


class Sagsmappe(FileJob):
    """The cases of a round with their attachments, made by a worker for the one who asked for it.

    What would be too much for one file comes in several, each with the numbers from `foerste` to `sidste`. `segl` is of
    the list in the file that has the SHA-256 of everything else in it. A copy: it is gone again after some hours, and
    with any of the cases in it.
    """

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="sagsmapper")
    bestilt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bestilt af", related_name="sagsmapper"
    )
    foerste = models.PositiveIntegerField("fra nummer")
    sidste = models.PositiveIntegerField("til nummer")
    segl = models.CharField("fortegnelsens fingeraftryk", max_length=64, blank=True)

    class Meta:
        verbose_name = "sagsmappe"
        verbose_name_plural = "sagsmapper"
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=FileJob.FIL_NAAR_FAERDIG, name="sagsmappe_faerdig")]

    def __str__(self):
        return f"Sager i {self.runde}, nr. {self.foerste}–{self.sidste}"
