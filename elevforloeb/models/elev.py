from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from afdelinger.models import Maalsaet
from elevforloeb.core.periods import PeriodModel, PeriodQuerySet, period_is_real

from .hold import Hold


class ElevQuerySet(PeriodQuerySet):
    def aktive(self, day):
        """Under training on `day`: inside the agreement and not stopped."""
        return self.on(day).filter(Q(stoppet=None) | Q(stoppet__gt=day))

    def employed_from(self, day):
        """Under training on `day` or later: neither finished nor stopped by then."""
        return self.filter(periode__endswith__gt=day).filter(Q(stoppet=None) | Q(stoppet__gt=day))


class Elev(PeriodModel):
    """A trainee. `periode` is that of the uddannelsesaftale; every stay lies inside it."""

    bruger = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="person", related_name="elev")
    hold = models.ForeignKey(Hold, models.PROTECT, verbose_name="hold", related_name="elever")
    maalsaet = models.ForeignKey(Maalsaet, models.PROTECT, verbose_name="målsæt", related_name="elever")
    voksenelev = models.BooleanField(
        "25 år eller mere ved start", default=False, help_text="Vælges her og beregnes aldrig. Giver færre skoleuger."
    )
    aftale_kommune = models.DateField("aftalen underskrevet af kommunen", null=True, blank=True)
    aftale_elev = models.DateField("aftalen underskrevet af eleven", null=True, blank=True)
    aftale_skole = models.DateField("aftalen registreret af skolen", null=True, blank=True)
    aftale_reference = models.CharField("reference på Lærepladsen.dk", max_length=60, blank=True)
    stoppet = models.DateField(
        "stoppet", null=True, blank=True, help_text="Første dag, hvor eleven ikke længere er ansat."
    )

    objects = ElevQuerySet.as_manager()

    class Meta:
        verbose_name = "elev"
        verbose_name_plural = "elever"
        ordering = ["bruger__sortering", "id"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=False), name="elev_aftaleperiode")]

    def __str__(self):
        return self.bruger.navn


class Kalenderperiode(PeriodModel):
    """Time away from the department: school, holiday, leave, illness. Lies across the stays, never across another one.

    Illness is dates and nothing else: no diagnosis, no free text (helbredsoplysningsloven).
    """

    class Art(models.TextChoices):
        SKOLE = "skole", "Skole"
        FERIE = "ferie", "Ferie"
        BARSEL = "barsel", "Barsel"
        ORLOV = "orlov", "Orlov"
        SYGDOM = "sygdom", "Sygdom"

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="kalenderperioder")
    art = models.CharField("art", max_length=10, choices=Art)
    titel = models.CharField("titel", max_length=60, blank=True, help_text="Kun for skole, fx Skoleophold 2.")

    class Meta:
        verbose_name = "kalenderperiode"
        verbose_name_plural = "kalenderperioder"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="kalenderperiode_periode"),
            models.CheckConstraint(
                condition=Q(art="skole") | Q(titel=""),
                name="kalenderperiode_titel_kun_skole",
                violation_error_message="Kun skoleperioder kan have en titel.",
            ),
            ExclusionConstraint(
                name="kalenderperiode_ingen_overlap",
                expressions=[("elev", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Eleven har allerede skole, ferie eller fravær i en del af perioden.",
            ),
        ]
        indexes = [models.Index("art", F("periode__startswith"), name="kalenderperiode_begynder")]

    def __str__(self):
        return self.titel or self.get_art_display()
