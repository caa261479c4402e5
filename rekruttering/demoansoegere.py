"""Invented applicants for the demo, made through the services on the days they would have been. A fixed seed.

`ansoegere()` answers those that are sent, the oldest first, for whoever goes on with them.
"""

from datetime import timedelta
from io import BytesIO
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from elevforloeb.core.dates import living_on, today
from elevforloeb.core.files.examine import CheckedFile, examine
from rekruttering.models import Adgangsvej, Ansoegning, Runde
from rekruttering.queries.ansoegning import newest_oplysningstekst, step_version
from rekruttering.services.ansoegning import begin, save_draft, send, withdraw
from rekruttering.services.bilag import add_bilag
from rekruttering.trin import MOTIVATION, OM_DIG, UDDANNELSE
from rekruttering.uses import BILAG

ANTAL, KLADDER, TRUKNE = 40, 7, 4
SEED = 20270901
WITH_PRIORITY = 9  # uses fortrinsadgang, among the first who are sent
OPEN_DAYS, DAYS_LEFT = 21, 10
FORNAVNE = [
    "Alva", "Birk", "Cilje", "Dagny", "Ebbe", "Frej", "Gry", "Halfdan", "Iben", "Jarl", "Kaja", "Laurits", "Maise",
    "Njord", "Oline", "Palle", "Rigmor", "Storm", "Tilde", "Uffe", "Vigga", "Ylva", "Zenia", "Ægir", "Ørn", "Åge",
]  # fmt: skip
EFTERNAVNE = [
    "Bregnholt", "Dybbæk", "Elmegrav", "Fuglehøj", "Grønlykke", "Havreager", "Kildemark", "Lyngsø", "Mosedal",
    "Ravnsbo", "Tranekil",
]  # fmt: skip
SKOLER = ["Fjordby Handelsskole", "Sundby Gymnasium", "Nørreby Business", "Østerby HF og VUC"]
MOTIVATIONER = [
    "Jeg vil gerne arbejde et sted, hvor det, jeg laver, betyder noget for andre. I min fritid er jeg kasserer i en "
    "forening, og jeg har fundet ud af, at jeg er god til at holde orden og forklare tingene, så alle er med.",
    "Jeg har prøvet at stå i reception i et fritidsjob, og det bedste var at hjælpe folk, der ikke vidste, hvor de "
    "skulle begynde. Sådan tror jeg også, det er i en kommune, og derfor søger jeg.",
    "Mit mål er at blive god til sagsbehandling. Jeg kan lide regler, der skal passe til virkeligheden, og jeg vil "
    "gerne lære det i flere afdelinger, før jeg vælger retning.",
]
ERFARINGER = [
    "To år i en dagligvarebutik, hvor jeg lærte nye kolleger op.",
    "Frivillig i en lektiecafé og træner for et hold på ni år.",
    "Fritidsjob på et bibliotek. Jeg har svaret på mails og sat møder op.",
    "",
]


def make_ansoegninger() -> None:
    """Applications to the open round; nothing where there are some."""
    found = runde()
    if found.ansoegninger.exists():
        return
    random = Random(SEED)  # noqa: S311 - invented people
    files = [paper("Eksamensbevis.jpg", "JPEG"), paper("CV.pdf", "PDF")]
    opened = timezone.localtime(found.aabner).date()
    days = sorted(random.randint(1, max((today() - opened).days, 1)) for _ in range(ANTAL))
    people = [f"{fornavn} {efternavn}" for fornavn in FORNAVNE for efternavn in EFTERNAVNE]
    for nr, navn in enumerate(random.sample(people, ANTAL)):
        with living_on(min(opened + timedelta(days=days[nr]), today())):
            apply(found, navn, nr, random, files)


def apply(found: Runde, navn: str, nr: int, random: Random, files: list[CheckedFile], kladder: int = KLADDER) -> None:
    draft = begin(runde=found, formular=UUID(int=random.getrandbits(128), version=4))
    # Some drafts stop in the middle, one at the very beginning.
    steps = [OM_DIG, UDDANNELSE, MOTIVATION][: nr % 4 if nr < kladder else 3]
    for trin in steps:
        fields = answers(trin.slug, navn, nr, random)
        draft = save_draft(ansoegning=draft, trin=trin, valid=fields, typed={}, version=step_version(draft, trin))
    for fil, art in zip(files[: nr % 3], ("bevis", "cv"), strict=False):
        add_bilag(ansoegning=draft, art=art, fil=fil)
    if nr < kladder:
        return
    draft.refresh_from_db()
    text, kontakt = newest_oplysningstekst(), nr % 5 == 0
    done = send(ansoegning=draft, version=draft.version, oplysningstekst=text, kontakt=kontakt)
    if nr % (ANTAL // TRUKNE) == KLADDER:
        withdraw(ansoegning=done)


def answers(slug: str, navn: str, nr: int, random: Random) -> dict:
    fornavn, efternavn = navn.split(" ")
    if slug == OM_DIG.slug:
        email = f"{fornavn}.{efternavn}@example.invalid".lower()
        for letter, ascii_letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
            email = email.replace(letter, ascii_letters)
        whole = {"fornavn": fornavn, "efternavn": efternavn, "email": email}
        return whole | {"telefon": f"00 00 {random.randint(10, 99)} 00", "fortrinsadgang": nr == WITH_PRIORITY}
    if slug == UDDANNELSE.slug:
        done = {"faerdig_maaned": random.choice([1, 6]), "faerdig_aar": today().year - random.randint(0, 4)}
        route = random.choice(list(Adgangsvej.objects.on(today())))
        return done | {"adgangsvej": route, "skole": random.choice(SKOLER), "uddannelse_note": ""}
    heard = random.choice(Ansoegning.Hoert.values)
    return {"motivation": random.choice(MOTIVATIONER), "erfaring": random.choice(ERFARINGER), "hoert": heard}


def ansoegere():
    """The sent applications of the open round, the oldest first: for the demo of the committee's process."""
    return runde().ansoegninger.filter(tilstand=Ansoegning.Tilstand.NY).order_by("nummer")


def runde() -> Runde:
    """The newest public round."""
    return Runde.objects.filter(tilstand=Runde.Tilstand.OFFENTLIG).first()


def paper(navn: str, art: str) -> CheckedFile:
    """A picture of a sheet with the name of the file on it."""
    sheet, file = Image.new("RGB", (620, 877), "white"), BytesIO()
    ImageDraw.Draw(sheet).text((60, 60), f"Demo: {navn}", fill="black")
    sheet.save(file, art)
    return examine(SimpleUploadedFile(navn, file.getvalue()), BILAG)
