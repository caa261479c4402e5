from django.conf import settings
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now
from elevforloeb.core.models import Dokument
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev, Kalenderperiode


class Oplaeringserklaering(PeriodModel):
    """What the elev has worked with since the last one, for elev and school: before each school period, and at the end.

    It follows the school calendar, not the stays: `periode` is the time it tells of (hovedbekendtgørelsen).
    """

    class Status(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        TIL_ELEV = "til_elev", "Venter på eleven"
        SET = "set", "Set af eleven"
        UNDERSKREVET = "underskrevet", "Underskrevet"
        SENDT = "sendt", "Sendt til skolen"
        BORTFALDET = "bortfaldet", "Bortfaldet"

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="oplaeringserklaeringer")
    skole = models.ForeignKey(  # none: the final one
        Kalenderperiode, models.SET_NULL, verbose_name="skoleperiode", related_name="+", null=True, blank=True
    )
    afsluttende = models.BooleanField("afsluttende", default=False)
    frist = models.DateField("frist")
    status = models.CharField("status", max_length=20, choices=Status, default=Status.KLADDE)
    arbejdsomraader = models.TextField("arbejdsområder og funktioner", max_length=10000, blank=True)
    behov_skole = models.TextField("særlige behov i den kommende skoleundervisning", max_length=4000, blank=True)
    behov_oplaering = models.TextField("særlige behov i den kommende oplæring", max_length=4000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    elev_bemaerkning = models.TextField("elevens bemærkning", max_length=2000, blank=True)
    elev_set = models.DateTimeField("set af eleven", null=True, blank=True)
    underskrevet = models.DateTimeField("underskrevet", null=True, blank=True)
    underskrevet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="underskrevet af",
        related_name="+",
        null=True,
        blank=True,
    )
    sendt = models.DateField("sendt eller afleveret", null=True, blank=True)
    sendt_hvordan = models.CharField("hvordan", max_length=120, blank=True)
    oprettet = models.DateTimeField("oprettet", default=now)
    dokument = models.OneToOneField(
        Dokument, models.PROTECT, verbose_name="forseglet dokument", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "oplæringserklæring"
        verbose_name_plural = "oplæringserklæringer"
        ordering = ["frist", "id"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=False), name="erklaering_periode"),
            models.UniqueConstraint(
                fields=["skole"], condition=~Q(status="bortfaldet"), name="erklaering_en_pr_skoleperiode"
            ),
            models.UniqueConstraint(
                fields=["elev"],
                condition=Q(afsluttende=True) & ~Q(status="bortfaldet"),
                name="erklaering_en_afsluttende",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["underskrevet", "sendt"], dokument__isnull=False, underskrevet__isnull=False)
                | ~Q(status__in=["underskrevet", "sendt"]) & Q(dokument__isnull=True, underskrevet__isnull=True),
                name="erklaering_forseglet",
            ),
            models.CheckConstraint(
                condition=Q(status="sendt", sendt__isnull=False) | ~Q(status="sendt") & Q(sendt__isnull=True),
                name="erklaering_sendt",
            ),
        ]

    def __str__(self):
        return f"{'Afsluttende oplæringserklæring' if self.afsluttende else 'Oplæringserklæring'}: {self.elev}"
