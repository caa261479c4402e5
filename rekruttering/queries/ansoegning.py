"""What the applicant's own pages show. Whoever has the link may read all of it: there is no account."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Exists, OuterRef
from django.utils import timezone

from elevforloeb.core.dates import MONTHS, full_date, now, today
from elevforloeb.core.models import Mail
from rekruttering import trin as skridt
from rekruttering.links import key_of
from rekruttering.models import Adgangsvej, Ansoegning, Oplysningstekst, Partshoering, Runde, Tilbud
from rekruttering.trin import Trin


def find_ansoegning(token: str) -> Ansoegning | None:
    """A link that was never ours takes as long as one that is deleted: the database is asked either way."""
    rows = Ansoegning.objects.select_related("runde", "adgangsvej", "oplysningstekst", "brev")
    return rows.filter(noegle=key_of(token)).first()


def newest_oplysningstekst() -> Oplysningstekst | None:
    return Oplysningstekst.objects.filter(udgivet__lte=now()).first()


def adgangsveje(ansoegning: Ansoegning):
    """Those that count now, and the one that she chose already."""
    return Adgangsvej.objects.on(today()) | Adgangsvej.objects.filter(pk=ansoegning.adgangsvej_id)


# --- A step -------------------------------------------------------------------------------------------------------
def shown(ansoegning: Ansoegning, trin: Trin) -> dict:
    """What stands in the fields of the step: what is saved, or what was typed and is not valid yet."""
    saved = {name: getattr(ansoegning, ansoegning._meta.get_field(name).attname) for name in trin.felter}
    return saved | {name: text for name, text in ansoegning.skrevet.items() if name in trin.felter}


def step_version(ansoegning: Ansoegning, trin: Trin) -> str:
    """For the hidden field: changes when anything in the step does, on whichever device."""
    return sha256(repr(sorted(shown(ansoegning, trin).items())).encode()).hexdigest()[:16]


def in_words(ansoegning: Ansoegning, name: str) -> str:
    """The answer to one question as people read it."""
    if name in ansoegning.skrevet:
        return ansoegning.skrevet[name]
    if name == "faerdig_maaned" and ansoegning.faerdig_maaned:
        return MONTHS[ansoegning.faerdig_maaned - 1]
    field = ansoegning._meta.get_field(name)
    value = getattr(ansoegning, f"get_{name}_display")() if field.choices else getattr(ansoegning, name)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Mangel:
    trin: Trin
    felt: str
    tekst: str


def what_is_missing(ansoegning: Ansoegning) -> list[Mangel]:
    """What must be mended before it can be sent."""
    found = []
    for trin in skridt.SKEMAER.values():
        for name in trin.felter:
            if name in ansoegning.skrevet:
                found.append(Mangel(trin, name, f"Ret “{skridt.label(name)}”"))
            elif name in trin.kraeves and not _is_answered(ansoegning, name):
                found.append(Mangel(trin, name, skridt.MANGLER[name]))
    return found


def _is_answered(ansoegning: Ansoegning, name: str) -> bool:
    if name == "adgangsvej":
        return bool(ansoegning.adgangsvej_id) or not Adgangsvej.objects.on(today()).exists()
    return bool(getattr(ansoegning, name))


# --- Status -------------------------------------------------------------------------------------------------------
T = Ansoegning.Tilstand
STATUS = {
    T.KLADDE: ("Ikke sendt endnu", "vent", "Din ansøgning er en kladde. Kun du kan se den, til du har sendt den."),
    T.NY: ("Modtaget", "ok", "Vi har modtaget din ansøgning."),
    T.VURDERES: ("Modtaget", "ok", "Vi er ved at læse din ansøgning."),
    T.SAMTALE: ("Til samtale", "ok", "Vi vil gerne tale med dig. Du får en mail med tid og sted."),
    T.VENTELISTE: ("På venteliste", "vent", "Du er på venteliste. Vi skriver til dig, når der er nyt."),
    T.TILBUD: ("Tilbud sendt", "ok", "Vi har tilbudt dig en plads. Se den mail, vi har sendt dig."),
    T.ANSAT: ("Ansat", "ok", "Du har fået en plads. Tillykke!"),
    T.AFSLAG: ("Ikke gået videre", "info", "Du har ikke fået en plads denne gang. Svaret er sendt til dig på mail."),
    T.TRUKKET: ("Trukket tilbage", "info", "Du har trukket din ansøgning tilbage. Vi behandler den ikke mere."),
}


@dataclass(frozen=True)
class Status:
    navn: str
    farve: str
    tekst: str


def status_of_application(ansoegning: Ansoegning) -> Status:
    """In plain words. What the committee has decided is told when its letter is sent, not when the board is moved."""
    state = ansoegning.tilstand
    untold = state in (T.AFSLAG, T.VENTELISTE) and ansoegning.besvaret is None
    if untold or (state == T.SAMTALE and not ansoegning.samtaler.exists()):
        state = T.VURDERES
    return Status(*STATUS[state])


# What the applicant is shown of her case as it goes. The committee's own steps she can ask to read (partsaktindsigt).
TOLD = {"modtaget", "rettet", "bilag", "kontakt", "nyt-link", "samtale-inviteret", "samtale-aftalt", "samtale-aflyst"}
TOLD |= {"partshoering-sendt", "partshoering-svar", "reference-samtykke", "afslag-sendt", "begrundelse-oensket"}
TOLD |= {"beholdes", "beholdes-ikke", "tilbagetraekning-fortrudt", "besked-sendt"}
TOLD |= {"begrundelse", "tilbud-ja", *(f"tilstand-{t}" for t in (T.NY, T.TILBUD, T.ANSAT, T.TRUKKET))}


def told_steps(ansoegning: Ansoegning):
    return ansoegning.skridt.filter(art__in=TOLD)


def asked_of(ansoegning: Ansoegning) -> list[tuple[str, str, str]]:
    """What waits for the applicant, or is for her to read: a sentence, the name of the page, the words of the link."""
    hearing, offer = _open_questions(ansoegning)
    found = []
    if hearing:
        found.append(("Vi har fået en oplysning, som du skal kunne svare på.", "partshoering_svar", "Læs den, og svar"))
    if offer:
        found.append(("Du har fået tilbud om en plads.", "tilbud_svar", "Se tilbuddet, og svar"))
    if ansoegning.tilstand == T.SAMTALE and ansoegning.samtaler.exists():
        found.append(("Du er inviteret til samtale.", "samtale_vaelg", "Se eller vælg din tid"))
    if hasattr(ansoegning, "brev"):
        found.append(("Du har fået et brev.", "brev", "Læs brevet"))
    return found


def _open_questions(ansoegning: Ansoegning) -> tuple[bool, bool]:
    hearings = Partshoering.objects.filter(ansoegning=OuterRef("pk"), sendt__isnull=False, svaret=None)
    offers = Tilbud.objects.filter(ansoegning=OuterRef("pk"), trukket=None, svar="")
    return Ansoegning.objects.filter(pk=ansoegning.pk).values_list(Exists(hearings), Exists(offers)).get()


def timetable(runde: Runde) -> list[tuple[str, str]]:
    """What happens when, as far as the round says."""
    deadline = timezone.localtime(runde.frist)
    rows = [("Frist for at søge", f"{full_date(deadline.date())} kl. {deadline:%H.%M}")]
    if runde.samtaler:
        rows.append(("Samtaler", runde.samtaler))
    if runde.svar_senest:
        rows.append(("Alle har fået svar", f"senest {full_date(runde.svar_senest)}"))
    return [*rows, ("Første arbejdsdag", full_date(runde.startdato))]


def has_receipt(ansoegning: Ansoegning) -> bool:
    return Mail.objects.filter(noegle=f"ansoegning:{ansoegning.pk}:kvittering").exists()


# --- Her own data -------------------------------------------------------------------------------------------------
def answers(ansoegning: Ansoegning) -> list[tuple[Trin, list[tuple[str, str]]]]:
    """All that she has answered, by step."""
    return [
        (trin, [(skridt.label(name), in_words(ansoegning, name)) for name in trin.felter])
        for trin in skridt.SKEMAER.values()
    ]


def export(ansoegning: Ansoegning) -> dict:
    """A copy for the applicant (GDPR art. 15 and 20): what she gave, and what was done."""
    return {
        "ansøgningsrunde": str(ansoegning.runde),
        "nummer": ansoegning.nummer,
        "status": status_of_application(ansoegning).navn,
        "begyndt": ansoegning.oprettet,
        "rettet": ansoegning.rettet,
        "sendt": ansoegning.indsendt,
        "må kontaktes om en senere runde indtil": ansoegning.kontakt_igen,
        "slettes": ansoegning.slettes,
        "slettes ikke før tiden, fordi": ansoegning.beholdes_grund,
        "svar": {trin.navn: dict(rows) for trin, rows in answers(ansoegning)},
        "bilag": [
            {"navn": b.fil.navn, "art": b.get_art_display(), "størrelse": b.fil.stoerrelse, "sha256": b.fil.sha256}
            for b in ansoegning.bilag.select_related("fil")
        ],
        "beskeder": [{"sendt": row.sendt, "emne": row.emne, "tekst": row.tekst} for row in ansoegning.beskeder.all()],
        "sagens gang": [{"tid": row.tid, "hvad": row.tekst} for row in told_steps(ansoegning)],
        "oplysningstekst": ansoegning.oplysningstekst.tekst if ansoegning.oplysningstekst else "",
    }
