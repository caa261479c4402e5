from django.conf import settings
from django.db import models
from django.db.models import Q

from elevforloeb.core.filejob import FileJob
from elevforloeb.models import Elev, Hold


class Dokumentsamling(FileJob):
    """Sealed evaluations of a hold or of an elev in one file, made by a worker for the one who asked for it.

    A copy: it is gone again after some hours, and with any of the people in it.
    """

    class Form(models.TextChoices):
        ZIP = "zip", "En ZIP-fil med én PDF for hver evaluering"
        SAMLET = "samlet", "Én samlet PDF"

    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="+", null=True, blank=True)
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="+", null=True, blank=True)
    bestilt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bestilt af", related_name="dokumentsamlinger"
    )
    antal = models.PositiveIntegerField("evalueringer", default=0)
    form = models.CharField("form", max_length=10, choices=Form, default=Form.ZIP)

    class Meta:
        verbose_name = "samling af dokumenter"
        verbose_name_plural = "samlinger af dokumenter"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hold=None, elev__isnull=False) | Q(hold__isnull=False, elev=None), name="samling_om_en"
            ),
            models.CheckConstraint(condition=FileJob.FIL_NAAR_FAERDIG, name="samling_faerdig"),
        ]

    def __str__(self):
        return f"Evalueringer for {self.hold or self.elev}"

    @property
    def filnavn(self) -> str:
        return f"evalueringer-{self.pk}.{'zip' if self.form == self.Form.ZIP else 'pdf'}"
