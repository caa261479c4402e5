from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F

from afdelinger.models import Afdeling
from elevforloeb.core.dates import now
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.placering import Placering as PurePlacering

from .elev import Elev
from .hold import Hold


class Placering(PeriodModel):
    """An elev in a department for a time; the shape that the published plan and a draft share."""

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="%(class)s")
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="%(class)s")
    elevvejleder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="elevvejleder", related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.elev} i {self.afdeling}"

    def as_placering(self) -> PurePlacering:
        """The stay as the pure rules see it."""
        return PurePlacering(self.elev_id, self.afdeling_id, self.span, self.elevvejleder_id, self.pk)


class Ophold(Placering):
    """A stay of the published plan. Places, open department and agreement are guarded by a trigger at commit."""

    class Meta:
        verbose_name = "ophold"
        verbose_name_plural = "ophold"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="ophold_periode"),
            ExclusionConstraint(
                name="ophold_ingen_overlap",
                expressions=[("elev", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Eleven er allerede i en afdeling i en del af perioden.",
            ),
        ]
        indexes = [
            GistIndex(fields=["afdeling", "periode"], name="ophold_afdeling_periode"),
            # What is not over yet is a tenth of twenty years. A range index takes the stays one elev at a time.
            models.Index(F("periode__endswith"), name="ophold_slut"),
        ]


class Udkast(models.Model):
    """A draft of a hold's plan. Only the elevansvarlig sees it, and nobody is told before it is published."""

    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="udkast")
    navn = models.CharField("navn", max_length=60, default="Kladde")
    oprettet = models.DateTimeField("oprettet", default=now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oprettet af", related_name="+"
    )

    class Meta:
        verbose_name = "udkast"
        verbose_name_plural = "udkast"
        constraints = [models.UniqueConstraint(fields=["hold", "navn"], name="udkast_navn")]

    def __str__(self):
        return f"{self.navn} til {self.hold}"


class Udkastophold(Placering):
    """A stay in a draft. Points to the published stay that it came from, so that publishing keeps its identity."""

    udkast = models.ForeignKey(Udkast, models.CASCADE, verbose_name="udkast", related_name="ophold")
    ophold = models.ForeignKey(
        Ophold, models.CASCADE, verbose_name="udgivet ophold", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "ophold i udkast"
        verbose_name_plural = "ophold i udkast"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="udkastophold_periode"),
            models.UniqueConstraint(fields=["udkast", "ophold"], name="udkastophold_ophold"),
            ExclusionConstraint(
                name="udkastophold_ingen_overlap",
                expressions=[
                    ("udkast", RangeOperators.EQUAL),
                    ("elev", RangeOperators.EQUAL),
                    ("periode", RangeOperators.OVERLAPS),
                ],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Eleven er allerede i en afdeling i en del af perioden.",
            ),
        ]


class Udkastaendring(models.Model):
    """One step of work on a draft, with what the touched elever had before it: the undo of the board."""

    udkast = models.ForeignKey(Udkast, models.CASCADE, verbose_name="udkast", related_name="aendringer")
    tid = models.DateTimeField("tid", default=now)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")
    tekst = models.CharField("ændring", max_length=200)
    elever = models.JSONField("elever")
    foer = models.JSONField("før")
    fordeling = models.ForeignKey(  # the step took over an allocation
        "Fordeling", models.SET_NULL, verbose_name="fordeling", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "ændring i udkast"
        verbose_name_plural = "ændringer i udkast"
        ordering = ["-id"]

    def __str__(self):
        return self.tekst


class Udgivelse(models.Model):
    """A plan was published: by whom, what changed and who was told."""

    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="udgivelser")
    tid = models.DateTimeField("tid", default=now)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")
    forskelle = models.JSONField("forskelle")  # list of Danish sentences, one for each change
    modtagere = models.JSONField("modtagere")  # list of [bruger id, navn, why]

    class Meta:
        verbose_name = "udgivelse"
        verbose_name_plural = "udgivelser"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.hold} udgivet"
