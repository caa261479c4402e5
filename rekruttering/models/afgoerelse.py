"""How it ended: an offer and its answer, a withdrawal, and what happens before the first day."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now, today
from elevforloeb.models import Elev

from .ansoegning import Ansoegning


class Tilbud(models.Model):
    """A place is offered until `frist`, inclusive. The applicant answers on her own page."""

    class Svar(models.TextChoices):
        JA = "ja", "Ja tak"
        NEJ = "nej", "Nej tak"

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="tilbud")
    sendt = models.DateTimeField("sendt", default=now)
    frist = models.DateField("svar senest")
    svar = models.CharField("svar", max_length=3, choices=Svar, blank=True)
    svaret = models.DateTimeField("svaret", null=True, blank=True)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)

    class Meta:
        verbose_name = "tilbud om en elevplads"
        verbose_name_plural = "tilbud om elevpladser"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ansoegning"],
                condition=Q(trukket=None) & ~Q(svar="nej"),
                name="tilbud_et_ad_gangen",
                violation_error_message="Ansøgeren har allerede et tilbud.",
            ),
            models.CheckConstraint(
                condition=Q(svar="", svaret=None) | (~Q(svar="") & Q(svaret__isnull=False)), name="tilbud_svaret"
            ),
        ]

    def __str__(self):
        return f"Tilbud til {self.ansoegning}"

    @property
    def er_aabent(self) -> bool:
        return not self.svar and self.trukket is None

    @property
    def er_for_sent(self) -> bool:
        return self.er_aabent and self.frist < today()


class Tilbagetraekning(models.Model):
    """The applicant has told us that she withdraws, by phone or mail: who wrote it in, and what takes it back."""

    class Maade(models.TextChoices):
        TELEFON = "telefon", "Pr. telefon"
        MAIL = "mail", "I en mail"
        SAMTALE = "samtale", "Ved en samtale"

    ansoegning = models.OneToOneField(
        Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="tilbagetraekning"
    )
    dag = models.DateField("hvornår sagde ansøgeren det?")
    maade = models.CharField("hvordan?", max_length=10, choices=Maade)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")
    tid = models.DateTimeField("skrevet ind", default=now)
    fra = models.CharField("tilstand før", max_length=10, choices=Ansoegning.Tilstand)
    fra_siden = models.DateTimeField("tilstand før siden")
    kontakt_igen = models.DateField("måtte kontaktes indtil", null=True, blank=True)  # before

    class Meta:
        verbose_name = "tilbagetrækning, som er skrevet ind"
        verbose_name_plural = "tilbagetrækninger, som er skrevet ind"

    def __str__(self):
        return f"{self.ansoegning} har trukket sig"


class Ansaettelse(models.Model):
    """An applicant has become an elev. The application goes by its own time; this stays with the elev."""

    ansoegning = models.OneToOneField(
        Ansoegning, models.SET_NULL, null=True, blank=True, verbose_name="ansøgning", related_name="ansaettelse"
    )
    elev = models.OneToOneField(Elev, models.CASCADE, verbose_name="elev", related_name="ansaettelse")
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="buddy", related_name="+"
    )
    oprettet = models.DateTimeField("oprettet", default=now)

    class Meta:
        verbose_name = "ansættelse"
        verbose_name_plural = "ansættelser"

    def __str__(self):
        return f"Ansættelse af {self.elev}"


class Opstartspunkt(models.Model):
    """Something to be done before or around the first day."""

    ansaettelse = models.ForeignKey(Ansaettelse, models.CASCADE, verbose_name="ansættelse", related_name="punkter")
    tekst = models.CharField("hvad", max_length=200)
    frist = models.DateField("senest")
    gjort = models.DateTimeField("gjort", null=True, blank=True)
    gjort_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="gjort af", related_name="+"
    )

    class Meta:
        verbose_name = "punkt før start"
        verbose_name_plural = "punkter før start"
        ordering = ["frist", "id"]

    def __str__(self):
        return self.tekst


class Opstartsskabelon(models.Model):
    """What every new elev's list begins with: so many days before (or, negative, after) the first day."""

    tekst = models.CharField("hvad", max_length=200, unique=True)
    dage_foer = models.SmallIntegerField("dage før første dag")
    kilde = models.CharField("kilde", max_length=300)

    class Meta:
        verbose_name = "fast punkt før start"
        verbose_name_plural = "faste punkter før start"
        ordering = ["-dage_foer", "id"]

    def __str__(self):
        return self.tekst
