from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property

from afdelinger.models import Afdeling
from elevforloeb.core.dates import ONE_DAY, add_months


class Uddannelsesmodel(models.Model):
    """How a course is cut into stays. Rødovre: 3 x 4 + 2 x 6 months; other municipalities have others."""

    kode = models.SlugField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=120)
    kilde = models.CharField("kilde", max_length=300, blank=True)
    note = models.TextField("bemærkning", blank=True)

    class Meta:
        verbose_name = "uddannelsesmodel"
        verbose_name_plural = "uddannelsesmodeller"
        ordering = ["navn"]

    def __str__(self):
        return self.navn

    @cached_property
    def alle_trin(self) -> list["Trin"]:
        return list(self.trin.all())

    @property
    def maaneder(self) -> int:
        return sum(trin.maaneder for trin in self.alle_trin)


class Trin(models.Model):
    """One stay of the model: its number, its kind and its length."""

    model = models.ForeignKey(Uddannelsesmodel, models.CASCADE, verbose_name="model", related_name="trin")
    nr = models.PositiveSmallIntegerField("nr.")
    art = models.CharField("art", max_length=10, choices=Afdeling.Art)
    maaneder = models.PositiveSmallIntegerField("måneder", validators=[MinValueValidator(1), MaxValueValidator(36)])

    class Meta:
        verbose_name = "trin"
        verbose_name_plural = "trin"
        ordering = ["model", "nr"]
        constraints = [models.UniqueConstraint(fields=["model", "nr"], name="trin_nr")]

    def __str__(self):
        return f"{self.nr}. ophold ({self.maaneder} måneder)"


class Hold(models.Model):
    """The elever who start together. Startdato plus the model gives the dates of the stays."""

    navn = models.CharField("navn", max_length=60, unique=True)
    startdato = models.DateField("startdato")
    model = models.ForeignKey(Uddannelsesmodel, models.PROTECT, verbose_name="uddannelsesmodel", related_name="hold")
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)

    class Meta:
        verbose_name = "hold"
        verbose_name_plural = "hold"
        ordering = ["-startdato", "navn"]

    def __str__(self):
        return self.navn

    @property
    def slutdato(self) -> date:
        """The first day after the normal course."""
        return add_months(self.startdato, self.model.maaneder)

    @property
    def sidste_dag(self) -> date:
        return self.slutdato - ONE_DAY
