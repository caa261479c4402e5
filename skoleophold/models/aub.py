"""The AUB register: what a stay at school should bring in, and how far it has come. Claims are made at virk.dk."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.periods import PeriodModel, period_is_real

from .kalender import Skoleophold


class Aubsats(PeriodModel):
    """What AUB pays for a week at school, from a day on."""

    class Art(models.TextChoices):
        AAR_1 = "1", "1. uddannelsesår"
        AAR_2 = "2", "2. uddannelsesår"
        AAR_3 = "3", "3. uddannelsesår"
        AAR_4 = "4", "4. uddannelsesår"
        VOKSEN = "voksen", "Voksenelev"

    art = models.CharField("gælder for", max_length=10, choices=Art)
    beloeb = models.DecimalField("kr. om ugen", max_digits=9, decimal_places=2)
    kilde = models.CharField("kilde", max_length=300)

    class Meta:
        verbose_name = "AUB-sats"
        verbose_name_plural = "AUB-satser"
        ordering = ["art", "periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="aubsats_periode"),
            models.CheckConstraint(condition=Q(beloeb__gt=0), name="aubsats_over_nul"),
            models.CheckConstraint(condition=Q(art__in=["1", "2", "3", "4", "voksen"]), name="aubsats_art_kendt"),
            ExclusionConstraint(
                name="aubsats_en_ad_gangen",
                expressions=[("art", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Der er allerede en sats i en del af perioden.",
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()}: {self.beloeb} kr."


class Aub(models.Model):
    """How far the refund of one stay has come. A stay without a row is one that nobody has looked at yet."""

    AAR = [(nr, f"{nr}. uddannelsesår") for nr in range(1, 5)]

    skoleophold = models.OneToOneField(Skoleophold, models.CASCADE, verbose_name="skoleophold", related_name="aub")
    # Chosen, never found from the start: AUB counts backwards from the end of the education, and merit moves it.
    uddannelsesaar = models.PositiveSmallIntegerField("uddannelsesår", choices=AAR, null=True, blank=True)
    ugeloen = models.DecimalField("ugeløn", max_digits=9, decimal_places=2, null=True, blank=True)
    ugeloen_indberettet = models.DateField("ugelønnen er skrevet ind på virk.dk", null=True, blank=True)
    brev_modtaget = models.DateField("brevet fra AUB er kommet", null=True, blank=True)
    brev_tjekket = models.DateField("brevet er tjekket", null=True, blank=True)
    udbetalt = models.DecimalField("udbetalt beløb", max_digits=9, decimal_places=2, null=True, blank=True)
    udbetalt_dato = models.DateField("udbetalt", null=True, blank=True)
    afsluttet = models.DateField("afsluttet", null=True, blank=True)
    note = models.TextField("bemærkning", max_length=1000, blank=True)

    class Meta:
        verbose_name = "AUB-refusion"
        verbose_name_plural = "AUB-refusioner"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(uddannelsesaar=None) | Q(uddannelsesaar__range=(1, 4)), name="aub_aar"),
            models.CheckConstraint(condition=Q(ugeloen=None) | Q(ugeloen__gt=0), name="aub_ugeloen"),
            models.CheckConstraint(condition=Q(udbetalt=None) | Q(udbetalt__gte=0), name="aub_udbetalt"),
            models.CheckConstraint(
                condition=Q(brev_tjekket=None) | Q(brev_tjekket__gte=F("brev_modtaget"), brev_modtaget__isnull=False),
                name="aub_brev_orden",
                violation_error_message="Brevet kan først være tjekket, når det er kommet. Ret en af de to dage.",
            ),
            models.CheckConstraint(
                condition=Q(udbetalt_dato=None) | Q(udbetalt__isnull=False),
                name="aub_udbetalt_hvad",
                violation_error_message="Skriv også, hvad der blev udbetalt. Skriv 0, hvis der ikke kom noget.",
            ),
        ]

    def __str__(self):
        return f"AUB for {self.skoleophold}"
