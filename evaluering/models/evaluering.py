"""One evaluation of one stay: what was asked, what each wrote, what they agreed, and who has acknowledged it.

planlagt -> igang -> samtale -> laast -> forseglet; from the first three also -> bortfaldet, from the
first two -> papir. services/tilstand.py has the moves.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from afdelinger.models import Afdeling, Maal, Opgave
from elevforloeb.core.dates import now
from elevforloeb.core.models import Dokument
from elevforloeb.models import Elev, Ophold

from .skema import Art, Brug, Evalueringsskema, Part, Skala, Skalatrin, Spoergeform, Spoergsmaal


class Evaluering(models.Model):
    """Stands from the day the plan calls for it. The form and its questions are fixed when somebody begins."""

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", "Ikke begyndt"
        IGANG = "igang", "Kladde"
        SAMTALE = "samtale", "Samtale"
        LAAST = "laast", "Mangler kvittering"
        FORSEGLET = "forseglet", "Set af begge"
        BORTFALDET = "bortfaldet", "Bortfaldet"
        PAPIR = "papir", "Holdt på papir"

    class Grund(models.TextChoices):
        """Why it is put off. Words to choose from: health is nobody's business here."""

        FRAVAER = "fravaer", "Fravær"
        TRAVLT = "travlt", "Samtalen kunne ikke nås"
        ANDET = "andet", "Andet"

    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="evalueringer")
    ophold = models.ForeignKey(  # a removed stay leaves what was written about it
        Ophold, models.SET_NULL, verbose_name="ophold", related_name="evalueringer", null=True, blank=True
    )
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="evalueringer")
    elevvejleder = models.ForeignKey(  # the plan's, until one has begun to write
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="elevvejleder", related_name="+", null=True, blank=True
    )
    art = models.CharField("samtale", max_length=20, choices=Art)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.PLANLAGT)
    skema = models.ForeignKey(
        Evalueringsskema, models.PROTECT, verbose_name="skema", related_name="evalueringer", null=True, blank=True
    )
    frist = models.DateField("frist", help_text="Sidste dag, den skal være holdt. Følger planen.")
    udsat_til = models.DateField("udsat til", null=True, blank=True)
    udsat_grund = models.CharField("hvorfor udsat", max_length=10, choices=Grund, blank=True)
    moede = models.DateTimeField("samtalen holdes", null=True, blank=True)
    begyndt = models.DateTimeField("begyndt", null=True, blank=True)
    samtale_aabnet = models.DateTimeField("samtalen åbnet", null=True, blank=True)
    papir = models.CharField("hvor papiret ligger", max_length=200, blank=True)  # of one that was held outside
    laast_tekst = models.TextField("låst tekst", blank=True)  # canonical JSON, from the first signature on
    forseglet = models.DateTimeField("forseglet", null=True, blank=True)
    udgave = models.PositiveSmallIntegerField("udgave", default=1, validators=[MinValueValidator(1)])
    retter = models.OneToOneField(
        "self", models.RESTRICT, verbose_name="retter", related_name="rettet_af", null=True, blank=True
    )
    dokument = models.OneToOneField(
        Dokument, models.PROTECT, verbose_name="forseglet dokument", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "evaluering"
        verbose_name_plural = "evalueringer"
        ordering = ["frist", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ophold", "art", "udgave"],
                condition=~Q(status="bortfaldet"),
                name="evaluering_en_af_hver",
                violation_error_message="Samtalen er oprettet imens. Genindlæs siden.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planlagt", "bortfaldet", "papir"])
                | Q(skema__isnull=False, begyndt__isnull=False),
                name="evaluering_begyndt",
            ),
            models.CheckConstraint(
                condition=Q(status="forseglet", forseglet__isnull=False, dokument__isnull=False)
                | ~Q(status="forseglet") & Q(forseglet__isnull=True, dokument__isnull=True),
                name="evaluering_forseglet",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["laast", "forseglet"]) & ~Q(laast_tekst="")
                | ~Q(status__in=["laast", "forseglet"]) & Q(laast_tekst=""),
                name="evaluering_laast",
            ),
            models.CheckConstraint(
                condition=Q(status="papir") & ~Q(papir="") | ~Q(status="papir") & Q(papir=""),
                name="evaluering_paa_papir",
                violation_error_message="Skriv, hvor papiret ligger.",
            ),
            models.CheckConstraint(
                condition=Q(udsat_til=None, udsat_grund="") | Q(udsat_til__gt=F("frist")) & ~Q(udsat_grund=""),
                name="evaluering_udsat",
                violation_error_message="Vælg en dag efter fristen, og hvorfor den er udsat.",
            ),
        ]
        indexes = [models.Index(fields=["status", "frist"], name="evaluering_forfald")]

    def __str__(self):
        return f"{self.get_art_display()}: {self.elev} i {self.afdeling.kortnavn}"

    @property
    def gaeldende_frist(self):
        """The deadline as it is now, put off or not."""
        return self.udsat_til or self.frist

    @property
    def parter(self) -> list[Part]:
        """Who must acknowledge it."""
        both = [Part.ELEV, Part.ELEVVEJLEDER]
        return [*both, Part.ELEVANSVARLIG] if self.skema and self.skema.med_elevansvarlig else both


class Punkt(models.Model):
    """A question as it was asked in this evaluation, for ever."""

    evaluering = models.ForeignKey(Evaluering, models.CASCADE, verbose_name="evaluering", related_name="punkter")
    nr = models.PositiveSmallIntegerField("rækkefølge")
    afsnit = models.CharField("afsnit", max_length=80)
    vejledning = models.TextField("vejledning", blank=True)  # of the section
    tekst = models.CharField("spørgsmål", max_length=300)
    hjaelp = models.CharField("hjælpetekst", max_length=300, blank=True)
    hvem = models.CharField("hvem svarer", max_length=20, choices=Spoergsmaal.Hvem)
    svarform = models.CharField("svar", max_length=10, choices=Spoergeform)
    skala = models.ForeignKey(Skala, models.PROTECT, verbose_name="skala", related_name="+", null=True, blank=True)
    kraevet = models.BooleanField("skal besvares", default=False)
    bruges_til = models.CharField("svaret bruges til", max_length=20, choices=Brug, blank=True)
    spoergsmaal = models.ForeignKey(Spoergsmaal, models.PROTECT, verbose_name="fra skemaet", related_name="punkter")
    opgave = models.ForeignKey(Opgave, models.PROTECT, verbose_name="opgave", related_name="+", null=True, blank=True)
    maal = models.ForeignKey(Maal, models.PROTECT, verbose_name="mål", related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "punkt i en evaluering"
        verbose_name_plural = "punkter i evalueringer"
        ordering = ["evaluering", "nr"]
        constraints = [models.UniqueConstraint(fields=["evaluering", "nr"], name="punkt_nr")]

    def __str__(self):
        return self.tekst


class Besvarelse(models.Model):
    """What one party has written. A draft that nobody else reads until it is `delt` and the talk is open.

    The one of FAELLES has no author: both write in it at the talk.
    """

    evaluering = models.ForeignKey(Evaluering, models.CASCADE, verbose_name="evaluering", related_name="besvarelser")
    part = models.CharField("part", max_length=20, choices=Part)
    forfatter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrevet af", related_name="+", null=True, blank=True
    )
    delt = models.DateTimeField("delt", null=True, blank=True)

    class Meta:
        verbose_name = "besvarelse"
        verbose_name_plural = "besvarelser"
        ordering = ["evaluering", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluering", "part"], condition=~Q(part="afloest"), name="besvarelse_part"
            ),
            models.CheckConstraint(condition=~Q(part="afloest") | Q(delt=None), name="besvarelse_afloest"),
            models.CheckConstraint(
                condition=Q(part="faelles", forfatter=None, delt=None)
                | ~Q(part="faelles") & Q(forfatter__isnull=False),
                name="besvarelse_forfatter",
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.evaluering}"


class Svar(models.Model):
    """One answer. `version` counts its changes, so that two windows never overwrite each other in silence."""

    besvarelse = models.ForeignKey(Besvarelse, models.CASCADE, verbose_name="besvarelse", related_name="svar")
    punkt = models.ForeignKey(Punkt, models.CASCADE, verbose_name="punkt", related_name="svar")
    trin = models.ForeignKey(Skalatrin, models.PROTECT, verbose_name="trin", related_name="+", null=True, blank=True)
    tekst = models.TextField("tekst", max_length=5000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    aendret = models.DateTimeField("ændret", default=now)
    aendret_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ændret af", related_name="+")

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["besvarelse", "punkt__nr"]
        constraints = [models.UniqueConstraint(fields=["besvarelse", "punkt"], name="svar_et_pr_punkt")]

    def __str__(self):
        return f"{self.punkt}: {self.trin or self.tekst[:40]}"


SIGNERS = [(part.value, part.label) for part in (Part.ELEV, Part.ELEVVEJLEDER, Part.ELEVANSVARLIG)]


class Underskrift(models.Model):
    """A party has read it ("set", not "enig"). The first one locks the text; `sha256` is of the text that was read."""

    class Art(models.TextChoices):
        SET = "set", "Har set evalueringen"
        NAEGTET = "naegtet", "Vil ikke kvittere"
        UDEBLEVET = "udeblevet", "Kunne ikke kvittere"

    evaluering = models.ForeignKey(Evaluering, models.CASCADE, verbose_name="evaluering", related_name="underskrifter")
    part = models.CharField("part", max_length=20, choices=SIGNERS)
    art = models.CharField("kvittering", max_length=10, choices=Art, default=Art.SET)
    bruger = models.ForeignKey(  # who clicked; for a refusal the elevansvarlig who wrote it down
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+"
    )
    navn = models.CharField("navn", max_length=120)  # of the party, as it was then
    vikar_for = models.CharField("vikar for", max_length=120, blank=True)
    bemaerkning = models.TextField("bemærkning", max_length=2000, blank=True)
    tid = models.DateTimeField("tid", default=now)
    sha256 = models.CharField("fingeraftryk af teksten", max_length=64)

    class Meta:
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        ordering = ["evaluering", "tid"]
        constraints = [
            models.UniqueConstraint(fields=["evaluering", "part"], name="underskrift_part"),
            models.CheckConstraint(
                condition=Q(art="set") | ~Q(bemaerkning=""),
                name="underskrift_begrundet",
                violation_error_message="Skriv, hvorfor der ikke kvitteres.",
            ),
        ]

    def __str__(self):
        return f"{self.navn}: {self.get_art_display().lower()}"
