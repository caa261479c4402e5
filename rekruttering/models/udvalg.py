"""The committee's work on applications: who may take part, what they think and why, and the duties of the law."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from elevforloeb.core.dates import now, today

from .ansoegning import Ansoegning
from .runde import Runde


class Udvalgsmedlem(models.Model):
    """A member of the round's committee. Sees nobody before she has said whether she is partial to anyone."""

    runde = models.ForeignKey(Runde, models.CASCADE, verbose_name="ansøgningsrunde", related_name="medlemmer")
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="medlem", related_name="udvalgsmedlemskaber"
    )
    erklaeret = models.DateTimeField("har erklæret sig om inhabilitet", null=True, blank=True)
    udtraadt = models.DateTimeField("udtrådt", null=True, blank=True)

    class Meta:
        verbose_name = "medlem af ansættelsesudvalg"
        verbose_name_plural = "medlemmer af ansættelsesudvalg"
        ordering = ["runde", "bruger__sortering"]
        constraints = [models.UniqueConstraint(fields=["runde", "bruger"], name="udvalgsmedlem_en_gang")]

    def __str__(self):
        return f"{self.bruger} ({self.runde})"


class Inhabilitet(models.Model):
    """This member has no part in this applicant's case, and cannot see it (forvaltningsloven § 3)."""

    medlem = models.ForeignKey(Udvalgsmedlem, models.CASCADE, verbose_name="medlem", related_name="inhabiliteter")
    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="inhabiliteter")
    tid = models.DateTimeField("erklæret", default=now)

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        constraints = [models.UniqueConstraint(fields=["medlem", "ansoegning"], name="inhabilitet_en_gang")]

    def __str__(self):
        return f"{self.medlem}: {self.ansoegning}"


class Bedoemmelse(models.Model):
    """What one member thinks of one applicant, with reasons: a tick without words is no assessment (FOB 04.198).

    A draft until `afgivet`; hidden from the other members until all of them have handed in theirs.
    """

    class Indstilling(models.TextChoices):
        SAMTALE = "samtale", "Kald til samtale"
        MAASKE = "maaske", "Måske"
        IKKE = "ikke", "Ikke til samtale"

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="bedoemmelser")
    medlem = models.ForeignKey(Udvalgsmedlem, models.PROTECT, verbose_name="medlem", related_name="bedoemmelser")
    indstilling = models.CharField("indstilling", max_length=10, choices=Indstilling, blank=True)
    begrundelse = models.TextField("begrundelse", max_length=2000, blank=True)
    rettet = models.DateTimeField("rettet", default=now)
    afgivet = models.DateTimeField("afgivet", null=True, blank=True)

    class Meta:
        verbose_name = "bedømmelse"
        verbose_name_plural = "bedømmelser"
        ordering = ["medlem__bruger__sortering"]
        constraints = [
            models.UniqueConstraint(fields=["ansoegning", "medlem"], name="bedoemmelse_en_hver"),
            models.CheckConstraint(
                condition=Q(afgivet=None) | (~Q(indstilling="") & ~Q(begrundelse="")),
                name="bedoemmelse_begrundet",
                violation_error_message="Skriv en kort begrundelse. Et kryds alene er ikke nok.",
            ),
        ]

    def __str__(self):
        return f"{self.medlem} om {self.ansoegning}"


class Notat(models.Model):
    """What was said and matters for the decision (offentlighedsloven § 13). The applicant can ask to read it."""

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="notater")
    forfatter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrevet af", related_name="+")
    tid = models.DateTimeField("skrevet", default=now)
    tekst = models.TextField("notat", max_length=4000)

    class Meta:
        verbose_name = "notat om en ansøger"
        verbose_name_plural = "notater om ansøgere"
        ordering = ["-id"]

    def __str__(self):
        return f"Notat om {self.ansoegning}"


class Fortrinssag(models.Model):
    """The duties when an applicant uses fortrinsadgang and is not chosen: a statement to the jobcenter, and a dialogue.

    Until both are recorded the round's places cannot be filled (ast.dk, star.dk on fortrinsadgang).
    """

    ansoegning = models.OneToOneField(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="fortrinssag")
    redegoerelse_sendt = models.DateField("redegørelse sendt til jobcenteret", null=True, blank=True)
    dialog_holdt = models.DateField("dialog med jobcenteret holdt", null=True, blank=True)
    note = models.TextField("bemærkning", max_length=1000, blank=True)

    class Meta:
        verbose_name = "sag om fortrinsadgang"
        verbose_name_plural = "sager om fortrinsadgang"

    def __str__(self):
        return f"Fortrinsadgang: {self.ansoegning}"


class Reference(models.Model):
    """What somebody said about the applicant, who agreed to their being asked (databeskyttelsesloven § 12, stk. 3)."""

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="referencer")
    hvem = models.CharField("hvem er spurgt", max_length=200)
    samtykke = models.DateField("ansøgerens samtykke givet", help_text="Dagen, ansøgeren sagde ja til netop denne.")
    samtykke_hvordan = models.CharField("hvordan samtykket er givet", max_length=200)
    indhentet = models.DateField("indhentet", null=True, blank=True)
    tekst = models.TextField("hvad der blev sagt", max_length=4000, blank=True)
    negativ = models.BooleanField("kan tale imod ansøgeren", default=False)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="indhentet af", related_name="+")

    class Meta:
        verbose_name = "reference"
        verbose_name_plural = "referencer"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(indhentet=None) | Q(indhentet__gte=F("samtykke")),
                name="reference_efter_samtykke",
                violation_error_message="En reference må først indhentes, når ansøgeren har sagt ja.",
            ),
            models.CheckConstraint(
                condition=Q(indhentet=None, tekst="") | (Q(indhentet__isnull=False) & ~Q(tekst="")),
                name="reference_hel",
                violation_error_message="Skriv både, hvornår referencen er indhentet, og hvad der blev sagt.",
            ),
        ]

    def __str__(self):
        return f"Reference om {self.ansoegning}"


class Partshoering(models.Model):
    """The applicant is asked about something that speaks against her, before it is used (forvaltningsloven § 19)."""

    ansoegning = models.ForeignKey(Ansoegning, models.CASCADE, verbose_name="ansøgning", related_name="partshoeringer")
    reference = models.OneToOneField(
        Reference, models.CASCADE, null=True, blank=True, verbose_name="reference", related_name="partshoering"
    )
    oplysning = models.TextField("hvad ansøgeren høres om", max_length=4000)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    frist = models.DateField("svar senest", null=True, blank=True)
    svar = models.TextField("ansøgerens svar", max_length=4000, blank=True)
    svaret = models.DateTimeField("svaret", null=True, blank=True)

    class Meta:
        verbose_name = "partshøring"
        verbose_name_plural = "partshøringer"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(sendt=None) | Q(frist__isnull=False), name="partshoering_med_frist")
        ]

    def __str__(self):
        return f"Partshøring af {self.ansoegning}"

    @property
    def er_afsluttet(self) -> bool:
        """Answered, or nothing came in time."""
        return bool(self.svaret) or (self.sendt is not None and self.frist < today())
