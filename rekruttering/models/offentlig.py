"""What the public pages say. Facts and routes are dated rows with a source; of a text's editions one is public."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from elevforloeb.core.dates import now, today
from elevforloeb.core.models import Fil
from elevforloeb.core.periods import PeriodModel, period_is_real


def one_at_a_time(key: str, name: str, message: str) -> ExclusionConstraint:
    """Of the rows with the same key, one is in force on a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[(key, RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
        violation_error_message=message,
    )


class Adgangsvej(PeriodModel):
    """A way into the education. What counts changes with the ministerial order, so a route has dates and a source."""

    kode = models.SlugField("kode", max_length=40)
    navn = models.CharField("navn", max_length=120)
    krav = models.TextField("krav", max_length=1000)
    dokumenter = models.CharField("dokumenter", max_length=300, blank=True, help_text="Hvad ansøgeren skal vedlægge.")
    naeste_skridt = models.TextField("hvad du gør nu", max_length=1000, blank=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    kilde = models.CharField("kilde", max_length=300)
    note = models.TextField("bemærkning", max_length=1000, blank=True, help_text="Vises ikke for ansøgere.")

    class Meta:
        verbose_name = "adgangsvej"
        verbose_name_plural = "adgangsveje"
        ordering = ["raekkefoelge", "navn", "periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="adgangsvej_periode"),
            one_at_a_time(
                "kode", "adgangsvej_en_ad_gangen", "Adgangsvejen har allerede en tekst i en del af perioden."
            ),
        ]

    def __str__(self):
        return self.navn


class Fakta(PeriodModel):
    """One short dated fact of the public pages: pay, hours, holidays, benefits."""

    noegle = models.SlugField("nøgle", max_length=40)
    overskrift = models.CharField("overskrift", max_length=80)
    tekst = models.CharField("tekst", max_length=300)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    kilde = models.CharField("kilde", max_length=300)

    class Meta:
        verbose_name = "fakta"
        verbose_name_plural = "fakta"
        ordering = ["raekkefoelge", "noegle", "periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="fakta_periode"),
            one_at_a_time("noegle", "fakta_en_ad_gangen", "Der er allerede en tekst i en del af perioden."),
        ]

    def __str__(self):
        return self.overskrift


class Spoergsmaal(models.Model):
    """`kode` is that of the reference data; a question that was written here has none."""

    kode = models.SlugField("kode", max_length=40, blank=True)
    spoergsmaal = models.CharField("spørgsmål", max_length=200)
    svar = models.TextField("svar", max_length=2000)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    synligt = models.BooleanField("vises", default=True)

    class Meta:
        verbose_name = "spørgsmål og svar"
        verbose_name_plural = "spørgsmål og svar"
        ordering = ["raekkefoelge", "id"]
        constraints = [models.UniqueConstraint(fields=["kode"], condition=~Q(kode=""), name="spoergsmaal_kode")]

    def __str__(self):
        return self.spoergsmaal


class Side(models.Model):
    """A text that the elevansvarlig writes: the front page's words, how hiring goes, contact."""

    noegle = models.SlugField("nøgle", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=80)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "offentlig side"
        verbose_name_plural = "offentlige sider"
        ordering = ["raekkefoelge", "navn"]

    def __str__(self):
        return self.navn


class Sideudgave(models.Model):
    """One edition of the text. The newest published one is public; the others are the history, or a draft."""

    side = models.ForeignKey(Side, models.CASCADE, verbose_name="side", related_name="udgaver")
    titel = models.CharField("overskrift", max_length=120)
    tekst = models.TextField(
        "tekst", max_length=10000, help_text="Tom linje mellem afsnit. ## foran en mellemoverskrift."
    )
    skrevet = models.DateTimeField("skrevet", default=now)
    skrevet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="skrevet af", related_name="+"
    )
    udgivet = models.DateTimeField("udgivet", null=True, blank=True)

    class Meta:
        verbose_name = "udgave af en offentlig side"
        verbose_name_plural = "udgaver af offentlige sider"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["side"], condition=Q(udgivet=None), name="sideudgave_en_kladde"),
        ]

    def __str__(self):
        return f"{self.side}: {self.titel}"


class Elevhistorie(PeriodModel):
    """What an elev tells, for as long as she has said yes to. `periode` is that of the consent, and it always ends.

    Asked: neither `samtykke` nor `trukket`. No: `trukket` alone. A new text, picture or period is asked about again.
    """

    fornavn = models.CharField("fornavn", max_length=40)
    overskrift = models.CharField("overskrift", max_length=120)
    tekst = models.TextField("historie", max_length=3000)
    billede = models.OneToOneField(
        Fil, models.SET_NULL, null=True, blank=True, verbose_name="billede", related_name="elevhistorie"
    )
    elev = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="fortalt af", related_name="elevhistorier"
    )
    samtykke = models.DateTimeField("samtykke givet", null=True, blank=True)
    trukket = models.DateTimeField("samtykke trukket", null=True, blank=True)

    class Meta:
        verbose_name = "elevhistorie"
        verbose_name_plural = "elevhistorier"
        ordering = ["-periode"]
        constraints = [models.CheckConstraint(condition=period_is_real(open_end=False), name="elevhistorie_samtykke")]

    def __str__(self):
        return self.overskrift

    @property
    def tilstand(self) -> str:
        if self.trukket:
            return "trukket" if self.samtykke else "nej"
        if self.slutdato <= today():
            return "udløbet"
        if not self.samtykke:
            return "spurgt"
        return "vises" if self.startdato <= today() else "venter"

    @property
    def er_offentlig(self) -> bool:
        return self.tilstand == "vises"


class Oplysningstekst(models.Model):
    """What an applicant is told about her data (GDPR art. 13). An application points to the edition that was shown."""

    tekst = models.TextField("tekst", max_length=8000)
    udgivet = models.DateTimeField("gælder fra", default=now)
    kilde = models.CharField("kilde", max_length=300, blank=True)

    class Meta:
        verbose_name = "oplysningstekst"
        verbose_name_plural = "oplysningstekster"
        ordering = ["-udgivet", "-id"]

    def __str__(self):
        return f"Oplysningstekst {self.pk}"
