"""What is written to applicants: refusals, and messages to some of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now

from .ansoegning import Ansoegning


class Brevskabelon(models.Model):
    """The words a letter begins with. {fornavn}, {nummer} and {runde} are filled in for each."""

    class Art(models.TextChoices):
        AFSLAG = "afslag", "Afslag"
        AFSLAG_SAMTALE = "afslag-samtale", "Afslag efter samtale"
        BESKED_TID = "besked-tid", "Det tager længere tid"
        BESKED_PRAKTISK = "besked-praktisk", "Praktisk om samtalerne"

    art = models.CharField("art", max_length=20, choices=Art, unique=True)
    emne = models.CharField("emne", max_length=120)
    tekst = models.TextField("brev", max_length=6000)

    class Meta:
        verbose_name = "brevskabelon"
        verbose_name_plural = "brevskabeloner"
        ordering = ["art"]

    def __str__(self):
        return self.get_art_display()


class Skrivelse(models.Model):
    """A letter as it was sent. It stays in the case, and the applicant reads it on her page too."""

    emne = models.CharField("emne", max_length=120)
    tekst = models.TextField("brev", max_length=6000)
    sendt = models.DateTimeField("sendt", default=now)
    sendt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="sendt af", related_name="+")

    class Meta:
        abstract = True


class Brev(Skrivelse):
    """A refusal. The applicant can ask why (forvaltningsloven § 23)."""

    ansoegning = models.OneToOneField(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="brev")
    begrundelse_oensket = models.DateTimeField("bedt om en begrundelse", null=True, blank=True)
    begrundelse = models.TextField("begrundelse", max_length=4000, blank=True)
    begrundet = models.DateTimeField("begrundelsen sendt", null=True, blank=True)

    class Meta:
        verbose_name = "brev til en ansøger"
        verbose_name_plural = "breve til ansøgere"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begrundelse="", begrundet=None) | (~Q(begrundelse="") & Q(begrundet__isnull=False)),
                name="brev_begrundet",
            )
        ]

    def __str__(self):
        return f"Brev til {self.ansoegning}"


class Besked(Skrivelse):
    """A message to some of the applicants. The same form sent twice (`udsendelse`) gives each one message."""

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="beskeder")
    udsendelse = models.UUIDField("udsendelse")

    class Meta:
        verbose_name = "besked til en ansøger"
        verbose_name_plural = "beskeder til ansøgere"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["ansoegning", "udsendelse"], name="besked_en_gang")]

    def __str__(self):
        return f"Besked til {self.ansoegning}"
