"""A round: one advert for one intake, from the day it opens until its applications are deleted."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from elevforloeb.core.dates import add_months, now, today


class Runde(models.Model):
    """`aabner` <= a moment < `frist`: one can apply. `afsluttet` begins the time after which everything is deleted."""

    class Tilstand(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        OFFENTLIG = "offentlig", "Offentlig"
        AFSLUTTET = "afsluttet", "Afsluttet"

    titel = models.CharField("titel", max_length=120, help_text="Fx Kontorelever 2027.")
    slug = models.SlugField("adresse", max_length=60, unique=True, help_text="Det sidste led af opslagets adresse.")
    tekst = models.TextField("opslagets tekst", max_length=8000, blank=True)
    pladser = models.PositiveSmallIntegerField("pladser", validators=[MinValueValidator(1), MaxValueValidator(99)])
    startdato = models.DateField("første arbejdsdag")
    aabner = models.DateTimeField("der kan søges fra")
    frist = models.DateTimeField("der kan søges indtil", help_text="Præcis til minuttet.")
    svar_senest = models.DateField("alle har svar senest", null=True, blank=True)
    samtaler = models.CharField("samtaler", max_length=120, blank=True, help_text="Fx uge 6 og 7 på rådhuset.")
    tilstand = models.CharField("tilstand", max_length=10, choices=Tilstand, default=Tilstand.KLADDE)
    afsluttet = models.DateField("afsluttet", null=True, blank=True)
    slettes_efter_maaneder = models.PositiveSmallIntegerField(
        "ansøgninger slettes efter", help_text="Måneder efter, at runden er afsluttet. Højst 36."
    )
    slettefrist_grund = models.CharField(
        "begrundelse for længere opbevaring", max_length=300, blank=True, help_text="Kræves ved mere end seks måneder."
    )

    class Meta:
        verbose_name = "ansøgningsrunde"
        verbose_name_plural = "ansøgningsrunder"
        ordering = ["-startdato", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(frist__gt=F("aabner")),
                name="runde_frist_efter_aabning",
                violation_error_message="Fristen skal ligge efter den dag, der kan søges fra.",
            ),
            models.CheckConstraint(
                condition=Q(tilstand="afsluttet", afsluttet__isnull=False)
                | (~Q(tilstand="afsluttet") & Q(afsluttet=None)),
                name="runde_afsluttet_dag",
            ),
            models.CheckConstraint(
                condition=Q(slettes_efter_maaneder__range=(1, 36)),
                name="runde_slettefrist",
                violation_error_message="Ansøgninger skal slettes efter 1 til 36 måneder.",
            ),
            models.CheckConstraint(
                condition=Q(slettes_efter_maaneder__lte=6) | ~Q(slettefrist_grund=""),
                name="runde_slettefrist_begrundet",
                violation_error_message="Skriv, hvorfor ansøgningerne skal opbevares i mere end seks måneder.",
            ),
        ]

    def __str__(self):
        return self.titel

    @property
    def er_aaben(self) -> bool:
        """One can apply at this moment."""
        return self.er_offentlig and self.aabner <= now() < self.frist

    @property
    def er_kladde(self) -> bool:
        return self.tilstand == self.Tilstand.KLADDE

    @property
    def er_offentlig(self) -> bool:
        return self.tilstand == self.Tilstand.OFFENTLIG

    @property
    def er_afsluttet(self) -> bool:
        return self.tilstand == self.Tilstand.AFSLUTTET

    @property
    def fristdag(self) -> date:
        """The day of the deadline in Denmark: the database keeps the moment in another zone."""
        return localtime(self.frist).date()

    @property
    def aabningsdag(self) -> date:
        return localtime(self.aabner).date()

    @property
    def er_begyndt(self) -> bool:
        return self.aabner <= now()

    @property
    def fristen_er_gaaet(self) -> bool:
        return self.frist <= now()

    @property
    def slettes(self) -> date | None:
        """The day from which the applications go."""
        return add_months(self.afsluttet, self.slettes_efter_maaneder) if self.afsluttet else None

    @property
    def er_slettet(self) -> bool:
        """The time is up: within a minute nothing is here but what is kept longer."""
        return self.slettes is not None and self.slettes <= today()


class Interesse(models.Model):
    """Somebody wants to hear about the next round. By consent, which ends by itself and can be taken back by a link."""

    email = models.EmailField("e-mail")
    noegle = models.UUIDField("nøgle i linket", unique=True)
    samtykke = models.DateTimeField("samtykke givet", default=now)
    udloeber = models.DateField("samtykket udløber")
    bekraeftet = models.DateTimeField("bekræftet", null=True, blank=True)

    class Meta:
        verbose_name = "ønske om besked"
        verbose_name_plural = "ønsker om besked"
        constraints = [models.UniqueConstraint("email", name="interesse_email")]

    def __str__(self):
        return f"Ønske om besked {self.pk}"


class Rundetal(models.Model):
    """What is left of a round when its applications are gone: counts, which point to nobody."""

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="tal")
    vej = models.CharField("adgangsvej", max_length=120)
    kilde = models.CharField("hørte om os", max_length=60)
    skridt = models.CharField("nåede til", max_length=60)
    antal = models.PositiveIntegerField("antal")
    besvarede = models.PositiveIntegerField("fik svar", default=0)  # of them
    dage_til_svar = models.PositiveIntegerField("dage til svar i alt", default=0)

    class Meta:
        verbose_name = "tal for en ansøgningsrunde"
        verbose_name_plural = "tal for ansøgningsrunder"
        constraints = [models.UniqueConstraint(fields=["runde", "vej", "kilde", "skridt"], name="rundetal_en_linje")]

    def __str__(self):
        return f"{self.runde}: {self.vej}, {self.skridt}"
