from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from elevforloeb.core.periods import PeriodModel, period_is_real

from .afdeling import Afdeling
from .bruger import Bruger


class Rolle(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    ELEVANSVARLIG = "elevansvarlig", "Elevansvarlig"
    LEDER = "leder", "Leder"
    ELEVVEJLEDER = "elevvejleder", "Elevvejleder"
    ELEV = "elev", "Elev"


IN_AFDELING = [Rolle.LEDER, Rolle.ELEVVEJLEDER]


class Rolletildeling(PeriodModel):
    """A right is a row with dates. A leave ends the row; a substitute is one more row."""

    bruger = models.ForeignKey(Bruger, models.CASCADE, verbose_name="bruger", related_name="rolletildelinger")
    rolle = models.CharField("rolle", max_length=20, choices=Rolle)
    afdeling = models.ForeignKey(
        Afdeling, models.PROTECT, verbose_name="afdeling", related_name="rolletildelinger", null=True, blank=True
    )
    vikar_for = models.ForeignKey(
        Bruger, models.SET_NULL, verbose_name="vikar for", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "rolletildeling"
        verbose_name_plural = "rolletildelinger"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="rolle_periode"),
            models.CheckConstraint(condition=Q(rolle__in=Rolle.values), name="rolle_kendt"),
            models.CheckConstraint(
                condition=Q(rolle__in=IN_AFDELING, afdeling__isnull=False)
                | (~Q(rolle__in=IN_AFDELING) & Q(afdeling__isnull=True)),
                name="rolle_afdeling",
                violation_error_message="Ledere og elevvejledere skal have en afdeling, andre roller ingen.",
            ),
            ExclusionConstraint(
                name="rolle_ikke_dobbelt",
                expressions=[
                    ("bruger", RangeOperators.EQUAL),
                    ("rolle", RangeOperators.EQUAL),
                    (Coalesce("afdeling", 0), RangeOperators.EQUAL),
                    ("periode", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen har allerede den rolle i perioden.",
            ),
        ]
        indexes = [models.Index(fields=["afdeling", "rolle"], name="rolle_i_afdeling")]

    def __str__(self):
        return f"{self.get_rolle_display()}{f' i {self.afdeling}' if self.afdeling_id else ''}"
