"""Demo rows of what hangs on the school's periods: its files, the AUB register and the study trip."""

from datetime import timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import full_date, living_on, today
from skoleophold.models import Aub, Karakter, Skolehold, Skoleperiode
from skoleophold.queries.aub import Aublinje, lines_of, stays
from skoleophold.services.aub import FIELDS, aub_version, save_aub
from skoleophold.services.filer import attach

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
            make_refund(actor, line, nr == len(over), place)


def make_refund(actor: Bruger, line: Aublinje, latest: bool, place: int) -> None:
    first, elev = line.span.startdato, line.ophold.elev
    came = line.span.slutdato + timedelta(weeks=1)
    if came > today() or (latest and place % 4 == 3):
        return
    felter = dict.fromkeys(FIELDS) | {"note": "", "brev_modtaget": came}
    felter["uddannelsesaar"] = 1 if (first - elev.startdato).days < 365 else 2
    paid = came + timedelta(weeks=2)
    with living_on(min(paid, today())):
        if not latest or place % 4 == 0:
            felter["brev_tjekket"] = came
        aub = save_aub(actor, ophold=line.ophold, version=aub_version(Aub()), **felter)
        (line,) = lines_of(stays().filter(pk=line.ophold.pk))
        if felter["brev_tjekket"] and paid <= today() and line.refusion.beloeb:
            short = line.refusion.beloeb / 2 if place == 1 and not line.ophold.dage_ulovligt else 0
            felter |= {"udbetalt": line.refusion.beloeb - short, "udbetalt_dato": paid}
            if short:
                felter |= {"note": "AUB har regnet med en uge for lidt. Rettet på virk.dk."}
            save_aub(actor, ophold=line.ophold, version=aub_version(aub), **felter)
