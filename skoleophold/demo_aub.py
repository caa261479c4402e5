"""Demo rows of what hangs on the school's periods: its files, the AUB register and the study trip."""

from datetime import date, timedelta

from afdelinger.models import Bruger
from afdelinger.services import update_bruger
from elevforloeb.core.dates import full_date, living_on, today
from elevforloeb.models import Ophold
from skoleophold.models import Aub, Karakter, Punktart, Skolehold, Skoleophold, Skoleperiode
from skoleophold.queries.aub import Aublinje, lines_of, stays
from skoleophold.queries.studietur import deltagere
from skoleophold.services.aub import FIELDS, aub_version, save_aub
from skoleophold.services.filer import attach
from skoleophold.services.studietur import add_turfil, create_studietur, save_noedkontakt, set_kryds

from .demo_filer import demo_file

WITH_FILES = 2  # periods of a class, the latest, and so many elever of it


def make_school_files(actor: Bruger, skolehold: Skolehold) -> None:
    """The summons of the latest periods that has come, and what two elever have put there themselves."""
    called = skolehold.skoleperioder.filter(indkaldt__isnull=False).order_by("-periode")
    for periode in called[:WITH_FILES]:
        with living_on(periode.indkaldt):
            attach(actor, ejer=periode, fil=_indkaldelse(periode))
    over = skolehold.skoleperioder.filter(periode__endswith__lte=today() - timedelta(weeks=2)).order_by("-periode")
    for periode in over[:1]:
        for ophold in periode.skoleophold.select_related("elev__bruger", "skoleperiode")[:WITH_FILES]:
            person = ophold.elev.bruger
            attach(person, ejer=ophold, fil=_skolevejledning(periode, person.navn))
            karakter = Karakter.objects.filter(elev=ophold.elev, skoleperiode=periode).select_related("fag").first()
            if karakter:
                lines = (person.navn, f"{karakter.fag}: {karakter}", str(periode))
                attach(person, ejer=karakter, fil=demo_file("karakterbevis.pdf", "Karakterbevis", *lines))


def _indkaldelse(periode: Skoleperiode):
    lines = [
        f"{periode} for {periode.skolehold}",
        f"Du møder {full_date(periode.startdato)} kl. 8.30. Sidste dag er {full_date(periode.sidste_dag)}.",
        f"Sted: {periode.sted}",
        "Tag bærbar computer og bøger med. Ring til studiekontoret, hvis du er forhindret.",
    ]
    return demo_file(f"indkaldelse-{periode.nr}.pdf", "Indkaldelse til skole", *lines)


def _skolevejledning(periode: Skoleperiode, navn: str):
    lines = [
        f"{navn}, {periode}",
        "Du arbejder selvstændigt og er god til at formidle lovstoffet i gruppen.",
        "Øv dig i at begrunde afgørelser skriftligt. Tal med din elevvejleder om en opgave, der træner det.",
    ]
    return demo_file("skolevejledning.pdf", "Skolevejledning", *lines)


# --- AUB -------------------------------------------------------------------------------------------------------------


def make_aub(actor: Bruger, skolehold: Skolehold) -> None:
    """Letters come a week after a period and are paid two weeks later; the latest period still has work in it."""
    over = list(skolehold.skoleperioder.filter(periode__endswith__lte=today()).order_by("periode"))
    for nr, periode in enumerate(over, start=1):
        rows = stays().filter(skoleperiode=periode).order_by("elev__bruger__sortering")
        for place, line in enumerate(lines_of(rows)):
            if nr < len(over) or place % 4 != 3:
                make_refund(actor, line, halved=nr == len(over) - 1 and place == 1, in_time=place % 4 == 0)


def make_refund(actor: Bruger, line: Aublinje, *, halved: bool, in_time: bool) -> None:
    """`in_time`: checked and paid at once; the others take four weeks more. `halved`: AUB counted too few weeks."""
    came = line.span.slutdato + timedelta(weeks=1)
    checked = came + timedelta(weeks=0 if in_time else 4)
    paid = checked + timedelta(weeks=2)
    if came > today():
        return
    year = 1 if (line.span.startdato - line.ophold.elev.startdato).days < 365 else 2
    aub = write(actor, line, Aub(), came, uddannelsesaar=year, brev_modtaget=came)
    if checked <= today():
        aub = write(actor, line, aub, checked, brev_tjekket=checked)
    (line,) = lines_of(stays().filter(pk=line.ophold.pk))
    if paid <= today() and line.refusion.beloeb:
        amount = line.refusion.beloeb / (2 if halved else 1)
        note = "AUB har regnet med for få uger. Rettet på virk.dk." if halved else ""
        write(actor, line, aub, paid, udbetalt=amount, udbetalt_dato=paid, note=note)


def write(actor: Bruger, line: Aublinje, aub: Aub, day: date, **changes) -> Aub:
    felter = {name: getattr(aub, name) for name in FIELDS} | changes
    with living_on(day):
        return save_aub(actor, ophold=line.ophold, version=aub_version(aub), **felter)


# --- study trip ------------------------------------------------------------------------------------------------------

PROGRAM = (
    "Tirsdag: Vi mødes i lufthavnen kl. 6.30. Rundtur i byen om eftermiddagen.\n"
    "Onsdag: Europa-Parlamentet kl. 10. Kommissionen kl. 14.\n"
    "Torsdag: Danmarks faste repræsentation kl. 9.30. Gruppearbejde på hotellet.\n"
    "Fredag: Hjemrejse kl. 15."
)
CONTACTS = [("Birgit Lysholm", "mor"), ("Kenneth Aarup", "far"), ("Signe Toft", "kæreste")]


def _elevvejleder_of(periode: Skoleperiode) -> Bruger | None:
    """Of one of those who go, today."""
    goes = Skoleophold.objects.filter(skoleperiode=periode).values("elev")
    stay = Ophold.objects.on(today()).filter(elev__in=goes, elevvejleder__isnull=False).order_by("pk").first()
    return stay and stay.elevvejleder


def make_trip(actor: Bruger, skolehold: Skolehold) -> None:
    """The next trip was made ready twelve weeks before; some have ticked, one of them all. An elevvejleder leads it."""
    periode = skolehold.skoleperioder.exclude(studietur="").filter(periode__startswith__gt=today()).first()
    ready = periode and periode.startdato - timedelta(weeks=12)
    if not ready or ready > today():
        return
    first = periode.startdato + timedelta(days=1)
    with living_on(ready):
        felter = {"destination": periode.studietur, "program": PROGRAM, "kontakt": "Studiekontoret, 12 34 56 78"}
        felter |= {"startdato": first, "sidste_dag": first + timedelta(days=3)}
        felter["ledsager"] = _elevvejleder_of(periode)
        tur = create_studietur(actor, skoleperiode=periode, **felter)
        document = demo_file("program.pdf", str(tur), *PROGRAM.splitlines())
        add_turfil(actor, tur=tur, titel="Program", fil=document)
    points = list(tur.punkter.filter(art=Punktart.KRYDS))
    with living_on(today() - timedelta(days=3)):
        for nr, elev in enumerate(deltagere(tur)[:4]):
            update_bruger(elev.bruger, bruger=elev.bruger, telefon=f"21 43 65 8{nr}")
            set_kryds(elev.bruger, tur=tur, elev=elev, punkter=points[: len(points) - nr])
            if nr < len(CONTACTS):
                navn, hvem = CONTACTS[nr]
                save_noedkontakt(elev.bruger, tur=tur, elev=elev, navn=navn, telefon=f"20 30 40 5{nr}", hvem=hvem)
