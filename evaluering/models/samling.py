from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from elevforloeb.core.dates import now
from elevforloeb.models import Elev, Hold


class Dokumentsamling(models.Model):
    """Sealed evaluations of a hold or of an elev in one file, made by a worker for the one who asked for it.

    A copy: it is gone again after some hours, and with any of the people in it.
    """

    class Form(models.TextChoices):
        ZIP = "zip", "En ZIP-fil med én PDF for hver evaluering"
        SAMLET = "samlet", "Én samlet PDF"

    class Status(models.TextChoices):
        VENTER = "venter", "Venter"
        KOERER = "koerer", "Samler"
        FAERDIG = "faerdig", "Færdig"
        STOPPET = "stoppet", "Stoppet"
        FEJLET = "fejlet", "Fejlet"

    UNDERVEJS = [Status.VENTER, Status.KOERER]

    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="+", null=True, blank=True)
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="+", null=True, blank=True)
    bestilt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bestilt af", related_name="dokumentsamlinger"
    )
    form = models.CharField("form", max_length=10, choices=Form, default=Form.ZIP)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.VENTER)
    antal = models.PositiveIntegerField("evalueringer", default=0)
    gjort = models.PositiveIntegerField("samlet indtil nu", default=0)
    stop = models.BooleanField("stop ønsket", default=False)
    puls = models.DateTimeField("seneste livstegn", default=timezone.now)  # of the one who asked, then of the worker
    forsoeg = models.PositiveSmallIntegerField("forsøg, der gik i stå", default=0)
    oprettet = models.DateTimeField("bestilt", default=now)
    slut = models.DateTimeField("slut", null=True, blank=True)  # by the real clock: the file goes some hours later
    fil = models.BinaryField("fil", null=True, blank=True)

    class Meta:
        verbose_name = "samling af dokumenter"
        verbose_name_plural = "samlinger af dokumenter"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hold=None, elev__isnull=False) | Q(hold__isnull=False, elev=None), name="samling_om_en"
            ),
            models.CheckConstraint(
                condition=Q(status="faerdig", fil__isnull=False) | ~Q(status="faerdig") & Q(fil=None),
                name="samling_faerdig",
            ),
        ]

    def __str__(self):
        return f"Evalueringer for {self.hold or self.elev}"

    @property
    def er_undervejs(self) -> bool:
        return self.status in self.UNDERVEJS

    @property
    def procent(self) -> int:
        return 100 * self.gjort // self.antal if self.antal else 0

    @property
    def filnavn(self) -> str:
        return f"evalueringer-{self.pk}.{'zip' if self.form == self.Form.ZIP else 'pdf'}"
