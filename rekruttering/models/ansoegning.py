"""An application, its files and its case log.

Never asked and never stored: age, birth date, CPR, photo, gender, health (forskelsbehandlingsloven § 5, stk. 2).
An applicant has no account: a private link opens the application (rekruttering/links.py), and a new `noegle` closes it.
"""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now
from elevforloeb.core.models import Fil

from .offentlig import Adgangsvej, Oplysningstekst
from .runde import Runde


class Ansoegning(models.Model):
    class Tilstand(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        NY = "ny", "Ny"
        VURDERES = "vurderes", "Vurderes"
        SAMTALE = "samtale", "Til samtale"
        VENTELISTE = "venteliste", "Venteliste"
        TILBUD = "tilbud", "Tilbud sendt"
        ANSAT = "ansat", "Ansat"
        AFSLAG = "afslag", "Afslag"
        TRUKKET = "trukket", "Trukket tilbage"

    # The board shows the living ones; what is decided stands at the end.
    AFGJORT = [Tilstand.ANSAT, Tilstand.AFSLAG, Tilstand.TRUKKET]

    class Hoert(models.TextChoices):
        """Where the applicant heard of the places. For the figures only."""

        VEN = "ven", "Ven eller familie"
        SKOLE = "skole", "Skole eller vejleder"
        SOME = "some", "Sociale medier"
        JOBPORTAL = "jobportal", "Jobportal eller Lærepladsen.dk"
        KOMMUNE = "kommune", "Kommunens hjemmeside"
        ANDET = "andet", "Andet"

    runde = models.ForeignKey(Runde, models.PROTECT, verbose_name="ansøgningsrunde", related_name="ansoegninger")
    nummer = models.PositiveIntegerField("nummer", null=True, blank=True)  # given when it is sent
    noegle = models.UUIDField("nøgle i linket", unique=True, default=uuid4)
    formular = models.UUIDField("formularens nøgle", unique=True)  # the same form sent twice makes one application
    tilstand = models.CharField("tilstand", max_length=10, choices=Tilstand, default=Tilstand.KLADDE)
    tilstand_siden = models.DateTimeField("tilstand siden", default=now)

    fornavn = models.CharField("fornavn", max_length=60, blank=True)
    efternavn = models.CharField("efternavn", max_length=60, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)

    adgangsvej = models.ForeignKey(
        Adgangsvej, models.PROTECT, null=True, blank=True, verbose_name="uddannelse", related_name="+"
    )
    skole = models.CharField("skolens navn", max_length=120, blank=True)
    faerdig_maaned = models.PositiveSmallIntegerField(
        "måned", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    faerdig_aar = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    uddannelse_note = models.TextField("om din uddannelse", max_length=1000, blank=True)

    motivation = models.TextField("hvorfor vil du være kontorelev hos os?", max_length=4000, blank=True)
    erfaring = models.TextField("hvad har du lavet før, som du kan bruge her?", max_length=4000, blank=True)

    fortrinsadgang = models.BooleanField("jeg vil bruge min fortrinsadgang", default=False)
    hoert = models.CharField("hvor hørte du om os?", max_length=10, choices=Hoert, blank=True)
    oplysningstekst = models.ForeignKey(
        Oplysningstekst, models.PROTECT, null=True, blank=True, verbose_name="oplysningstekst", related_name="+"
    )
    kontakt_igen = models.DateField("må kontaktes om en senere runde indtil", null=True, blank=True)  # the talent list

    # What is typed in a draft and is not valid yet, by field: a draft loses nothing. Empty when it is sent.
    skrevet = models.JSONField("skrevet, men ikke færdigt", default=dict, blank=True)
    oprettet = models.DateTimeField("oprettet", default=now)
    rettet = models.DateTimeField("rettet", default=now)
    indsendt = models.DateTimeField("sendt", null=True, blank=True)
    besvaret = models.DateTimeField("svar givet", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)  # what is sent is what was looked through
    beholdes_til = models.DateField("slettes ikke før", null=True, blank=True)
    beholdes_grund = models.CharField("grund til ikke at slette", max_length=300, blank=True)

    class Meta:
        verbose_name = "ansøgning"
        verbose_name_plural = "ansøgninger"
        ordering = ["runde", "nummer", "id"]
        constraints = [
            models.UniqueConstraint(fields=["runde", "nummer"], name="ansoegning_nummer"),
            models.CheckConstraint(
                condition=Q(tilstand="kladde") | Q(indsendt__isnull=False, nummer__isnull=False),
                name="ansoegning_sendt_helt",
            ),
            models.CheckConstraint(
                condition=Q(beholdes_til=None, beholdes_grund="")
                | (Q(beholdes_til__isnull=False) & ~Q(beholdes_grund="")),
                name="ansoegning_beholdes_begrundet",
                violation_error_message="Skriv både dagen og grunden til, at ansøgningen ikke må slettes endnu.",
            ),
        ]
        indexes = [
            models.Index(fields=["runde", "tilstand"], name="ansoegning_tavle"),
            models.Index(fields=["rettet"], name="ansoegning_kladder", condition=Q(tilstand="kladde")),
        ]

    def __str__(self):
        """Without the name: this stands in history and log lines, which outlive the application."""
        return f"Ansøger {self.nummer}" if self.nummer else f"Kladde {self.pk}"

    @property
    def navn(self) -> str:
        return f"{self.fornavn} {self.efternavn}".strip() or "Uden navn"

    @property
    def er_kladde(self) -> bool:
        return self.tilstand == self.Tilstand.KLADDE

    @property
    def slettes(self) -> date | None:
        """The day on which it goes: with its round, or later when it is kept for a complaint."""
        if self.runde.slettes is None:
            return None
        return max(self.runde.slettes, self.beholdes_til or self.runde.slettes)


class Ansoegningsbilag(models.Model):
    class Art(models.TextChoices):
        BEVIS = "bevis", "Eksamensbevis eller karakterudskrift"
        CV = "cv", "CV"
        ANDET = "andet", "Andet"

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="bilag")
    art = models.CharField("hvad er det?", max_length=10, choices=Art)
    fil = models.OneToOneField(Fil, models.CASCADE, verbose_name="fil", related_name="ansoegningsbilag")

    class Meta:
        verbose_name = "bilag til en ansøgning"
        verbose_name_plural = "bilag til ansøgninger"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_art_display()} til {self.ansoegning}"


class Sagsskridt(models.Model):
    """One line of the case: what was done, by whom, when. Readable by the applicant, and gone with the application."""

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="skridt")
    tid = models.DateTimeField("tid", default=now)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="hvem", related_name="+"
    )
    art = models.SlugField("art", max_length=40)
    tekst = models.TextField("hvad")

    class Meta:
        verbose_name = "sagsskridt"
        verbose_name_plural = "sagsskridt"
        ordering = ["id"]

    def __str__(self):
        return f"{self.ansoegning}: {self.art}"
