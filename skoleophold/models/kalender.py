"""The school's calendar: a class, its periods, who follows it, and each elev's own stay at school."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev, Kalenderperiode


class Skole(models.Model):
    kode = models.SlugField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=120)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    kilde = models.CharField("kilde", max_length=300, blank=True)

    class Meta:
        verbose_name = "skole"
        verbose_name_plural = "skoler"
        ordering = ["navn"]

    def __str__(self):
        return self.navn


class Skolehold(models.Model):
    """A class at a school. Several hold of elever can follow it, and a hold can be spread over several."""

    skole = models.ForeignKey(Skole, models.PROTECT, verbose_name="skole", related_name="skolehold")
    navn = models.CharField("navn", max_length=60, unique=True, help_text="Skolens eget navn på klassen.")
    fagvalg_senest = models.DateField(
        "valgfri specialefag vælges senest",
        null=True,
        blank=True,
        help_text="Sidste dag, elev og elevvejleder kan vælge. Tom: der er ikke noget at vælge endnu.",
    )
    note = models.TextField("bemærkning", max_length=1000, blank=True)

    class Meta:
        verbose_name = "skolehold"
        verbose_name_plural = "skolehold"
        ordering = ["navn"]

    def __str__(self):
        return self.navn


class Tilknytning(PeriodModel):
    """An elev follows a class for a time: one at a time. An open end means until the course is over."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="tilknytninger")
    skolehold = models.ForeignKey(Skolehold, models.PROTECT, verbose_name="skolehold", related_name="tilknytninger")

    class Meta:
        verbose_name = "tilknytning til skolehold"
        verbose_name_plural = "tilknytninger til skolehold"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="tilknytning_periode"),
            ExclusionConstraint(
                name="tilknytning_en_ad_gangen",
                expressions=[("elev", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Eleven følger allerede et skolehold i en del af perioden.",
            ),
        ]

    def __str__(self):
        return f"{self.elev} på {self.skolehold}"


class Skoleperiode(PeriodModel):
    """Weeks at school of a class. Each elev who follows it has the days in her own calendar: see Skoleophold."""

    skolehold = models.ForeignKey(Skolehold, models.CASCADE, verbose_name="skolehold", related_name="skoleperioder")
    nr = models.PositiveSmallIntegerField("nr.", validators=[MinValueValidator(1), MaxValueValidator(99)])
    titel = models.CharField("navn", max_length=60, blank=True, help_text="Tom: Skoleophold og nummeret.")
    sted = models.CharField("sted", max_length=200, blank=True, help_text="Adresse, bygning og lokale.")
    skema = models.TextField("fag og tider", max_length=4000, blank=True, help_text="Fx mandag 8.30-15: Lovgivning.")
    kontakt = models.CharField("kontakt på skolen", max_length=200, blank=True, help_text="Navn, telefon eller e-mail.")
    indkaldt = models.DateField(
        "indkaldelsen er kommet", null=True, blank=True, help_text="Dagen, skolens indkaldelse kom."
    )
    indkaldelse = models.OneToOneField(
        "core.Fil",
        models.SET_NULL,
        verbose_name="skolens indkaldelse",
        related_name="skoleperiode",
        null=True,
        blank=True,
    )
    studietur = models.CharField("studietur til", max_length=60, blank=True, help_text="Fx Bruxelles. Tom: ingen.")

    class Meta:
        verbose_name = "skoleperiode"
        verbose_name_plural = "skoleperioder"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="skoleperiode_periode"),
            models.UniqueConstraint(
                fields=["skolehold", "nr"],
                name="skoleperiode_nr",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Skoleholdet har allerede en periode med det nummer. Vælg et andet nummer.",
            ),
            ExclusionConstraint(
                name="skoleperiode_ingen_overlap",
                expressions=[("skolehold", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Skoleholdet har allerede en periode i en del af de dage. Vælg andre dage.",
            ),
        ]

    def __str__(self):
        return self.titel or f"Skoleophold {self.nr}"


class Skoleophold(models.Model):
    """One elev's stay at school in one period of her class. Facts about it hang here.

    `kalenderperiode` holds the days, which the plan and the net weeks see; without one the elev is not there, either
    because it was decided (`afviger`) or because something else lies on the days. Who deviates is left alone when the
    class moves.
    """

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="skoleophold")
    skoleperiode = models.ForeignKey(
        Skoleperiode, models.CASCADE, verbose_name="skoleperiode", related_name="skoleophold"
    )
    kalenderperiode = models.OneToOneField(
        Kalenderperiode,
        models.SET_NULL,
        verbose_name="dage i kalenderen",
        related_name="skoleophold",
        null=True,
        blank=True,
    )
    afviger = models.BooleanField("har egne dage", default=False)
    dage_til_stede = models.PositiveSmallIntegerField("dage til stede", null=True, blank=True)
    dage_syg = models.PositiveSmallIntegerField("dage syg", null=True, blank=True)
    dage_ulovligt = models.PositiveSmallIntegerField("dage ulovligt fravær", null=True, blank=True)
    skolevejledning = models.OneToOneField(
        "core.Fil", models.SET_NULL, verbose_name="skolevejledning", related_name="skoleophold", null=True, blank=True
    )

    class Meta:
        verbose_name = "skoleophold"
        verbose_name_plural = "skoleophold"
        ordering = ["skoleperiode__periode"]
        constraints = [
            models.UniqueConstraint(fields=["elev", "skoleperiode"], name="skoleophold_elev"),
            models.CheckConstraint(
                condition=Q(dage_til_stede=None, dage_syg=None, dage_ulovligt=None)
                | Q(dage_til_stede__isnull=False, dage_syg__isnull=False, dage_ulovligt__isnull=False),
                name="skoleophold_fremmoede_helt",
                violation_error_message="Skriv alle tre tal om fremmødet, også når de er 0.",
            ),
        ]

    def __str__(self):
        return f"{self.elev}: {self.skoleperiode}"

    @property
    def har_fremmoede(self) -> bool:
        return self.dage_til_stede is not None
