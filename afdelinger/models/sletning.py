from django.db import models

from .bruger import Bruger


class Udsaettelse(models.Model):
    """A person who is not to be erased yet though the time is up, e.g. because a complaint is running."""

    bruger = models.OneToOneField(Bruger, models.CASCADE, verbose_name="bruger", related_name="udsaettelse")
    til = models.DateField("udsat til", help_text="Den første dag, hvor oplysningerne igen må slettes.")
    grund = models.CharField("grund", max_length=200)
    sat_af = models.ForeignKey(Bruger, models.PROTECT, verbose_name="udsat af", related_name="+")

    class Meta:
        verbose_name = "udsættelse"
        verbose_name_plural = "udsættelser"

    def __str__(self):
        return f"Udsat til {self.til}"
