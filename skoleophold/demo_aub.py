"""Demo rows of what hangs on the school's periods: its files, the AUB register and the study trip."""

from datetime import timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import full_date, living_on, today
from skoleophold.models import Aub, Karakter, Punktart, Skolehold, Skoleperiode
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
            make_refund(actor, line, nr == len(over), nr == len(over) - 1, place)


def make_refund(actor: Bruger, line: Aublinje, latest: bool, differs: bool, place: int) -> None:
    first, elev = line.span.startdato, line.ophold.elev
    came = line.span.slutdato + timedelta(weeks=1)
    if came > today() or (latest and place % 4 == 3):
        return
    felter = dict.fromkeys(FIELDS) | {"note": "", "brev_modtaget": came}
    felter["uddannelsesaar"] = 1 if (first - elev.startdato).days < 365 else 2
    paid = came + timedelta(weeks=2)
    with living_on(min(paid, today())):
        if not latest or place % 4 == 0 or paid + timedelta(weeks=2) <= today():
            felter["brev_tjekket"] = came
        aub = save_aub(actor, ophold=line.ophold, version=aub_version(Aub()), **felter)
        (line,) = lines_of(stays().filter(pk=line.ophold.pk))
        if felter["brev_tjekket"] and paid <= today() and line.refusion.beloeb:
            short = line.refusion.beloeb / 2 if differs and place == 1 else 0
            felter |= {"udbetalt": line.refusion.beloeb - short, "udbetalt_dato": paid}
            if short:
                felter |= {"note": "AUB har regnet med en uge for lidt. Rettet på virk.dk."}
            save_aub(actor, ophold=line.ophold, version=aub_version(aub), **felter)


# --- study trip ------------------------------------------------------------------------------------------------------

PROGRAM = (
    "Tirsdag: Vi mødes i lufthavnen kl. 6.30. Rundtur i byen om eftermiddagen.\n"
    "Onsdag: Europa-Parlamentet kl. 10. Kommissionen kl. 14.\n"
    "Torsdag: Danmarks faste repræsentation kl. 9.30. Gruppearbejde på hotellet.\n"
    "Fredag: Hjemrejse kl. 15."
)
CONTACTS = [("Birgit Lysholm", "mor"), ("Kenneth Aarup", "far"), ("Signe Toft", "kæreste")]


def make_trip(actor: Bruger, skolehold: Skolehold) -> None:
    """The next trip was made ready twelve weeks before; some have ticked, one of them all of it."""
    periode = skolehold.skoleperioder.exclude(studietur="").filter(periode__startswith__gt=today()).first()
    ready = periode and periode.startdato - timedelta(weeks=12)
    if not ready or ready > today():
        return
    first = periode.startdato + timedelta(days=1)
    with living_on(ready):
        felter = {"destination": periode.studietur, "program": PROGRAM, "kontakt": "Studiekontoret, 12 34 56 78"}
        felter |= {"startdato": first, "sidste_dag": first + timedelta(days=3), "ledsager": None}
        tur = create_studietur(actor, skoleperiode=periode, **felter)
        document = demo_file("program.pdf", str(tur), *PROGRAM.splitlines())
        add_turfil(actor, tur=tur, titel="Program", fil=document)
    points = list(tur.punkter.filter(art=Punktart.KRYDS))
    with living_on(today() - timedelta(days=3)):
        for nr, elev in enumerate(deltagere(tur)[:4]):
            set_kryds(elev.bruger, tur=tur, elev=elev, punkter=points[: len(points) - nr])
            if nr < len(CONTACTS):
                navn, hvem = CONTACTS[nr]
                save_noedkontakt(elev.bruger, tur=tur, elev=elev, navn=navn, telefon=f"20 30 40 5{nr}", hvem=hvem)
