from django.conf import settings
from django.db import models

from elevforloeb.core.dates import today


class Kalenderabonnement(models.Model):
    """The secret address at which other programs fetch a person's calendar. Nothing in the table opens it."""

    bruger = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="kalenderabonnement"
    )
    noegle = models.CharField("nøglens fingeraftryk", max_length=64, unique=True)  # SHA-256 of the key
    oprettet = models.DateField("lavet", default=today)
    hentet = models.DateField("sidst hentet", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderabonnement"
        verbose_name_plural = "kalenderabonnementer"

    def __str__(self):
        return f"Kalender for {self.bruger}"
