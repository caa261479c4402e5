"""A study trip in a school period: the checklist, what each elev has ticked, whom to call, and documents."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from elevforloeb.core.dates import now
from elevforloeb.core.models import Fil
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev

from .kalender import Skoleperiode


class Punktart(models.TextChoices):
    KRYDS = "kryds", "Eleven sætter et kryds"
    NOEDKONTAKT = "noedkontakt", "Eleven skriver en nødkontakt"


class Studieturpunkt(models.Model):
    """A point that every new trip begins with, from the reference files."""

    kode = models.SlugField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=120)
    hjaelp = models.CharField("hjælp til eleven", max_length=300, blank=True)
    art = models.CharField("art", max_length=12, choices=Punktart, default=Punktart.KRYDS)
    dage_foer = models.PositiveSmallIntegerField("dage før afrejsen")
    kilde = models.CharField("kilde", max_length=300)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "punkt til studieture"
        verbose_name_plural = "punkter til studieture"
        ordering = ["nr", "kode"]

    def __str__(self):
        return self.navn


class Studietur(PeriodModel):
    """`periode`: from the day of departure to the day of return."""

    skoleperiode = models.OneToOneField(Skoleperiode, models.CASCADE, verbose_name="skoleperiode", related_name="tur")
    destination = models.CharField("rejsemål", max_length=60)
    program = models.TextField("program", max_length=4000, blank=True)
    kontakt = models.CharField("kontakt på turen", max_length=200, blank=True)
    ledsager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="rejseleder",
        related_name="+",
        null=True,
        blank=True,
        help_text="Kan se kontaktlisten.",
    )

    class Meta:
        verbose_name = "studietur"
        verbose_name_plural = "studieture"
        ordering = ["periode"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=False), name="studietur_periode")]

    def __str__(self):
        return f"Studietur til {self.destination}"


class Turpunkt(models.Model):
    """A point of the checklist of one trip. Its deadline moves with the departure."""

    studietur = models.ForeignKey(Studietur, models.CASCADE, verbose_name="studietur", related_name="punkter")
    navn = models.CharField("navn", max_length=120)
    hjaelp = models.CharField("hjælp til eleven", max_length=300, blank=True)
    art = models.CharField("art", max_length=12, choices=Punktart, default=Punktart.KRYDS)
    dage_foer = models.PositiveSmallIntegerField("dage før afrejsen", validators=[MaxValueValidator(365)])

    class Meta:
        verbose_name = "punkt på en studietur"
        verbose_name_plural = "punkter på en studietur"
        ordering = ["-dage_foer", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(art__in=["kryds", "noedkontakt"]), name="turpunkt_art_kendt"),
            models.UniqueConstraint(
                fields=["studietur"],
                condition=models.Q(art="noedkontakt"),
                name="turpunkt_en_noedkontakt",
                violation_error_message="Turen har allerede et punkt om nødkontakt.",
            ),
        ]

    def __str__(self):
        return self.navn


class Turkryds(models.Model):
    """The elev, or the elevansvarlig for her, has said that the point is in order. No number of a passport is kept."""

    turpunkt = models.ForeignKey(Turpunkt, models.CASCADE, verbose_name="punkt", related_name="kryds")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="turkryds")
    tid = models.DateTimeField("sat", default=now)

    class Meta:
        verbose_name = "kryds på en studieturs tjekliste"
        verbose_name_plural = "krydser på en studieturs tjekliste"
        constraints = [models.UniqueConstraint(fields=["turpunkt", "elev"], name="turkryds_en_gang")]

    def __str__(self):
        return f"{self.elev}: {self.turpunkt}"


class Noedkontakt(models.Model):
    """Whom to call if something happens on the trip. Somebody else's name: gone some weeks after the trip."""

    studietur = models.ForeignKey(Studietur, models.CASCADE, verbose_name="studietur", related_name="noedkontakter")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="noedkontakter")
    navn = models.CharField("navn", max_length=120)
    telefon = models.CharField("telefon", max_length=30)
    hvem = models.CharField("hvem er det?", max_length=60, blank=True)

    class Meta:
        verbose_name = "nødkontakt"
        verbose_name_plural = "nødkontakter"
        constraints = [models.UniqueConstraint(fields=["studietur", "elev"], name="noedkontakt_en_gang")]

    def __str__(self):
        return f"Nødkontakt for {self.elev}"


class Turfil(models.Model):
    studietur = models.ForeignKey(Studietur, models.CASCADE, verbose_name="studietur", related_name="filer")
    fil = models.OneToOneField(Fil, models.CASCADE, verbose_name="fil", related_name="turfil")
    titel = models.CharField("titel", max_length=120)

    class Meta:
        verbose_name = "dokument til en studietur"
        verbose_name_plural = "dokumenter til en studietur"
        ordering = ["pk"]

    def __str__(self):
        return self.titel
