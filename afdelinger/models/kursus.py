from django.core.validators import MinValueValidator
from django.db import models

from elevforloeb.core.text import search_index, search_key

from .afdeling import Afdeling
from .bruger import Bruger


class Kursus(models.Model):
    """An AMU goal. The number is the key: some titles occur under two numbers."""

    nummer = models.CharField("nummer", max_length=10, unique=True)
    titel = models.CharField("titel", max_length=200)
    euu_kode = models.CharField("udvalgskode", max_length=4)
    dage = models.DecimalField("dage", max_digits=5, decimal_places=1, validators=[MinValueValidator(0)])
    tilknyttet_fra = models.DateField("tilknyttet fra", null=True, blank=True)
    udgaar = models.DateField("udgår", null=True, blank=True)
    for_elevvejledere = models.BooleanField("foreslået til elevvejledere", default=False)
    afdelinger = models.ManyToManyField(
        Afdeling, verbose_name="foreslået i afdelinger", related_name="kurser", blank=True
    )
    soegenoegle = search_key("titel", "nummer")

    class Meta:
        verbose_name = "kursus"
        verbose_name_plural = "kurser"
        ordering = ["titel", "nummer"]
        indexes = [search_index("soegenoegle", "kursus_soegning")]

    def __str__(self):
        return f"{self.nummer} {self.titel}"


class Kursusdeltagelse(models.Model):
    """A course that an elevvejleder has completed."""

    bruger = models.ForeignKey(Bruger, models.CASCADE, verbose_name="bruger", related_name="kursusdeltagelser")
    kursus = models.ForeignKey(Kursus, models.PROTECT, verbose_name="kursus", related_name="deltagelser")
    dato = models.DateField("gennemført")

    class Meta:
        verbose_name = "kursusdeltagelse"
        verbose_name_plural = "kursusdeltagelser"
        ordering = ["-dato"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruger", "kursus"],
                name="kursusdeltagelse_en",
                violation_error_message="Kurset er allerede registreret.",
            )
        ]

    def __str__(self):
        return f"{self.kursus} ({self.dato})"
