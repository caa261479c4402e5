"""What is left of a round when its applications are gone, beside `Rundetal`: counts, which point to nobody."""

from django.db import models

from .runde import Runde


class Kladdetal(models.Model):
    """How many drafts were never sent, by the step that they had come to when they were deleted."""

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="kladdetal")
    trin = models.SlugField("nåede til", max_length=40)
    antal = models.PositiveIntegerField("antal", default=0)

    class Meta:
        verbose_name = "tal for kladder"
        verbose_name_plural = "tal for kladder"
        constraints = [models.UniqueConstraint(fields=["runde", "trin"], name="kladdetal_en_linje")]

    def __str__(self):
        return f"{self.runde}: {self.trin}"
