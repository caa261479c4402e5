"""The applicant's own letters: her link, the receipt, and word of the next round."""

from django.conf import settings
from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail
from rekruttering.links import token
from rekruttering.models import Ansoegning, Interesse, Runde
from rekruttering.queries.ansoegning import timetable

KEEP = "Linket er dit eget: den, der har det, kan læse og rette din ansøgning. Send det ikke videre."


def _ansoegning(data, which="ansoegning") -> Ansoegning | None:
    return Ansoegning.objects.select_related("runde").filter(pk=data.get(which)).first()


def _page(ansoegning: Ansoegning) -> str:
    return reverse("min_ansoegning", args=[token(ansoegning.noegle)])


@mail("ansoegning_link", "Link til en ansøgning")
def ansoegning_link(modtager, data) -> Letter | None:
    """`ogsaa`: her application in another round. Nothing at all: the address is nobody's."""
    found, other = _ansoegning(data), _ansoegning(data, "ogsaa")
    if found is None:
        return None
    deadline = dict(timetable(found.runde))["Frist for at søge"]
    state = f"Husk at sende den inden fristen {deadline}." if found.er_kladde else "Den er sendt og modtaget."
    text = f"Her er linket til din ansøgning til {settings.KOMMUNE_NAVN}. {state}\n\n{KEEP}"
    if other:
        text += f"\n\nDin ansøgning til {other.runde} er her: {settings.BASE_URL}{_page(other)}"
    return Letter("Dit link", text, _page(found), "Åbn din ansøgning", navn="ansøger")


@mail("ansoegning_kvittering", "Kvittering for en ansøgning")
def ansoegning_kvittering(modtager, data) -> Letter | None:
    found = _ansoegning(data)
    if found is None or found.er_kladde:
        return None
    plan = "\n".join(f"{what}: {when}" for what, when in timetable(found.runde))
    text = (
        f"Vi har modtaget din ansøgning om en elevplads. Den har nummer {found.nummer}.\n\n"
        f"Det sker nu:\n{plan}\n\n"
        "Med linket kan du se, hvor langt vi er, rette din ansøgning indtil fristen, hente en kopi og trække den "
        f"tilbage.\n\n{KEEP}"
    )
    return Letter(f"Kvittering fra {settings.KOMMUNE_NAVN}", text, _page(found), "Se din ansøgning", navn=found.fornavn)


@mail("ansoegning_trukket", "En ansøgning er trukket tilbage")
def ansoegning_trukket(modtager, data) -> Letter | None:
    found = _ansoegning(data)
    if found is None or found.tilstand != Ansoegning.Tilstand.TRUKKET:
        return None
    text = (
        f"Din ansøgning nummer {found.nummer} er trukket tilbage, og vi behandler den ikke mere. Var det ikke dig, "
        "der gjorde det, så ring eller skriv til den elevansvarlige i kommunen."
    )
    return Letter(f"Besked fra {settings.KOMMUNE_NAVN}", text, _page(found), "Se din ansøgning", navn=found.fornavn)


@mail("ansoegning_slettes", "En ansøgning bliver slettet")
def ansoegning_slettes(modtager, data) -> Letter | None:
    """No longer wanted when it is gone, or is to be kept until another day."""
    found = _ansoegning(data)
    if found is None or found.slettes is None or found.slettes.isoformat() != data["dag"]:
        return None
    text = (
        f"Du har søgt en elevplads hos {settings.KOMMUNE_NAVN} ({found.runde}). {full_date(found.slettes)} sletter vi "
        "det, du har sendt, og alt, hvad der hører til. Du skal ikke gøre noget.\n\n"
        "Vil du have en kopi, så hent den på din side inden da."
    )
    return Letter(f"Besked fra {settings.KOMMUNE_NAVN}", text, _page(found), "Hent en kopi", navn=found.fornavn)


@mail("interesse_bekraeft", "Bekræft et ønske om besked")
def interesse_bekraeft(modtager, data) -> Letter | None:
    found = Interesse.objects.filter(pk=data["interesse"]).first()
    if found is None:
        return None
    text = (
        "Nogen har bedt os skrive til denne adresse, næste gang der kan søges elevpladser. Er det dig, så bekræft det "
        "på siden. Ellers skal du ikke gøre noget: så glemmer vi adressen igen om en uge."
    )
    emne = f"Besked fra {settings.KOMMUNE_NAVN}"
    return Letter(emne, text, _notice(found.noegle), "Bekræft eller slet", navn="læser")


@mail("interesse_ny_runde", "Der kan søges elevpladser igen")
def interesse_ny_runde(modtager, data) -> Letter | None:
    """To somebody on the list, or to an applicant of an earlier round who said yes."""
    runde = Runde.objects.filter(pk=data["runde"]).first()
    if runde is None or not runde.er_aaben:
        return None
    if "ansoegning" in data:
        found = _ansoegning(data)
        stop = found and found.kontakt_igen and _page(found)
    else:
        found = Interesse.objects.filter(pk=data["interesse"], bekraeftet__isnull=False).first()
        stop = found and _notice(found.noegle)
    if not stop:
        return None
    text = (
        f"Nu kan du søge en elevplads hos {settings.KOMMUNE_NAVN} med start {full_date(runde.startdato)}. "
        f"Frist: {dict(timetable(runde))['Frist for at søge']}.\n\n"
        f"Vil du ikke have besked mere, så åbn {settings.BASE_URL}{stop}"
    )
    url = reverse("ansoeg", args=[runde.slug])
    return Letter("Der kan søges elevpladser igen", text, url, "Læs mere og søg", navn="læser")


def _notice(noegle) -> str:
    return reverse("interesse_bekraeft", args=[token(noegle)])
