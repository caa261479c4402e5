"""Subjects, which optional ones an elev takes, and her grades. A grade is a word of a scale and never a number."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.dates import now
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev

from .kalender import Skoleperiode


class Fag(PeriodModel):
    """A subject, from the reference files. `periode`: when it is taught."""

    class Skala(models.TextChoices):
        SYV = "syv", "7-trinsskalaen"
        BESTAAET = "bestaaet", "Bestået eller ikke bestået"

    kode = models.CharField("kode", max_length=20, unique=True)
    navn = models.CharField("navn", max_length=120)
    bundet = models.BooleanField("bundet", default=True, help_text="Nej: et valgfrit specialefag.")
    skala = models.CharField("skala", max_length=10, choices=Skala, default=Skala.SYV)
    kilde = models.CharField("kilde", max_length=300)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "fag"
        verbose_name_plural = "fag"
        ordering = ["-bundet", "nr", "navn"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=True), name="fag_periode")]

    def __str__(self):
        return self.navn


class Fagvalg(models.Model):
    """An optional subject for an elev. It is chosen when both the elev and an elevvejleder have said yes."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="fagvalg")
    fag = models.ForeignKey(Fag, models.PROTECT, verbose_name="fag", related_name="fagvalg")
    elev_ja = models.DateTimeField("eleven sagde ja", null=True, blank=True)
    vejleder_ja = models.DateTimeField("elevvejlederen sagde ja", null=True, blank=True)
    vejleder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="elevvejleder", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "valgfrit specialefag"
        verbose_name_plural = "valgfri specialefag"
        ordering = ["fag__nr", "fag__navn"]
        constraints = [
            models.UniqueConstraint(fields=["elev", "fag"], name="fagvalg_fag"),
            models.CheckConstraint(
                condition=Q(elev_ja__isnull=False) | Q(vejleder_ja__isnull=False), name="fagvalg_nogen_sagde_ja"
            ),
            models.CheckConstraint(
                condition=Q(vejleder_ja=None, vejleder=None) | Q(vejleder_ja__isnull=False, vejleder__isnull=False),
                name="fagvalg_vejleder",
            ),
        ]

    def __str__(self):
        return str(self.fag)

    @property
    def er_valgt(self) -> bool:
        return self.elev_ja is not None and self.vejleder_ja is not None


class Karakter(models.Model):
    """An elev's grade in a subject: after a period (delkarakter), or at the end of the subject (slutkarakter).

    The stored word is the one that people see, so "02" can never become 2, and nothing can be averaged by accident.
    """

    class Vaerdi(models.TextChoices):
        TOLV = "12", "12"
        TI = "10", "10"
        SYV = "7", "7"
        FIRE = "4", "4"
        TO = "02", "02"
        NUL = "00", "00"
        MINUS_TRE = "-3", "-3"
        BESTAAET = "B", "Bestået"
        IKKE_BESTAAET = "IB", "Ikke bestået"

    PAA_SKALA = {
        Fag.Skala.SYV: [Vaerdi.TOLV, Vaerdi.TI, Vaerdi.SYV, Vaerdi.FIRE, Vaerdi.TO, Vaerdi.NUL, Vaerdi.MINUS_TRE],
        Fag.Skala.BESTAAET: [Vaerdi.BESTAAET, Vaerdi.IKKE_BESTAAET],
    }
    IKKE_BESTAAEDE = [Vaerdi.NUL, Vaerdi.MINUS_TRE, Vaerdi.IKKE_BESTAAET]

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="karakterer")
    fag = models.ForeignKey(Fag, models.PROTECT, verbose_name="fag", related_name="karakterer")
    skoleperiode = models.ForeignKey(
        Skoleperiode,
        models.PROTECT,
        verbose_name="skoleperiode",
        related_name="karakterer",
        null=True,
        blank=True,
        help_text="Tom: slutkarakteren.",
    )
    vaerdi = models.CharField("karakter", max_length=2, choices=Vaerdi)
    dato = models.DateField("givet", null=True, blank=True)
    tid = models.DateTimeField("skrevet ind", default=now)
    bevis = models.OneToOneField(
        "core.Fil",
        models.SET_NULL,
        verbose_name="skolens bevis for karakteren",
        related_name="karakter",
        null=True,
        blank=True,
    )
    fulgt_op = models.DateField("fulgt op", null=True, blank=True, help_text="Når en karakter ikke er bestået.")

    class Meta:
        verbose_name = "karakter"
        verbose_name_plural = "karakterer"
        ordering = ["fag__nr", "fag__navn", F("skoleperiode__periode").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["elev", "fag", "skoleperiode"],
                nulls_distinct=False,
                name="karakter_en_gang",
                violation_error_message="Der står allerede en karakter for det fag og den periode. Ret den i stedet.",
            ),
            models.CheckConstraint(
                condition=Q(vaerdi__in=["12", "10", "7", "4", "02", "00", "-3", "B", "IB"]), name="karakter_kendt"
            ),
            models.CheckConstraint(
                condition=Q(fulgt_op=None) | Q(vaerdi__in=["00", "-3", "IB"]), name="karakter_fulgt_op"
            ),
        ]

    def __str__(self):
        return self.get_vaerdi_display()

    @property
    def er_bestaaet(self) -> bool:
        return self.vaerdi not in self.IKKE_BESTAAEDE

    @property
    def hvornaar(self) -> str:
        return str(self.skoleperiode) if self.skoleperiode_id else "Slutkarakter"


class Karakterdeling(models.Model):
    """The elev lets her elevvejledere read her grades, until she takes it back. Without an open row nobody does."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="karakterdelinger")
    fra = models.DateTimeField("delt", default=now)
    til = models.DateTimeField("trukket tilbage", null=True, blank=True)

    class Meta:
        verbose_name = "deling af karakterer"
        verbose_name_plural = "delinger af karakterer"
        ordering = ["-fra"]
        constraints = [
            models.UniqueConstraint(fields=["elev"], condition=Q(til=None), name="karakterdeling_en_aaben"),
            models.CheckConstraint(condition=Q(til=None) | Q(til__gte=F("fra")), name="karakterdeling_orden"),
        ]

    def __str__(self):
        return f"{self.elev} deler"
