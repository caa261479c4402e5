"""The forms: what is asked, on which scale, who answers. A published version never changes; a change is a new one."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now


class Art(models.TextChoices):
    """The talks of a stay, in order of time."""

    FORVENTNING = "forventning", "Forventningssamtale"
    PROEVETID = "proevetid", "Prøvetidsevaluering"
    MIDTVEJS = "midtvejs", "Midtvejssamtale"
    SLUT = "slut", "Slutevaluering"
    KORT = "kort", "Kort evaluering"


class Part(models.TextChoices):
    """Who answers or signs. FAELLES is what the parties write together at the talk; nobody signs as it.

    AFLOEST marks a draft whose author another has taken over from: kept for the author, and shown to nobody.
    """

    ELEV = "elev", "Eleven"
    ELEVVEJLEDER = "elevvejleder", "Elevvejlederen"
    ELEVANSVARLIG = "elevansvarlig", "Den elevansvarlige"
    FAELLES = "faelles", "Sammen ved samtalen"
    AFLOEST = "afloest", "Afløst elevvejleder"


class Spoergeform(models.TextChoices):
    SKALA = "skala", "Et trin på en skala"
    TEKST = "tekst", "Tekst"


class Brug(models.TextChoices):
    """What becomes of the answer besides standing in the evaluation."""

    INTET = "", "Kun i evalueringen"
    FOKUS = "fokus", "Aftalt mål eller fokuspunkt: åbner næste forventningssamtale"
    OVERLEVERING = "overlevering", "Besked til næste elevvejleder"
    AFDELING = "afdeling", "Tæller med i billedet af afdelingen"


class Evalueringsskema(models.Model):
    """One version of the form for one kind of talk. In force from `gaelder_fra` until a later version is."""

    class Status(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        UDGIVET = "udgivet", "Udgivet"

    art = models.CharField("samtale", max_length=20, choices=Art)
    version = models.PositiveSmallIntegerField("version")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.KLADDE)
    navn = models.CharField("navn", max_length=80)
    indledning = models.TextField("indledning", max_length=2000, blank=True, help_text="Står øverst for begge.")
    med_elevansvarlig = models.BooleanField("den elevansvarlige deltager og kvitterer", default=False)
    gaelder_fra = models.DateField("gælder fra", null=True, blank=True)
    kilde = models.CharField("kilde", max_length=300, blank=True)
    oprettet = models.DateTimeField("oprettet", default=now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oprettet af", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "evalueringsskema"
        verbose_name_plural = "evalueringsskemaer"
        ordering = ["art", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["art", "version"], name="skema_version"),
            models.UniqueConstraint(
                fields=["art"],
                condition=Q(status="kladde"),
                name="skema_en_kladde",
                violation_error_message="Der er allerede en kladde til en ny version af skemaet.",
            ),
            models.CheckConstraint(
                condition=Q(status="kladde") | Q(gaelder_fra__isnull=False),
                name="skema_gaelder_fra",
                violation_error_message="Vælg, hvornår skemaet gælder fra.",
            ),
        ]

    def __str__(self):
        return f"{self.navn}, version {self.version}"


class Skala(models.Model):
    """A scale in words. Belongs to one version of a form, so that the words of an old answer stay what they were."""

    skema = models.ForeignKey(Evalueringsskema, models.CASCADE, verbose_name="skema", related_name="skalaer")
    kode = models.SlugField("kode", max_length=30)
    navn = models.CharField("navn", max_length=80)
    kommentar_ved_enderne = models.BooleanField("det laveste og det højeste trin kræver en kommentar", default=True)

    class Meta:
        verbose_name = "skala"
        verbose_name_plural = "skalaer"
        ordering = ["skema", "id"]
        constraints = [models.UniqueConstraint(fields=["skema", "kode"], name="skala_kode")]

    def __str__(self):
        return self.navn

    @property
    def ord(self) -> str:
        """All its steps in one line."""
        return " · ".join(each.ord for each in self.trin.all())


class Skalatrin(models.Model):
    """A step with its words. `er_niveau` False: "ikke afprøvet", which is no level and stands apart."""

    skala = models.ForeignKey(Skala, models.CASCADE, verbose_name="skala", related_name="trin")
    nr = models.PositiveSmallIntegerField("rækkefølge")
    navn = models.CharField("navn", max_length=40)
    forklaring = models.CharField("forklaring", max_length=200, blank=True)
    er_niveau = models.BooleanField("er et niveau", default=True)

    class Meta:
        verbose_name = "trin på en skala"
        verbose_name_plural = "trin på skalaer"
        ordering = ["skala", "nr"]
        constraints = [models.UniqueConstraint(fields=["skala", "nr"], name="skalatrin_nr")]

    def __str__(self):
        return self.navn

    @property
    def ord(self) -> str:
        return f"{self.navn}: {self.forklaring}{'' if self.er_niveau else ' (ikke et niveau)'}"


class Afsnit(models.Model):
    """A headed part of a form."""

    skema = models.ForeignKey(Evalueringsskema, models.CASCADE, verbose_name="skema", related_name="afsnit")
    nr = models.PositiveSmallIntegerField("rækkefølge")
    titel = models.CharField("overskrift", max_length=80)
    vejledning = models.TextField("vejledning", max_length=1000, blank=True)

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ["skema", "nr"]
        constraints = [
            models.UniqueConstraint(fields=["skema", "nr"], name="afsnit_nr", deferrable=models.Deferrable.DEFERRED)
        ]

    def __str__(self):
        return self.titel


class Spoergsmaal(models.Model):
    """A question, or one that is asked for each of the department's tasks or of the elev's goals."""

    class Gentages(models.TextChoices):
        NEJ = "", "Stilles én gang"
        OPGAVER = "opgaver", "For hver af afdelingens opgaver"
        MAAL = "maal", "For hvert af elevens mål"

    class Hvem(models.TextChoices):
        """Who answers it: one of them, each for herself, or both together at the talk."""

        BEGGE = "begge", "Begge, hver for sig"
        ELEV = "elev", "Kun eleven"
        ELEVVEJLEDER = "elevvejleder", "Kun elevvejlederen"
        FAELLES = "faelles", "Sammen ved samtalen"

    afsnit = models.ForeignKey(Afsnit, models.CASCADE, verbose_name="afsnit", related_name="spoergsmaal")
    nr = models.PositiveSmallIntegerField("rækkefølge")
    tekst = models.CharField(
        "spørgsmål", max_length=300, help_text="Vises ikke, når det gentages: så står opgaven der."
    )
    hjaelp = models.CharField("hjælpetekst", max_length=300, blank=True)
    hvem = models.CharField("hvem svarer", max_length=20, choices=Hvem, default=Hvem.BEGGE)
    svarform = models.CharField("svar", max_length=10, choices=Spoergeform, default=Spoergeform.TEKST)
    skala = models.ForeignKey(  # a draft goes with its scales, but no scale in use goes alone
        Skala, models.RESTRICT, verbose_name="skala", related_name="spoergsmaal", null=True, blank=True
    )
    kraevet = models.BooleanField("skal besvares", default=False)
    gentages = models.CharField("gentages", max_length=10, choices=Gentages, default=Gentages.NEJ, blank=True)
    bruges_til = models.CharField("svaret bruges til", max_length=20, choices=Brug, default=Brug.INTET, blank=True)

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ["afsnit", "nr"]
        constraints = [
            models.UniqueConstraint(
                fields=["afsnit", "nr"], name="spoergsmaal_nr", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(svarform="skala", skala__isnull=False) | Q(svarform="tekst", skala__isnull=True),
                name="spoergsmaal_skala",
                violation_error_message="Vælg en skala, når svaret er et trin, og ellers ingen.",
            ),
            # What the others may not read on their own account must come from the elev alone.
            models.CheckConstraint(
                condition=~Q(bruges_til="afdeling") | Q(hvem="elev"),
                name="spoergsmaal_afdeling_kun_elev",
                violation_error_message="Kun elevens svar tæller med i billedet af afdelingen.",
            ),
        ]

    def __str__(self):
        return self.tekst
