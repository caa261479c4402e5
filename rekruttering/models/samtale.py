"""Interviews: days in a room, times in a day, and who comes when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from elevforloeb.core.dates import now
from elevforloeb.models import Elev

from .ansoegning import Ansoegning
from .runde import Runde


class Samtaledag(models.Model):
    """A room for a day. `nr` is the round of interviews: first or second."""

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="samtaledage")
    nr = models.PositiveSmallIntegerField(
        "samtalerunde", default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    dato = models.DateField("dato")
    lokale = models.CharField("lokale", max_length=80)

    class Meta:
        verbose_name = "samtaledag"
        verbose_name_plural = "samtaledage"
        ordering = ["dato", "lokale"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "nr", "dato", "lokale"],
                name="samtaledag_en_gang",
                violation_error_message="Den dag er der allerede i det lokale.",
            )
        ]

    def __str__(self):
        return f"Samtaler i {self.lokale}"


def room_key(lokale: str) -> str:
    """How rooms are compared: “Lokale 3” and “lokale  3” are one."""
    return " ".join(lokale.split()).casefold()


class Samtaletid(models.Model):
    """From a moment until, but not including, another.

    `sted` is the room of the day as the database compares it: in one room there is one interview at a time, whichever
    round it belongs to.
    """

    dag = models.ForeignKey(Samtaledag, models.CASCADE, verbose_name="dag", related_name="tider")
    tidsrum = DateTimeRangeField("tidsrum")
    sted = models.CharField("lokale", max_length=80, editable=False)

    class Meta:
        verbose_name = "samtaletid"
        verbose_name_plural = "samtaletider"
        ordering = ["tidsrum"]
        constraints = [
            ExclusionConstraint(
                name="samtaletid_lokale",
                expressions=[("sted", RangeOperators.EQUAL), ("tidsrum", RangeOperators.OVERLAPS)],
                violation_error_message=(
                    "Nogle af tiderne overlapper andre samtaler i lokalet. Vælg et andet lokale eller klokkeslæt."
                ),
            )
        ]

    def __str__(self):
        return f"{timezone.localtime(self.start):%H.%M}–{timezone.localtime(self.slut):%H.%M}"

    @property
    def start(self):
        return self.tidsrum.lower

    @property
    def slut(self):
        return self.tidsrum.upper


class Samtale(models.Model):
    """One applicant's interview in one round of them. A time belongs to one alone; the database sees to that."""

    class Tilstand(models.TextChoices):
        INVITERET = "inviteret", "Vælger tid"
        AFTALT = "aftalt", "Aftalt"
        HOLDT = "holdt", "Holdt"
        UDEBLEVET = "udeblevet", "Kom ikke"
        AFLYST = "aflyst", "Aflyst"

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="samtaler")
    nr = models.PositiveSmallIntegerField("samtalerunde", default=1)
    tid = models.OneToOneField(
        Samtaletid, models.SET_NULL, null=True, blank=True, verbose_name="tid", related_name="samtale"
    )
    tilstand = models.CharField("tilstand", max_length=10, choices=Tilstand, default=Tilstand.INVITERET)
    inviteret = models.DateTimeField("inviteret", default=now)
    sekvens = models.PositiveIntegerField("udgave af indkaldelsen", default=0)

    class Meta:
        verbose_name = "samtale"
        verbose_name_plural = "samtaler"
        ordering = ["nr", "tid__tidsrum", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ansoegning", "nr"], name="samtale_en_pr_runde"),
            models.CheckConstraint(
                condition=~models.Q(tilstand__in=["aftalt", "holdt", "udeblevet"]) | models.Q(tid__isnull=False),
                name="samtale_med_tid",
            ),
        ]

    def __str__(self):
        return f"Samtale med {self.ansoegning}"

    @property
    def er_begyndt(self) -> bool:
        return self.tid is not None and self.tid.start <= now()

    @property
    def kan_vaelges(self) -> bool:
        """The applicant herself can choose a time, or another one."""
        return self.tilstand in (self.Tilstand.INVITERET, self.Tilstand.AFTALT) and not self.er_begyndt


class Samtalevagt(models.Model):
    """A present elev who receives the applicants of a day. She knows name, time and room, and nothing else."""

    dag = models.ForeignKey(Samtaledag, models.CASCADE, verbose_name="dag", related_name="vagter")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="samtalevagter")

    class Meta:
        verbose_name = "vagt ved samtaler"
        verbose_name_plural = "vagter ved samtaler"
        constraints = [
            models.UniqueConstraint(
                fields=["dag", "elev"], name="samtalevagt_en_gang", violation_error_message="Eleven er allerede med."
            )
        ]

    def __str__(self):
        return f"{self.elev}: {self.dag}"
