"""Demo rows of what hangs on the school's periods: its files, the AUB register and the study trip."""

from datetime import timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import full_date, living_on, today
from skoleophold.models import Karakter, Skolehold, Skoleperiode
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
