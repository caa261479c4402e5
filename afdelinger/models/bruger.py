from secrets import token_urlsafe

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from elevforloeb.core.dates import today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.core.text import search_index, search_key, sort_key

# Asked on every page: written out, because to build it for each request takes longer than to answer it.
ROLLER = "select * from afdelinger_rolletildeling where bruger_id = %s and periode @> %s order by periode"


class BrugerManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)  # None: nobody can log in until the invitation is used
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class Bruger(AbstractBaseUser):
    """A person who can log in. What the person may do lies in Rolletildeling."""

    email = models.EmailField(
        "e-mail", unique=True, error_messages={"unique": "Der er allerede en bruger med den e-mail."}
    )
    navn = models.CharField("navn", max_length=120)
    telefon = models.CharField("telefon", max_length=30, blank=True)
    stilling = models.CharField("stilling", max_length=80, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    oprettet = models.DateTimeField("oprettet", default=timezone.now, editable=False)
    slettet = models.DateTimeField("slettet", null=True, editable=False)  # the row stays for what others did with it
    sortering = sort_key("navn")
    soegenoegle = search_key("navn", "email")

    objects = BrugerManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = ["sortering", "id"]
        constraints = [
            # One person, one account: Anna@… and anna@… are the same address.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="bruger_email_smaa_bogstaver"),
            # Who is erased is an empty shell. A trigger keeps it so for good.
            models.CheckConstraint(
                condition=Q(slettet=None)
                | Q(
                    navn="Slettet person",
                    email__endswith="@slettet.invalid",
                    telefon="",
                    stilling="",
                    password="!",  # noqa: S106  no password fits it
                    last_login=None,
                    is_active=False,
                ),
                name="bruger_slettet_er_tom",
            ),
        ]
        indexes = [
            models.Index(fields=["sortering", "id"], name="bruger_sortering"),
            search_index("soegenoegle", "bruger_soegning"),
        ]

    def __str__(self):
        return self.navn

    def get_full_name(self):
        return self.navn

    def get_absolute_url(self):
        return reverse("bruger", args=[self.pk])

    @property
    def fornavn(self) -> str:
        return self.navn.split()[0]

    @property
    def initialer(self) -> str:
        words = self.navn.split()
        return "".join(word[0] for word in (words[0], words[-1]) if word).upper()

    @cached_property
    def roller(self) -> list:
        """The Rolletildelinger of today; asked once per request."""
        from .rolle import Rolletildeling  # which knows this module

        return list(Rolletildeling.objects.raw(ROLLER, [self.pk, today()]))

    @cached_property
    def regler(self) -> Rules:
        """The rules of today, which say how long somebody is seen; asked once per request."""
        return rules()

    def har_rolle(self, *roller: str) -> bool:
        return any(tildeling.rolle in roller for tildeling in self.roller)

    def afdelinger_som(self, *roller: str) -> list[int]:
        """Ids of the departments in which this person has one of the roles today."""
        return [tildeling.afdeling_id for tildeling in self.roller if tildeling.rolle in roller]


def new_nonce() -> str:
    return token_urlsafe(32)


class Invitation(models.Model):
    """A link that lets a person choose a password, once. The link is signed; nothing in the table opens it."""

    bruger = models.ForeignKey(Bruger, models.CASCADE, verbose_name="bruger", related_name="invitationer")
    nonce = models.CharField("engangsnøgle", max_length=64, default=new_nonce, editable=False)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, verbose_name="inviteret af", related_name="+", null=True)
    udloeber = models.DateTimeField("udløber")
    brugt = models.DateTimeField("brugt", null=True)

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitationer"
        ordering = ["-id"]

    def __str__(self):
        return f"Invitation til {self.bruger}"

    @property
    def tilstand(self) -> str:
        """brugt, udløbet or åben"""
        if self.brugt:
            return "brugt"
        return "åben" if self.udloeber > timezone.now() else "udløbet"

    @property
    def kan_bruges(self) -> bool:
        return self.tilstand == "åben" and self.bruger.is_active and not self.bruger.has_usable_password()
