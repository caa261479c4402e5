"""What the municipality pays beside the wages: kinds of cost, the elever's expenses with receipts, budgets, payments.

An expense: kladde -> sendt -> godkendt -> udbetalt, or sendt -> returneret -> sendt. services/udlaeg.py moves it.
"""

from decimal import Decimal
from uuid import uuid4

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.dates import now
from elevforloeb.core.models import Fil
from elevforloeb.core.periods import PeriodModel, period_is_real
from elevforloeb.models import Elev, Hold

from .kalender import Skoleperiode

OERE = Decimal("0.01")


class Udgiftsart(PeriodModel):
    """A kind of cost that is paid, what of it, and what not. `periode`: when it can be chosen."""

    kode = models.SlugField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=60, unique=True)
    betales = models.TextField("det betaler kommunen", max_length=1000)
    betales_ikke = models.TextField("det betaler kommunen ikke", max_length=1000, blank=True)
    loft = models.DecimalField(
        "højst pr. udlæg", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(OERE)]
    )
    egen_udgift = models.BooleanField(
        "egen udgift trækkes fra", default=False, help_text="Fx det, rejsen til arbejde ellers ville have kostet."
    )
    mindst_km = models.PositiveSmallIntegerField("kun over så mange km frem og tilbage", null=True, blank=True)
    konto = models.CharField("kontering", max_length=60, blank=True, help_text="Står i filen til løn og regnskab.")
    kilde = models.CharField("kilde", max_length=300)
    nr = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "udgiftsart"
        verbose_name_plural = "udgiftsarter"
        ordering = ["nr", "navn"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=True), name="udgiftsart_periode")]

    def __str__(self):
        return self.navn


class Udbetaling(models.Model):
    """Approved expenses that were sent to payroll or accounts together. Its number is its id.

    Taken back (fortrudt) before it was handed over, it keeps its number and holds nothing.
    """

    tid = models.DateTimeField("lavet", default=now)
    lavet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="lavet af", related_name="+")
    antal = models.PositiveIntegerField("udlæg")
    beloeb = models.DecimalField("i alt", max_digits=11, decimal_places=2)
    afleveret = models.DateTimeField("afleveret", null=True, blank=True)
    afleveret_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="afleveret af", related_name="+", null=True, blank=True
    )
    fortrudt = models.DateTimeField("fortrudt", null=True, blank=True)

    class Meta:
        verbose_name = "udbetaling"
        verbose_name_plural = "udbetalinger"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(afleveret=None) | Q(fortrudt=None), name="udbetaling_en_vej"),
            models.CheckConstraint(
                condition=Q(afleveret=None, afleveret_af=None) | Q(afleveret__isnull=False, afleveret_af__isnull=False),
                name="udbetaling_afleveret_af",
            ),
        ]

    def __str__(self):
        return f"Udbetaling {self.pk}"

    @property
    def tilstand(self) -> str:
        return "Fortrudt" if self.fortrudt else "Afleveret" if self.afleveret else "Ikke afleveret"

    @property
    def farve(self) -> str:
        return {"Fortrudt": "info", "Afleveret": "ok"}.get(self.tilstand, "vent")


class UdlaegQuerySet(models.QuerySet):
    def with_amount(self):
        """Each with `udbetales`: what is paid back, the own cost deducted."""
        return self.annotate(udbetales=F("beloeb") - F("egen_udgift"))


class Udlaeg(models.Model):
    """An expense of an elev. One that she writes on may lack everything; what is sent lacks nothing.

    `version` counts the changes, so that nobody approves another text than the one that was read.
    """

    class Status(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        SENDT = "sendt", "Sendt"
        RETURNERET = "returneret", "Sendt retur"
        GODKENDT = "godkendt", "Godkendt"
        UDBETALT = "udbetalt", "Til udbetaling"

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="udlaeg")
    art = models.ForeignKey(
        Udgiftsart, models.PROTECT, verbose_name="hvad gælder det?", related_name="udlaeg", null=True, blank=True
    )
    dato = models.DateField("dato på kvitteringen", null=True, blank=True)
    beloeb = models.DecimalField(
        "beløb", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(OERE)]
    )
    egen_udgift = models.DecimalField(
        "egen udgift", max_digits=9, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    km = models.PositiveSmallIntegerField("km frem og tilbage", null=True, blank=True)
    formaal = models.CharField("hvad er det til?", max_length=300, blank=True)
    skoleperiode = models.ForeignKey(
        Skoleperiode, models.SET_NULL, verbose_name="skoleperiode", related_name="+", null=True, blank=True
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.KLADDE)
    version = models.PositiveIntegerField("version", default=1)
    noegle = models.UUIDField("nøgle", default=uuid4, unique=True)  # of the form: a double click makes one expense
    tid = models.DateTimeField("skrevet", default=now)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    behandlet = models.DateTimeField("behandlet", null=True, blank=True)
    behandlet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="behandlet af", related_name="+", null=True, blank=True
    )
    grund = models.CharField("hvorfor sendt retur", max_length=500, blank=True)
    udbetaling = models.ForeignKey(
        Udbetaling, models.PROTECT, verbose_name="udbetaling", related_name="udlaeg", null=True, blank=True
    )

    objects = UdlaegQuerySet.as_manager()

    class Meta:
        verbose_name = "udlæg"
        verbose_name_plural = "udlæg"
        ordering = ["-dato", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["kladde", "returneret"])
                | Q(art__isnull=False, dato__isnull=False, beloeb__isnull=False, sendt__isnull=False) & ~Q(formaal=""),
                name="udlaeg_helt",
            ),
            models.CheckConstraint(condition=Q(beloeb=None) | Q(beloeb__gt=0), name="udlaeg_beloeb"),
            models.CheckConstraint(
                condition=Q(status__in=["kladde", "returneret"]) | Q(egen_udgift__gte=0, egen_udgift__lt=F("beloeb")),
                name="udlaeg_egen_udgift",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kladde", "sendt"]) | Q(behandlet__isnull=False, behandlet_af__isnull=False),
                name="udlaeg_behandlet",
            ),
            models.CheckConstraint(condition=~Q(status="returneret") | ~Q(grund=""), name="udlaeg_begrundet"),
            models.CheckConstraint(
                condition=Q(status="udbetalt", udbetaling__isnull=False)
                | ~Q(status="udbetalt") & Q(udbetaling__isnull=True),
                name="udlaeg_i_en_udbetaling",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "sendt"], name="udlaeg_status"),
            models.Index(fields=["dato"], name="udlaeg_dato"),
        ]

    def __str__(self):
        return self.formaal or (str(self.art) if self.art_id else "Udlæg")

    @property
    def til_udbetaling(self) -> Decimal | None:
        """What is paid back, the own cost deducted."""
        return None if self.beloeb is None else self.beloeb - self.egen_udgift

    @property
    def kan_rettes(self) -> bool:
        return self.status in (self.Status.KLADDE, self.Status.RETURNERET)

    @property
    def tilstand(self) -> str:
        """In words. What is handed over is out of the house."""
        if self.udbetaling_id and self.udbetaling.afleveret:
            return "Sendt til udbetaling"
        return self.get_status_display()

    @property
    def farve(self) -> str:
        """How the pages colour the state."""
        return {"godkendt": "ok", "udbetalt": "ok", "returneret": "fejl", "sendt": "vent"}.get(self.status, "info")


class Bilag(models.Model):
    """A receipt of an expense."""

    udlaeg = models.ForeignKey(Udlaeg, models.CASCADE, verbose_name="udlæg", related_name="bilag")
    fil = models.OneToOneField(Fil, models.CASCADE, verbose_name="fil", related_name="bilag")

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["id"]

    def __str__(self):
        return str(self.fil)


class Budget(models.Model):
    """What is set aside for a kind of cost, for a hold through its whole course or for a calendar year."""

    art = models.ForeignKey(Udgiftsart, models.PROTECT, verbose_name="udgiftsart", related_name="budgetter")
    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="budgetter", null=True, blank=True)
    aar = models.PositiveSmallIntegerField("år", null=True, blank=True)
    beloeb = models.DecimalField("budget", max_digits=11, decimal_places=2, validators=[MinValueValidator(0)])
    kilde = models.CharField("hvor kommer tallet fra?", max_length=300)

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetter"
        ordering = ["art"]
        constraints = [
            models.UniqueConstraint(fields=["hold", "art"], name="budget_hold"),
            models.UniqueConstraint(fields=["aar", "art"], name="budget_aar"),
            models.CheckConstraint(
                condition=Q(hold=None, aar__isnull=False) | Q(hold__isnull=False, aar=None), name="budget_en_ramme"
            ),
            models.CheckConstraint(condition=Q(beloeb__gte=0), name="budget_beloeb"),
        ]

    def __str__(self):
        return f"{self.art}, {self.hold or self.aar}"
