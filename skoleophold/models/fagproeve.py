"""The fagprøve: the school's dates for a class, the work (alone or together), each elev's attempt, the limits.

What is written together (topic, problemformulering, hand-in) hangs on the Fagproeve; what is an elev's own (exam,
grade) on her Fagproeveforsoeg. An approval hangs on the version that it approves, so a new version has none.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.dates import now
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev

from .kalender import Skolehold
from .karakter import Karakter


class Fagproeverunde(PeriodModel):
    """The dates of a class. `periode` is the writing period. What the school has not said was counted back (`beregnet`)
    when the dates were saved, and stays: a date that people were told does not move because a rule does.
    """

    skolehold = models.ForeignKey(Skolehold, models.CASCADE, verbose_name="skolehold", related_name="fagproeverunder")
    navn = models.CharField("navn", max_length=60, default="Fagprøve", help_text="Fx Fagprøve eller Omprøve.")
    emne_senest = models.DateField("emnet er valgt senest")
    problem_senest = models.DateField("problemformuleringen er sendt senest")
    godkendt_senest = models.DateField("problemformuleringen er godkendt senest")
    data_senest = models.DateField("data er samlet ind senest")
    afleveres = models.DateField("afleveres senest")
    eksamen_fra = models.DateField("første eksamensdag", null=True, blank=True)
    eksamen_til = models.DateField("sidste eksamensdag", null=True, blank=True)
    beregnet = ArrayField(
        models.CharField(max_length=20), verbose_name="regnet ud af systemet", default=list, blank=True
    )

    class Meta:
        verbose_name = "datoer for fagprøven"
        verbose_name_plural = "datoer for fagprøver"
        ordering = ["-periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="fagproeverunde_periode"),
            models.CheckConstraint(
                condition=Q(
                    emne_senest__lte=F("problem_senest"),
                    problem_senest__lte=F("godkendt_senest"),
                    godkendt_senest__lt=F("periode__startswith"),
                    data_senest__lt=F("periode__startswith"),
                    afleveres__gte=F("periode__startswith"),
                ),
                name="fagproeverunde_orden",
                violation_error_message="Datoerne står ikke i rækkefølge. Se dem efter.",
            ),
            models.CheckConstraint(
                condition=Q(eksamen_fra=None, eksamen_til=None)
                | Q(eksamen_fra__gte=F("afleveres"), eksamen_til__gte=F("eksamen_fra")),
                name="fagproeverunde_eksamen",
                violation_error_message="Eksamen skal ligge efter afleveringen.",
            ),
            models.UniqueConstraint(
                fields=["skolehold", "navn"],
                name="fagproeverunde_navn",
                violation_error_message="Holdet har allerede datoer med det navn. Ret dem, eller vælg et andet navn.",
            ),
        ]

    def __str__(self):
        return f"{self.navn}, {self.skolehold}"


class Fagproeve(models.Model):
    """What is written, by one elev or by several together."""

    class Status(models.TextChoices):
        EMNE = "emne", "Emne mangler"
        SKRIVES = "skrives", "Emne valgt"
        SENDT = "sendt", "Til godkendelse"
        GODKENDT = "godkendt", "Godkendt"
        AFLEVERET = "afleveret", "Afleveret"

    class Fortrolighed(models.TextChoices):
        INGEN = "ingen", "Rapporten har ingen fortrolige oplysninger"
        ANONYM = "anonym", "Navne og sager er gjort ukendelige"
        AFTALT = "aftalt", "Skolen behandler rapporten fortroligt, og det er aftalt"

    runde = models.ForeignKey(
        Fagproeverunde,
        models.PROTECT,
        verbose_name="datoer",
        related_name="fagproever",
        null=True,
        blank=True,
        help_text="Tom: skolens datoer kendes ikke endnu.",
    )
    status = models.CharField("hvor langt", max_length=10, choices=Status, default=Status.EMNE)
    emne = models.CharField("emne", max_length=200, blank=True)
    data_indsamlet = models.DateField("data er samlet ind", null=True, blank=True)
    fortrolighed = models.CharField("fortrolighed", max_length=10, choices=Fortrolighed, blank=True)
    afleveret = models.DateField("afleveret", null=True, blank=True)

    class Meta:
        verbose_name = "fagprøve"
        verbose_name_plural = "fagprøver"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="emne") | ~Q(emne=""),
                name="fagproeve_emne",
                violation_error_message="Skriv et emne.",
            ),
            models.CheckConstraint(
                condition=Q(status="afleveret", afleveret__isnull=False) & ~Q(fortrolighed="")
                | ~Q(status="afleveret") & Q(afleveret=None),
                name="fagproeve_afleveret",
                violation_error_message="En aflevering har en dato og et svar om fortrolighed.",
            ),
        ]

    def __str__(self):
        return self.emne or "Fagprøve uden emne"


class Fagproeveforsoeg(models.Model):
    """One elev's attempt: her own exam and her own grade, also when the report was written together."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="fagproeveforsoeg")
    fagproeve = models.ForeignKey(Fagproeve, models.CASCADE, verbose_name="fagprøve", related_name="forsoeg")
    nr = models.PositiveSmallIntegerField("forsøg", default=1, validators=[MinValueValidator(1), MaxValueValidator(9)])
    eksamen = models.DateField("mundtlig eksamen", null=True, blank=True)
    vaerdi = models.CharField("karakter", max_length=2, choices=Karakter.Vaerdi, blank=True)
    bedoemt = models.DateField("karakteren er givet", null=True, blank=True)
    bevis = models.OneToOneField(
        "core.Fil",
        models.SET_NULL,
        verbose_name="skolens bevis for karakteren",
        related_name="fagproeveforsoeg",
        null=True,
        blank=True,
    )
    tillaeg_klaret = models.DateField(
        "tillæg til aftalen er ordnet", null=True, blank=True, help_text="Når prøven ikke er bestået."
    )

    class Meta:
        verbose_name = "forsøg på fagprøven"
        verbose_name_plural = "forsøg på fagprøven"
        ordering = ["elev__bruger__sortering", "nr"]
        constraints = [
            models.UniqueConstraint(fields=["elev", "nr"], name="fagproeveforsoeg_nr"),
            models.UniqueConstraint(fields=["elev", "fagproeve"], name="fagproeveforsoeg_en_gang"),
            models.CheckConstraint(
                condition=Q(vaerdi="", bedoemt=None)
                | Q(vaerdi__in=["12", "10", "7", "4", "02", "00", "-3"], bedoemt__isnull=False),
                name="fagproeveforsoeg_karakter",
                violation_error_message="Vælg en karakter på 7-trinsskalaen, og skriv dagen.",
            ),
            models.CheckConstraint(
                condition=Q(tillaeg_klaret=None) | Q(vaerdi__in=["00", "-3"]), name="fagproeveforsoeg_tillaeg"
            ),
        ]

    def __str__(self):
        return f"{self.elev}, {self.nr}. forsøg"

    @property
    def er_bestaaet(self) -> bool | None:
        return self.vaerdi not in Karakter.IKKE_BESTAAEDE if self.vaerdi else None

    @property
    def hvornaar(self) -> str:
        return f"{self.nr}. forsøg"

    @property
    def mangler_tillaeg(self) -> bool:
        """Not passed, and nobody has dealt with the agreement."""
        return self.er_bestaaet is False and self.tillaeg_klaret is None

    @property
    def resultat(self) -> str:
        return {None: "", True: "Bestået", False: "Ikke bestået"}[self.er_bestaaet]


class Problemformulering(models.Model):
    """A version. `sendt`: somebody else has read it, and it does not change any more."""

    fagproeve = models.ForeignKey(Fagproeve, models.CASCADE, verbose_name="fagprøve", related_name="formuleringer")
    nr = models.PositiveSmallIntegerField("udgave")
    tekst = models.TextField("problemformulering", max_length=4000)
    sendt = models.DateTimeField("sendt til godkendelse", null=True, blank=True)

    class Meta:
        verbose_name = "problemformulering"
        verbose_name_plural = "problemformuleringer"
        ordering = ["-nr"]
        constraints = [
            models.UniqueConstraint(fields=["fagproeve", "nr"], name="problemformulering_nr"),
            models.UniqueConstraint(fields=["fagproeve"], condition=Q(sendt=None), name="problemformulering_en_kladde"),
        ]

    def __str__(self):
        return f"Udgave {self.nr}"


class Fagproevesvar(models.Model):
    """What the workplace, or the school, said to a version."""

    class Part(models.TextChoices):
        ARBEJDSPLADS = "arbejdsplads", "Arbejdspladsen"
        SKOLE = "skole", "Skolen"

    formulering = models.ForeignKey(
        Problemformulering, models.CASCADE, verbose_name="problemformulering", related_name="svar"
    )
    part = models.CharField("hvem", max_length=12, choices=Part)
    godkendt = models.BooleanField("godkendt", help_text="Nej: den skal ændres.")
    dato = models.DateField("dato")
    kommentar = models.TextField("kommentar", max_length=2000, blank=True)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrevet af", related_name="+", null=True
    )
    tid = models.DateTimeField("skrevet", default=now)

    class Meta:
        verbose_name = "svar om problemformuleringen"
        verbose_name_plural = "svar om problemformuleringer"
        ordering = ["tid"]
        constraints = [models.UniqueConstraint(fields=["formulering", "part"], name="fagproevesvar_et_fra_hver")]

    def __str__(self):
        return f"{self.get_part_display()}: {'godkendt' if self.godkendt else 'skal ændres'}"


class Tegngraense(PeriodModel):
    """How long a report may be, by how many write it. Only one person is known; other sizes are typed."""

    antal = models.PositiveSmallIntegerField(
        "antal, der skriver sammen", validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    mindst = models.PositiveIntegerField("mindst antal tegn", validators=[MaxValueValidator(1_000_000)])
    hoejst = models.PositiveIntegerField("højst antal tegn", validators=[MaxValueValidator(1_000_000)])
    kilde = models.CharField("kilde", max_length=300)

    class Meta:
        verbose_name = "grænse for antal tegn"
        verbose_name_plural = "grænser for antal tegn"
        ordering = ["antal", "periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="tegngraense_periode"),
            models.CheckConstraint(
                condition=Q(antal__gte=1, mindst__gte=1, hoejst__gte=F("mindst")),
                name="tegngraense_orden",
                violation_error_message="Det højeste antal tegn skal være lige så stort som det mindste eller større.",
            ),
            ExclusionConstraint(
                name="tegngraense_ingen_overlap",
                expressions=[("antal", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Der er allerede en grænse for så mange i en del af perioden.",
            ),
        ]

    def __str__(self):
        return f"{self.antal}: {self.graense} tegn"

    @property
    def graense(self) -> str:
        """28.350-34.650"""
        return f"{self.mindst:,}-{self.hoejst:,}".replace(",", ".")


class Udkastoptaelling(models.Model):
    """The latest count of a draft: figures only. The file itself is not kept, so nobody can read it here."""

    fagproeve = models.OneToOneField(Fagproeve, models.CASCADE, verbose_name="fagprøve", related_name="optaelling")
    tid = models.DateTimeField("talt", default=now)
    filtype = models.CharField("filtype", max_length=10)
    dele = models.JSONField("tegn i hver del", default=dict)
    udelad = ArrayField(models.CharField(max_length=20), verbose_name="ikke talt med", default=list, blank=True)
    praecis = models.BooleanField("præcis", default=True)
    forbehold = ArrayField(models.CharField(max_length=400), verbose_name="forbehold", default=list, blank=True)

    class Meta:
        verbose_name = "optælling af udkast"
        verbose_name_plural = "optællinger af udkast"

    def __str__(self):
        return f"{self.tegn} tegn"

    @property
    def tegn(self) -> int:
        return sum(number for name, number in self.dele.items() if name not in self.udelad and name != "SKJULT")
