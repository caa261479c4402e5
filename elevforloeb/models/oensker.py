"""Wishes for stays: what the departments offer, what the elever wish, and the allocations found from both."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from afdelinger.models import Afdeling
from elevforloeb.core.dates import Periode, now, today
from elevforloeb.rotation import stage_periods

from .elev import Elev
from .hold import Hold


class Oenskerunde(models.Model):
    """One round for some of a hold's stays (trin): the departments answer first, then the elever wish."""

    hold = models.ForeignKey(Hold, models.CASCADE, verbose_name="hold", related_name="oenskerunder")
    navn = models.CharField("navn", max_length=60)
    foerste_trin = models.PositiveSmallIntegerField("første ophold, der ønskes til")
    sidste_trin = models.PositiveSmallIntegerField("sidste ophold, der ønskes til")
    udbud_fra = models.DateField("afdelingerne kan svare fra")
    udbudsfrist = models.DateField("afdelingernes frist", help_text="Sidste dag, afdelingerne kan svare.")
    oenske_fra = models.DateField("eleverne kan ønske fra")
    oenskefrist = models.DateField("elevernes frist", help_text="Sidste dag, eleverne kan ændre deres ønsker.")
    besked = models.TextField("besked til eleverne", max_length=2000, blank=True)
    lukket = models.DateTimeField("lukket", null=True, blank=True)
    oprettet = models.DateTimeField("oprettet", default=now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oprettet af", related_name="+"
    )

    class Meta:
        verbose_name = "ønskerunde"
        verbose_name_plural = "ønskerunder"
        ordering = ["-udbud_fra", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["hold", "navn"], name="oenskerunde_navn"),
            models.UniqueConstraint(
                fields=["hold"],
                condition=Q(lukket=None),
                name="oenskerunde_en_aaben",
                violation_error_message="Holdet har allerede en åben ønskerunde.",
            ),
            models.CheckConstraint(
                condition=Q(foerste_trin__gte=1, sidste_trin__gte=F("foerste_trin")), name="oenskerunde_trin"
            ),
            models.CheckConstraint(
                condition=Q(udbudsfrist__gte=F("udbud_fra"), oenskefrist__gte=F("oenske_fra")),
                name="oenskerunde_frister",
                violation_error_message="En frist skal ligge på den første dag eller senere.",
            ),
        ]

    def __str__(self):
        return f"{self.navn}, {self.hold}"

    @property
    def trin(self) -> range:
        """The numbers of the stays that are wished for."""
        return range(self.foerste_trin, self.sidste_trin + 1)

    @cached_property
    def etaper(self) -> dict[int, Periode]:
        """The days of each of them, as the hold's model says."""
        stages = stage_periods(self.hold.startdato, [trin.maaneder for trin in self.hold.model.alle_trin])
        return {nr: stages[nr - 1] for nr in self.trin}

    @property
    def tager_udbud(self) -> bool:
        """The departments may answer today."""
        return self.lukket is None and self.udbud_fra <= today() <= self.udbudsfrist

    @property
    def tager_oensker(self) -> bool:
        """The elever may wish today."""
        return self.lukket is None and self.oenske_fra <= today() <= self.oenskefrist


class Udbudssvar(models.Model):
    """What one department answers in a round. A row stands here from the day it is asked."""

    class Svar(models.TextChoices):
        VENTER = "venter", "Har ikke svaret"
        TILBYDER = "tilbyder", "Tilbyder pladser"
        INTET = "intet", "Intet i år"

    runde = models.ForeignKey(Oenskerunde, models.CASCADE, verbose_name="ønskerunde", related_name="udbudssvar")
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="udbudssvar")
    svar = models.CharField("svar", max_length=10, choices=Svar, default=Svar.VENTER)
    kan_laere = models.TextField("hvad eleven kan lære hos jer", max_length=2000, blank=True)
    note = models.TextField("bemærkning", max_length=500, blank=True, help_text="Fx hvorfor du svarer for afdelingen.")
    besvaret = models.DateTimeField("besvaret", null=True, blank=True)
    besvaret_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="besvaret af", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "svar om pladser"
        verbose_name_plural = "svar om pladser"
        ordering = ["afdeling__sortering"]
        constraints = [
            models.UniqueConstraint(fields=["runde", "afdeling"], name="udbudssvar_afdeling"),
            models.CheckConstraint(
                condition=Q(svar="venter", besvaret__isnull=True) | ~Q(svar="venter") & Q(besvaret__isnull=False),
                name="udbudssvar_besvaret",
            ),
        ]

    def __str__(self):
        return f"{self.afdeling}: {self.get_svar_display().lower()}"


class Udbud(models.Model):
    """The places for one stay: at most `maksimum` elever of this hold, and at least `minimum`."""

    svar = models.ForeignKey(Udbudssvar, models.CASCADE, verbose_name="svar", related_name="udbud")
    trin = models.PositiveSmallIntegerField("ophold nr.")
    minimum = models.PositiveSmallIntegerField("mindst", default=0)
    maksimum = models.PositiveSmallIntegerField("højst", validators=[MaxValueValidator(99)])

    class Meta:
        verbose_name = "udbud"
        verbose_name_plural = "udbud"
        ordering = ["trin"]
        constraints = [
            models.UniqueConstraint(fields=["svar", "trin"], name="udbud_trin"),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("maksimum")),
                name="udbud_minimum",
                violation_error_message="Mindst kan ikke være mere end højst.",
            ),
        ]

    def __str__(self):
        return f"{self.maksimum} pladser i ophold {self.trin}"


class Oenskeseddel(models.Model):
    """An elev's wishes in a round: a draft that she may change until the deadline, then locked."""

    class Status(models.TextChoices):
        KLADDE = "kladde", "Kladde"
        INDSENDT = "indsendt", "Indsendt"

    runde = models.ForeignKey(Oenskerunde, models.CASCADE, verbose_name="ønskerunde", related_name="sedler")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="oenskesedler")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.KLADDE)
    begrundelse = models.TextField("kort begrundelse", max_length=1000, blank=True)
    hensyn = models.TextField(
        "hensyn", max_length=1000, blank=True, help_text="Kun elevansvarlig ser det. Skriv ikke diagnoser."
    )
    aendret = models.DateTimeField("ændret", default=now)
    indsendt = models.DateTimeField("indsendt", null=True, blank=True)

    class Meta:
        verbose_name = "ønskeseddel"
        verbose_name_plural = "ønskesedler"
        ordering = ["elev__bruger__sortering", "id"]
        constraints = [
            models.UniqueConstraint(fields=["runde", "elev"], name="oenskeseddel_elev"),
            models.CheckConstraint(
                condition=Q(status="kladde") | Q(indsendt__isnull=False), name="oenskeseddel_indsendt"
            ),
        ]

    def __str__(self):
        return f"Ønsker fra {self.elev}"


class Oenske(models.Model):
    """One wish: the department at this rank, 1 is the dearest. `trin` only if one stay fits better than the others."""

    seddel = models.ForeignKey(Oenskeseddel, models.CASCADE, verbose_name="ønskeseddel", related_name="oensker")
    rang = models.PositiveSmallIntegerField("ønske nr.", validators=[MinValueValidator(1)])
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="oensker")
    trin = models.PositiveSmallIntegerField("ophold nr.", null=True, blank=True)

    class Meta:
        verbose_name = "ønske"
        verbose_name_plural = "ønsker"
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(fields=["seddel", "rang"], name="oenske_rang"),
            models.UniqueConstraint(fields=["seddel", "afdeling"], name="oenske_afdeling"),
        ]

    def __str__(self):
        return f"{self.rang}. ønske: {self.afdeling}"


class Inhabilitet(models.Model):
    """The elev says why she should not be in a department. Only a Binding made by the elevansvarlig has an effect."""

    seddel = models.ForeignKey(Oenskeseddel, models.CASCADE, verbose_name="ønskeseddel", related_name="inhabiliteter")
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="+")
    grund = models.CharField("hvorfor", max_length=300)

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        constraints = [models.UniqueConstraint(fields=["seddel", "afdeling"], name="inhabilitet_afdeling")]

    def __str__(self):
        return f"{self.seddel.elev} kan ikke være i {self.afdeling}"


class Binding(models.Model):
    """What the elevansvarlig has decided beforehand, with the reason: this elev here, or never there."""

    class Art(models.TextChoices):
        FAST = "fast", "Skal være her"
        UDELUKKET = "udelukket", "Må ikke være her"

    runde = models.ForeignKey(Oenskerunde, models.CASCADE, verbose_name="ønskerunde", related_name="bindinger")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="bindinger")
    afdeling = models.ForeignKey(Afdeling, models.PROTECT, verbose_name="afdeling", related_name="+")
    art = models.CharField("art", max_length=10, choices=Art)
    trin = models.PositiveSmallIntegerField("ophold nr.", null=True, blank=True)
    grund = models.CharField("begrundelse", max_length=300)
    oprettet = models.DateTimeField("oprettet", default=now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oprettet af", related_name="+"
    )

    class Meta:
        verbose_name = "binding"
        verbose_name_plural = "bindinger"
        ordering = ["elev__bruger__sortering", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "elev", "trin"],
                condition=Q(art="fast"),
                name="binding_et_sted",
                violation_error_message="Eleven er allerede låst til en afdeling i det ophold.",
            ),
            models.UniqueConstraint(
                fields=["runde", "elev", "afdeling"],
                condition=Q(art="udelukket"),
                name="binding_udelukket_en_gang",
                violation_error_message="Eleven er allerede udelukket fra den afdeling.",
            ),
            models.CheckConstraint(
                condition=Q(art="fast", trin__isnull=False) | Q(art="udelukket", trin__isnull=True),
                name="binding_fast_har_trin",
                violation_error_message="Vælg det ophold, eleven skal være i afdelingen.",
            ),
        ]

    def __str__(self):
        return f"{self.elev}: {self.get_art_display().lower()}, {self.afdeling}"


SILENCE = timedelta(seconds=30)  # longer than a busy machine is silent


class Fordeling(models.Model):
    """One run of the allocation: the question as it was asked, and the answer. Repeating it gives the same answer."""

    class Status(models.TextChoices):
        VENTER = "venter", "Venter"
        KOERER = "koerer", "Regner"
        FAERDIG = "faerdig", "Færdig"
        UMULIG = "umulig", "Kan ikke lade sig gøre"
        STOPPET = "stoppet", "Stoppet"
        FEJLET = "fejlet", "Fejlet"

    KAN_BRUGES = [Status.FAERDIG, Status.STOPPET]  # stopped: the best that was found, if it has a place for everybody

    runde = models.ForeignKey(Oenskerunde, models.CASCADE, verbose_name="ønskerunde", related_name="fordelinger")
    navn = models.CharField("navn", max_length=60)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.VENTER)
    instans = models.JSONField("opgaven")  # the documented format of elevforloeb.fordeling.instans: ids, no names
    resultat = models.JSONField("svaret", null=True, blank=True)
    skridt = models.CharField("hvad der regnes på", max_length=120, blank=True)
    fremdrift = models.PositiveSmallIntegerField("procent", default=0, validators=[MaxValueValidator(100)])
    stop = models.BooleanField("stop ønsket", default=False)
    puls = models.DateTimeField("seneste livstegn", null=True, blank=True)  # of the process that solves it
    forsoeg = models.PositiveSmallIntegerField("forsøg, der gik i stå", default=0)
    grundlag = models.ForeignKey(  # what it was made from by a change; it is compared with that one
        "self", models.SET_NULL, verbose_name="lavet ud fra", related_name="varianter", null=True, blank=True
    )
    aendringer = models.JSONField(
        "ændret i forhold til udbuddet", default=list, blank=True
    )  # rows of elevforloeb.hvadnuhvis
    oprettet = models.DateTimeField("oprettet", default=now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oprettet af", related_name="+"
    )
    slut = models.DateTimeField("slut", null=True, blank=True)
    udgivet = models.DateTimeField("udgivet", null=True, blank=True)

    class Meta:
        verbose_name = "fordeling"
        verbose_name_plural = "fordelinger"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["runde", "navn"], name="fordeling_navn")]

    def __str__(self):
        return self.navn

    @property
    def er_tavs(self) -> bool:
        """It should say each second how far it is: the process may be dead, and another begins again before long."""
        return self.status == self.Status.KOERER and self._silent_for(SILENCE)

    @property
    def har_ventet_laenge(self) -> bool:
        """So long that there may be no worker at all."""
        return self.status == self.Status.VENTER and self._silent_for(4 * SILENCE)

    def _silent_for(self, time: timedelta) -> bool:
        return bool(self.puls) and timezone.now() - self.puls > time


class Tildeling(models.Model):
    """What an allocation gives one elev in one stay, and why."""

    fordeling = models.ForeignKey(Fordeling, models.CASCADE, verbose_name="fordeling", related_name="tildelinger")
    elev = models.ForeignKey(Elev, models.CASCADE, verbose_name="elev", related_name="tildelinger")
    trin = models.PositiveSmallIntegerField("ophold nr.")
    afdeling = models.ForeignKey(
        Afdeling, models.PROTECT, verbose_name="afdeling", related_name="+", null=True, blank=True
    )
    rang = models.PositiveSmallIntegerField("ønske nr.", null=True, blank=True)
    begrundelse = models.TextField("begrundelse til eleven", blank=True)
    begrundelse_fuld = models.TextField("hele begrundelsen", blank=True)

    class Meta:
        verbose_name = "tildeling"
        verbose_name_plural = "tildelinger"
        ordering = ["elev__bruger__sortering", "trin"]
        constraints = [models.UniqueConstraint(fields=["fordeling", "elev", "trin"], name="tildeling_trin")]

    def __str__(self):
        return f"{self.elev}: {self.afdeling or 'ingen plads'} i ophold {self.trin}"
