"""What every floor above leans on: history, access log, outbox, dated rules, files and the heartbeat of the jobs."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from . import letters
from .dates import now
from .files.disk import new_name, remove_bytes
from .files.kinds import KINDS, Kind
from .periods import PeriodModel, period_is_real
from .words import with_unit


class Haendelse(models.Model):
    """One act, written by the service that did it. Append-only: a trigger refuses changes."""

    tid = models.DateTimeField("tid", default=now, db_index=True)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="hvem", related_name="+"
    )
    handling = models.CharField("handling", max_length=60)  # noun.verb, e.g. plan.udgivet
    objekttype = models.CharField("type", max_length=60)
    objekt_id = models.BigIntegerField("id", null=True)
    tekst = models.TextField("hvad")
    data = models.JSONField("detaljer", default=dict)

    class Meta:
        verbose_name = "hændelse"
        verbose_name_plural = "hændelser"
        ordering = ["-id"]
        indexes = [models.Index(fields=["objekttype", "objekt_id"], name="haendelse_objekt")]

    def __str__(self):
        return self.tekst


class Opslag(models.Model):
    """Somebody read a person's page. Append-only: a trigger refuses changes."""

    class Art(models.TextChoices):
        VIS = "vis", "Vist"
        SOEG = "soeg", "Søgt"
        LISTE = "liste", "Vist i liste"
        HENT = "hent", "Hentet"

    tid = models.DateTimeField("tid", default=now, db_index=True)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="hvis oplysninger", related_name="opslag"
    )
    art = models.CharField("art", max_length=10, choices=Art)
    side = models.CharField("side", max_length=80)
    soegetekst = models.CharField("søgetekst", max_length=100, blank=True)
    anmodning = models.CharField("anmodning", max_length=64)

    class Meta:
        verbose_name = "opslag"
        verbose_name_plural = "opslag"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.get_art_display()} {self.side}"


class MailQuerySet(models.QuerySet):
    def due(self, now=None):
        """To be sent now: waiting, or borrowed by a worker that did not come back."""
        now = now or timezone.now()
        waiting = Q(status=Mail.Status.VENTER)
        lost = Q(status=Mail.Status.SENDER, laant_til__lt=now)
        return self.filter(waiting | lost, status__in=Mail.PAA_VEJ, naeste__lte=now)


class Mail(models.Model):
    """One row of the outbox: one mail to one person for one occasion, rendered when it is sent.

    The person has an account (`modtager`), or is somebody from outside with an address only (`adresse`).
    """

    class Status(models.TextChoices):
        VENTER = "venter", "Venter"
        SENDER = "sender", "Sendes nu"
        SENDT = "sendt", "Sendt"
        TILBAGEHOLDT = "tilbageholdt", "Holdt tilbage"  # the mail mode did not let it out
        FEJLET = "fejlet", "Fejlet"
        ANNULLERET = "annulleret", "Ikke længere aktuel"

    PAA_VEJ = [Status.VENTER, Status.SENDER]
    KAN_PROEVES_IGEN = [Status.FEJLET, Status.TILBAGEHOLDT]

    noegle = models.CharField("nøgle", max_length=200, unique=True)
    modtager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, verbose_name="modtager", related_name="mails"
    )
    adresse = models.EmailField("adresse", blank=True)
    skabelon = models.CharField("skabelon", max_length=60)
    data = models.JSONField("data", default=dict)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.VENTER)
    forfald = models.DateTimeField("forfald")
    naeste = models.DateTimeField("næste forsøg")
    laant_til = models.DateTimeField("lånt til", null=True)
    laant_af = models.UUIDField("lånt af", null=True)
    forsoeg = models.PositiveIntegerField("forsøg", default=0)
    svar = models.TextField("svar fra mailserveren", blank=True)
    sendt = models.DateTimeField("sendt", null=True)
    emne = models.CharField("emne", max_length=200, blank=True)
    brev = models.JSONField("brev", null=True)  # only in the demo: what its mailbox page shows
    oprettet = models.DateTimeField("oprettet", default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["venter", "sender", "sendt", "tilbageholdt", "fejlet", "annulleret"]),
                name="mail_status_kendt",
            ),
            models.CheckConstraint(condition=Q(modtager=None) ^ Q(adresse=""), name="mail_en_modtager"),
        ]
        indexes = [
            models.Index(F("naeste"), name="mail_paa_vej", condition=Q(status__in=["venter", "sender"])),
            models.Index(fields=["modtager", "-id"], name="mail_modtager"),
        ]

    def __str__(self):
        return self.emne or self.titel

    @property
    def titel(self) -> str:
        return letters.titel(self.skabelon)

    @property
    def til(self) -> str:
        """The address it goes to."""
        return self.modtager.email if self.modtager else self.adresse

    @property
    def navn(self) -> str:
        """Whose address it is, as far as the row knows."""
        return str(self.modtager) if self.modtager else "Uden for huset"

    @property
    def er_oensket(self) -> bool:
        """Nothing is sent to an account that is closed."""
        return self.modtager is None or self.modtager.is_active

    @property
    def farve(self) -> str:
        """How the pages colour the status."""
        return {"sendt": "ok", "fejlet": "fejl", "tilbageholdt": "vent"}.get(self.status, "info")

    @property
    def can_retry(self) -> bool:
        return self.status in self.KAN_PROEVES_IGEN


class Regel(PeriodModel):
    """A number that law, agreement or the municipality has set for a time. Changed by a new row, not in code."""

    noegle = models.SlugField("nøgle", max_length=60)
    navn = models.CharField("navn", max_length=120)
    vaerdi = models.IntegerField("værdi")
    enhed = models.CharField("enhed", max_length=30)
    kilde = models.CharField("kilde", max_length=300)
    note = models.TextField("bemærkning", blank=True)

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "regler"
        ordering = ["navn", "periode"]
        constraints = [
            models.CheckConstraint(condition=period_is_real(open_end=True), name="regel_periode"),
            ExclusionConstraint(
                name="regel_en_ad_gangen",
                expressions=[("noegle", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                violation_error_message="Reglen har allerede en værdi i den periode.",
            ),
        ]

    def __str__(self):
        return f"{self.navn}: {self.i_ord}"

    @property
    def i_ord(self) -> str:
        return with_unit(self.vaerdi, self.enhed)


class FilQuerySet(models.QuerySet):
    def delete(self):
        names = list(self.values_list("lager", flat=True))
        done = super().delete()
        transaction.on_commit(lambda: remove_bytes(names))
        return done


class Fil(models.Model):
    """A file that somebody sent in; its bytes lie below FILE_ROOT. Whoever owns it points to it, and goes with it.

    Made by files.store.keep only. Its bytes go with the row, when the deletion is committed.
    """

    class Tilstand(models.TextChoices):
        IKKE_SCANNET = "ikke_scannet", "Ikke scannet for virus"  # the installation has no scanner
        KARANTAENE = "karantaene", "Venter på at blive scannet for virus"
        REN = "ren", "Scannet for virus"
        SMITTET = "smittet", "Indeholdt virus og er slettet"

    KAN_HENTES = [Tilstand.IKKE_SCANNET, Tilstand.REN]

    navn = models.CharField("navn", max_length=500)  # as people see it; never a path
    lager = models.CharField("navn på disken", max_length=32, unique=True, default=new_name)
    art = models.CharField("type", max_length=4, choices=[(kind.key, kind.label) for kind in KINDS.values()])
    stoerrelse = models.PositiveIntegerField("størrelse")  # bytes, as kept: pictures are drawn anew
    sha256 = models.CharField("SHA-256", max_length=64)
    tilstand = models.CharField("virusscanning", max_length=12, choices=Tilstand)
    fund = models.CharField("virus", max_length=100, blank=True)
    forsoegt = models.DateTimeField("sidst forsøgt scannet", null=True)
    oprettet = models.DateTimeField("lagt op", default=timezone.now)
    oprettet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="lagt op af", related_name="+"
    )

    objects = FilQuerySet.as_manager()

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="fil_sha256"),
            models.CheckConstraint(condition=Q(lager__regex="^[0-9a-f]{32}$"), name="fil_lager"),
            models.CheckConstraint(
                condition=Q(tilstand__in=["ikke_scannet", "karantaene", "ren", "smittet"]), name="fil_tilstand_kendt"
            ),
        ]
        indexes = [
            models.Index(
                fields=["forsoegt"], name="fil_ikke_scannet", condition=Q(tilstand__in=["ikke_scannet", "karantaene"])
            ),
            models.Index(fields=["oprettet_af", "oprettet"], name="fil_dagsloft"),
        ]

    def __str__(self):
        return self.navn

    def delete(self, *args, **kwargs):
        done = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: remove_bytes([self.lager]))
        return done

    @property
    def kind(self) -> Kind:
        return KINDS[self.art]

    @property
    def kan_hentes(self) -> bool:
        return self.tilstand in self.KAN_HENTES


class Hjerteslag(models.Model):
    """When a part of the machinery last showed life; the readiness page reads it."""

    navn = models.CharField("del", max_length=30, primary_key=True)
    tid = models.DateTimeField("tid")

    class Meta:
        verbose_name = "hjerteslag"
        verbose_name_plural = "hjerteslag"

    def __str__(self):
        return self.navn


class Dokument(models.Model):
    """A sealed text: signed or sent, stored once and never changed. A trigger refuses UPDATE, DELETE and TRUNCATE.

    `indhold` is canonical JSON (sorted keys, NFC, UTC) and `sha256` is of it. A correction is another document.
    """

    art = models.SlugField("art", max_length=40)
    titel = models.CharField("titel", max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="om", related_name="dokumenter", null=True, blank=True
    )
    indhold = models.TextField("indhold")
    sha256 = models.CharField("fingeraftryk", max_length=64, unique=True)
    forseglet = models.DateTimeField("forseglet", default=now)

    class Meta:
        verbose_name = "forseglet dokument"
        verbose_name_plural = "forseglede dokumenter"
        ordering = ["-id"]

    def __str__(self):
        return self.titel


class Dokumentfil(models.Model):
    """The PDF of a sealed text, made once from it. Guarded as the text is."""

    dokument = models.OneToOneField(Dokument, models.CASCADE, verbose_name="dokument", related_name="fil")
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("fingeraftryk", max_length=64)
    lavet = models.DateTimeField("lavet", default=now)

    class Meta:
        verbose_name = "fil til et forseglet dokument"
        verbose_name_plural = "filer til forseglede dokumenter"

    def __str__(self):
        return f"{self.dokument} (PDF)"


class Journalpost(models.Model):
    """Something is filed in the case system: by hand or through this row, which a worker takes it from."""

    class Status(models.TextChoices):
        VENTER = "venter", "Venter"
        SKREVET = "skrevet", "Journaliseret"
        FEJLET = "fejlet", "Fejlet"

    sagsnr = models.CharField("sagsnr.", max_length=60)
    kle = models.CharField("KLE-nummer", max_length=20, blank=True)
    bevares = models.CharField("opbevares", max_length=20, blank=True)  # ISO 8601 duration, e.g. P5Y
    status = models.CharField("status", max_length=10, choices=Status, default=Status.VENTER)
    svar = models.CharField("svar", max_length=300, blank=True)
    forsoeg = models.PositiveSmallIntegerField("forsøg", default=0)
    naeste = models.DateTimeField("næste forsøg", default=timezone.now)  # also how long a worker has borrowed the row
    tid = models.DateTimeField("tid", default=now)
    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hvem", related_name="+")

    class Meta:
        abstract = True

    @property
    def farve(self) -> str:
        """How the pages colour the status."""
        return {"skrevet": "ok", "fejlet": "fejl"}.get(self.status, "vent")

    @property
    def bevares_tekst(self) -> str:
        years = self.bevares.removeprefix("P").removesuffix("Y")
        return f"{years} år" if years.isdecimal() else self.bevares


class Journalisering(Journalpost):
    """Of a sealed document."""

    dokument = models.OneToOneField(Dokument, models.CASCADE, verbose_name="dokument", related_name="journalisering")

    class Meta:
        verbose_name = "journalisering"
        verbose_name_plural = "journaliseringer"

    def __str__(self):
        return f"{self.dokument}: sag {self.sagsnr}"


class Dokumentkontrol(models.Model):
    """One run of the check of every sealed document (core/seal.py): by night, and when somebody asks for it."""

    tid = models.DateTimeField("tid", default=timezone.now, db_index=True)
    dokumenter = models.PositiveIntegerField("dokumenter")
    filer = models.PositiveIntegerField("PDF-filer")
    problemer = models.JSONField("problemer", default=list)  # [number of the document, a sentence of ours]

    class Meta:
        verbose_name = "kontrol af forseglede dokumenter"
        verbose_name_plural = "kontroller af forseglede dokumenter"
        ordering = ["-tid"]

    def __str__(self):
        return f"{self.dokumenter} dokumenter kontrolleret, {len(self.problemer)} problemer"
