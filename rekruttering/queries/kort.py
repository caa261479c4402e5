"""One applicant on the board and in the list: what matters about her right now, and what the reader can do next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core.dates import now, short_date, today
from rekruttering.models import Ansoegning, Besked, Samtale, Tilbud
from rekruttering.services.tilstand import ASSESSED, T

from .bedoemmelser import Laesning

COLOURS = {T.NY: "info", T.VURDERES: "vent", T.SAMTALE: "fjord", T.TILBUD: "ok", T.ANSAT: "ok"}
OLD = 10  # days as new before the card says so
S = Samtale.Tilstand
NOT_ON_A_CARD = ("motivation", "erfaring", "uddannelse_note", "skrevet", "brev__tekst", "brev__begrundelse")


@dataclass(frozen=True)
class Maerke:
    tekst: str
    art: str = ""


def with_talks(rows: QuerySet[Ansoegning]) -> QuerySet[Ansoegning]:
    """With the interviews, in the same statement."""
    own = Samtale.objects.filter(ansoegning=OuterRef("pk")).order_by("nr")
    talk = JSONObject(nr="nr", tilstand="tilstand", start="tid__tidsrum__startswith")
    return rows.annotate(samtaleliste=ArraySubquery(own.values(data=talk)))


def with_messages(rows: QuerySet[Ansoegning]) -> QuerySet[Ansoegning]:
    """With what has been written to each, newest first, in the same statement."""
    own = Besked.objects.filter(ansoegning=OuterRef("pk")).order_by("-pk")
    return rows.annotate(
        beskedliste=ArraySubquery(own.values(data=JSONObject(emne="emne", tekst="tekst", sendt="sendt")))
    )


def messages_of(ansoegning: Ansoegning) -> list[dict]:
    """Of one from `with_messages`."""
    return [row | {"sendt": datetime.fromisoformat(row["sendt"])} for row in ansoegning.beskedliste]


def with_marks(rows: QuerySet[Ansoegning]) -> QuerySet[Ansoegning]:
    """With the letter, the interviews and the newest offer, in the same statement."""
    offers = Tilbud.objects.filter(ansoegning=OuterRef("pk"), trukket=None).order_by("-pk")
    rows = rows.select_related("adgangsvej", "runde", "brev").defer(*NOT_ON_A_CARD)
    newest = Subquery(offers.values(data=JSONObject(frist="frist", svar="svar"))[:1])
    return with_talks(rows).annotate(nyeste_tilbud=newest)


def is_booked(ansoegning: Ansoegning) -> bool:
    """Of one that `with_talks` has fetched: has an interview to come."""
    agreed = (row["start"] for row in _talks(ansoegning) if row["tilstand"] == S.AFTALT)
    return any(datetime.fromisoformat(start) > now() for start in agreed)


def talks_of(ansoegning: Ansoegning) -> list[Maerke]:
    return [mark_of(**row) for row in _talks(ansoegning)]


def _talks(ansoegning: Ansoegning) -> list[dict]:
    return getattr(ansoegning, "samtaleliste", [])


@dataclass(frozen=True)
class Ansoegerkort:
    ansoegning: Ansoegning
    laesning: Laesning
    min_mangler: bool
    fortrinsadgang: bool  # only for who may see it
    partshoering: bool
    veje: list[tuple[str, str, str]]  # where it can be put: state, the words of the button, why not

    @property
    def navn(self) -> str:
        return str(self.ansoegning) if self.er_nummer else self.ansoegning.navn

    @property
    def er_nummer(self) -> bool:
        """Who has her answer, or has withdrawn, is a number on a wall."""
        answered = self.ansoegning.tilstand == T.AFSLAG and hasattr(self.ansoegning, "brev")
        return answered or self.ansoegning.tilstand == T.TRUKKET

    @property
    def skal_bedoemmes(self) -> bool:
        return self.ansoegning.tilstand in ASSESSED

    @property
    def i_alt(self) -> int:
        return self.laesning.afgivet + len(self.laesning.mangler)

    @property
    def farve(self) -> str:
        return COLOURS.get(self.ansoegning.tilstand, "")

    @property
    def dage_som_ny(self) -> int:
        """How long it has lain unread; 0 when that is no news."""
        if self.ansoegning.tilstand != T.NY:
            return 0
        days = (today() - timezone.localtime(self.ansoegning.tilstand_siden).date()).days
        return days if days >= OLD else 0

    @property
    def maerke(self) -> Maerke | None:
        """How far she is in her state: the interview, the offer, the letter."""
        mark = {
            T.SAMTALE: self._interview,
            T.VENTELISTE: self._interview,
            T.TILBUD: self._offer,
            T.AFSLAG: self._letter,
        }
        words = mark.get(self.ansoegning.tilstand)
        return words() if words else None

    def _interview(self) -> Maerke | None:
        rows = self.ansoegning.samtaleliste
        if not rows:
            return Maerke("Mangler invitation", "vent") if self.ansoegning.tilstand == T.SAMTALE else None
        return mark_of(**rows[-1])

    def _offer(self) -> Maerke | None:
        offer = self.ansoegning.nyeste_tilbud
        if offer is None:
            return None
        if offer["svar"] == Tilbud.Svar.JA:
            return Maerke("Har sagt ja", "ok")
        last = date.fromisoformat(offer["frist"])
        if last < today():
            return Maerke(f"Skulle svare {short_date(last, year=False)}", "fejl")
        return Maerke(f"Svar senest {short_date(last, year=False)}", "vent")

    def _letter(self) -> Maerke:
        brev = getattr(self.ansoegning, "brev", None)
        if brev is None:
            return Maerke("Mangler brev", "vent")
        if brev.begrundelse_oensket and not brev.begrundet:
            return Maerke("Beder om begrundelse", "fejl")
        return Maerke(f"Brev sendt {short_date(timezone.localtime(brev.sendt).date(), year=False)}")

    @property
    def naeste(self) -> tuple[str, str]:
        """The words and the address of what the reader does next with this one."""
        own = reverse("ansoeger", args=[self.ansoegning.pk])
        if self.min_mangler:
            return "Bedøm", f"{own}#h-bedoemmelser"
        if self.ansoegning.tilstand == T.SAMTALE:
            has_time = any(row["start"] for row in self.ansoegning.samtaleliste)
            return "Se tiden" if has_time else "Find en tid", reverse("samtaler", args=[self.ansoegning.runde_id])
        return "Åbn", own


def mark_of(nr: int, tilstand: str, start: str | None) -> Maerke:
    """Of one interview: 2. samtale 10. feb. kl. 09.00"""
    which = f"{nr}. samtale"
    if tilstand == S.INVITERET:
        return Maerke(f"Vælger tid til {which}", "vent")
    if tilstand == S.AFTALT:
        moment = timezone.localtime(datetime.fromisoformat(start))
        if moment <= now():
            return Maerke(f"Blev {which} holdt?", "vent")
        return Maerke(f"{which} {short_date(moment.date(), year=False)} kl. {moment:%H.%M}", "info")
    words = {S.HOLDT: (f"{which} holdt", "ok"), S.UDEBLEVET: (f"Kom ikke til {which}", "fejl")}
    return Maerke(*words.get(tilstand, (f"{which} aflyst", "fejl")))
