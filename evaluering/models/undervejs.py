"""Around the evaluations: short notes any time, what the elev lets the next department read, and mails not wanted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from afdelinger.models import Afdeling
from elevforloeb.core.dates import now
from elevforloeb.models import Elev, Ophold

from .evaluering import Evaluering


class Dialognote(models.Model):
    """A note in the running dialogue of a stay: the elev and the department of that stay read it."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="dialognoter")
    ophold = models.ForeignKey(
        Ophold, models.SET_NULL, verbose_name="ophold", related_name="dialognoter", null=True, blank=True
    )
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="dialognoter")
    forfatter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrevet af", related_name="+")
    tekst = models.TextField("note", max_length=2000)
    tid = models.DateTimeField("tid", default=now)

    class Meta:
        verbose_name = "dialognote"
        verbose_name_plural = "dialognoter"
        ordering = ["-tid", "-id"]

    def __str__(self):
        return self.tekst[:40]


class Deling(models.Model):
    """The elev lets one later department read one sealed evaluation, until she takes it back."""

    evaluering = models.ForeignKey(Evaluering, models.CASCADE, verbose_name="evaluering", related_name="delinger")
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="delinger")
    tid = models.DateTimeField("delt", default=now)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)

    class Meta:
        verbose_name = "deling af en evaluering"
        verbose_name_plural = "delinger af evalueringer"
        ordering = ["-tid", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluering", "afdeling"], condition=Q(trukket=None), name="deling_en_ad_gangen"
            )
        ]

    def __str__(self):
        return f"{self.evaluering} delt med {self.afdeling}"


class Fravalg(models.Model):
    """A kind of reminder that a person does not want by mail. The front page shows it all the same."""

    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="fravalg")
    slags = models.SlugField("slags påmindelse", max_length=40)

    class Meta:
        verbose_name = "fravalgt påmindelse"
        verbose_name_plural = "fravalgte påmindelser"
        constraints = [models.UniqueConstraint(fields=["bruger", "slags"], name="fravalg_en_gang")]

    def __str__(self):
        return f"{self.bruger} vil ikke have {self.slags}"


class Svarbundt(models.Model):
    """Answers of several elever to one question about a department, counted once (evaluering/billede.py). No names.

    Two pictures of a department differ by whole rows of this table, and a row is never of fewer than `mindst` elever.
    """

    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="svarbundter")
    spoergsmaal = models.CharField("spørgsmål", max_length=300)
    skala = models.CharField("skala", max_length=400)  # its words, in order: other words make another question
    til = models.DateField("besvaret før")
    elever = models.PositiveSmallIntegerField("elever")
    mindst = models.PositiveSmallIntegerField("mindst")  # the rule of that day
    svar = models.JSONField("svar")  # words of a step -> how many

    class Meta:
        verbose_name = "svarbundt"
        verbose_name_plural = "svarbundter"
        ordering = ["afdeling", "spoergsmaal", "skala", "til"]
        constraints = [
            models.UniqueConstraint(fields=["afdeling", "spoergsmaal", "skala", "til"], name="svarbundt_en_gang"),
            models.CheckConstraint(condition=Q(elever__gte=F("mindst")), name="svarbundt_nok"),
        ]

    def __str__(self):
        return f"{self.spoergsmaal} ({self.afdeling.kortnavn}, før {self.til})"
