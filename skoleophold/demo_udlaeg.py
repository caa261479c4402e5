"""Invented expenses in every state, with receipts that are drawn here, and budgets; made through the services."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from afdelinger.models import Bruger
from elevforloeb.core.dates import full_date, living_on, today
from elevforloeb.core.files.examine import CheckedFile, examine
from elevforloeb.core.money import kroner
from elevforloeb.models import Elev, Hold, Ophold
from skoleophold.models import Udgiftsart, Udlaeg
from skoleophold.services.budget import FIELDS, budget_version, set_budget, udgiftsart_version, update_udgiftsart
from skoleophold.services.udbetalinger import create_udbetaling, hand_over
from skoleophold.services.udlaeg import approve, return_udlaeg, save_udlaeg, send_udlaeg
from skoleophold.uses import KVITTERING

# The elev of the list, days ago, kind, amount, what it was, and how far it has come.
EXPENSES = [
    (0, 150, "boeger", "649.95", "Lærebog i forvaltningsret", "afleveret"),
    (1, 145, "boeger", "584.00", "Lærebog i forvaltningsret", "afleveret"),
    (0, 60, "befordring", "312.00", "Tog til skolen i to uger", "udbetalt"),
    (2, 48, "boeger", "189.00", "Opgavesamling i politisk styring", "udbetalt"),
    (1, 20, "befordring", "156.00", "Bus og tog i en uge", "godkendt"),
    (0, 12, "studietur", "84.50", "Billet til metro på studieturen", "sendt"),
    (3, 16, "boeger", "1249.00", "Bøger til valgfrit specialefag", "sendt"),
    (4, 16, "boeger", "1249.00", "Bøger til valgfrit specialefag", "sendt"),  # the same receipt
    (0, 9, "andet", "120.00", "Leje af lokale til gruppearbejde", "returneret"),
    (0, 3, "boeger", "239.00", "Bog om kommunikation", "kladde"),
]
BUDGETS = {"boeger": "1200", "befordring": "900", "studietur": "400"}  # for each elev
CEILINGS = {"boeger": "1000", "befordring": "800", "studietur": "300"}
WHY = "Kvitteringen er fra en privat mobiloverførsel. Læg en kvittering med udlejerens navn ved."


def make_udlaeg(actor: Bruger) -> None:
    arter = {art.kode: art for art in Udgiftsart.objects.all()}
    hold = Hold.objects.filter(startdato__lte=today()).order_by("-startdato").first()
    stays = Ophold.objects.on(today()).filter(elev__hold=hold).select_related("elev__bruger").order_by("pk")
    elever = list(dict.fromkeys(stay.elev for stay in stays))
    if not elever or not {each[2] for each in EXPENSES} <= arter.keys():
        return
    set_ceilings(actor, arter)
    states = {}
    for nr, days, kode, amount, what, state in EXPENSES:
        day = max(today() - timedelta(days=days), hold.startdato)
        found = make_one(actor, elever[nr % len(elever)], arter[kode], day, Decimal(amount), what, state)
        states.setdefault(state, []).append(found.pk)
    for state, days in (("afleveret", 120), ("udbetalt", 2)):
        with living_on(max(today() - timedelta(days=days), hold.startdato)):
            made = create_udbetaling(actor, ids=states[state])
            if state == "afleveret":
                hand_over(actor, udbetaling=made)
    set_aside(actor, hold, len(elever), arter)


def set_ceilings(actor: Bruger, arter: dict[str, Udgiftsart]) -> None:
    """As an elevansvarlig would: the reference data has none. The books for the chosen subject are above theirs."""
    for kode, amount in CEILINGS.items():
        art = arter[kode]
        same = {name: getattr(art, name) for name in FIELDS if name != "periode"}
        same |= {"startdato": art.startdato, "sidste_dag": art.sidste_dag, "loft": Decimal(amount)}
        same["kilde"] = f"{art.kilde}. Loftet er opfundet til demoen"
        arter[kode] = update_udgiftsart(actor, art=art, version=udgiftsart_version(art), **same)


def make_one(actor: Bruger, elev: Elev, art: Udgiftsart, day: date, amount: Decimal, what: str, state: str) -> Udlaeg:
    felter = {"art": art, "dato": day, "beloeb": amount, "formaal": what}
    if art.egen_udgift:
        felter |= {"km": 34, "egen_udgift": Decimal("48.00")}
    with living_on(min(day + timedelta(days=1), today())):
        paper = [] if state == "kladde" else [receipt(day, amount, pdf=art.kode == "studietur")]
        made = save_udlaeg(elev.bruger, elev=elev, noegle=uuid4(), version=None, felter=felter, filer=paper)
        if state == "kladde":
            return made
        made = send_udlaeg(elev.bruger, udlaeg=made)
    with living_on(min(day + timedelta(days=4), today())):
        if state == "returneret":
            return_udlaeg(actor, udlaeg=made, version=made.version, grund=WHY)
        elif state != "sendt":
            approve(actor, udlaeg=made, version=made.version)
    return made


def set_aside(actor: Bruger, hold: Hold, number: int, arter: dict[str, Udgiftsart]) -> None:
    """For the hold through its course, and for this year; the year's books are overspent."""
    frames: list[tuple[dict, Callable]] = [
        ({"hold": hold, "aar": None}, lambda kode, amount: Decimal(amount) * number),
        ({"hold": None, "aar": today().year}, lambda kode, amount: Decimal(900 if kode == "boeger" else 2000)),
    ]
    for frame, how_much in frames:
        amounts = {arter[kode]: how_much(kode, amount) for kode, amount in BUDGETS.items()}
        kilde = "Opfundet til demoen"
        set_budget(actor, **frame, beloeb=amounts, kilde=kilde, version=budget_version(**frame))


def receipt(day: date, amount: Decimal, *, pdf: bool) -> CheckedFile:
    """A till roll, drawn with a font that has no æøå. It comes in by the same door as everybody's."""
    lines = ["BUTIKKEN", "Opfundet kvittering", "", f"I alt {kroner(amount)}", "", full_date(day)]
    picture = Image.new("RGB", (640, 820), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=30)
    for nr, text in enumerate(lines):
        pen.text((50, 60 + nr * 84), text, fill="black", font=font)
    output = BytesIO()
    picture.save(output, "PDF" if pdf else "PNG")
    name = f"kvittering-{day:%d-%m-%Y}.{'pdf' if pdf else 'png'}"
    return examine(SimpleUploadedFile(name, output.getvalue()), KVITTERING)
