"""A file that was read and is looked at before anything of it is saved."""

from django.conf import settings
from django.db import models

from elevforloeb.core.dates import now


class Indlaesning(models.Model):
    """What was read and how each line was judged. What is saved is this row, so it cannot differ from what was shown.

    It is gone when it is saved, thrown away or two days old: it can hold grades and names.
    """

    class Art(models.TextChoices):
        PERIODER = "perioder", "Skoleperioder"
        KARAKTERER = "karakterer", "Karakterer"

    art = models.CharField("art", max_length=10, choices=Art)
    filnavn = models.CharField("fil", max_length=120)
    linjer = models.JSONField("linjer", default=list)  # of queries.linjer.Linje
    tid = models.DateTimeField("læst", default=now)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="læst af", related_name="+")

    class Meta:
        verbose_name = "indlæsning"
        verbose_name_plural = "indlæsninger"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.get_art_display()} fra {self.filnavn}"
