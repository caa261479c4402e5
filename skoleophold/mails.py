"""The letters about school. None says a grade or who is ill."""

from datetime import date

from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.models import Elev
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Problemformulering, Skoleperiode, Udlaeg
from skoleophold.permissions import approvable_fagproever, is_own, is_vejleder_of
from skoleophold.queries.fagproeve.paamindelser import is_behind
from skoleophold.queries.paamindelser import agreed, without_grades


@mail("indkaldelse_mangler", "Skolens indkaldelse mangler")
def indkaldelse_mangler(modtager, data) -> Letter | None:
    """No longer wanted when it has come, or the period has begun or is gone."""
    periode = Skoleperiode.objects.select_related("skolehold").filter(pk=data["skoleperiode"], indkaldt=None).first()
    if periode is None or periode.startdato <= today() or not modtager.har_rolle(Rolle.ELEVANSVARLIG):
        return None
    text = (
        f"{periode} for {periode.skolehold} begynder {full_date(periode.startdato)}, og der er ikke skrevet ind, at "
        "skolens indkaldelse er kommet.\n\nSkriv datoen ind, når den kommer, eller spørg skolen."
    )
    return Letter("Skolens indkaldelse mangler", text, reverse("skoleperiode", args=[periode.pk]), "Se perioden")


@mail("karakterer_mangler", "Husk at skrive karakterer ind")
def karakterer_mangler(modtager, data) -> Letter | None:
    ophold = without_grades().filter(pk=data["skoleophold"], elev__bruger=modtager).first()
    if ophold is None:
        return None
    text = (
        f"{ophold.skoleperiode} er slut, og dine karakterer er ikke skrevet ind endnu.\n\n"
        "De er dine egne: du bestemmer selv, om din elevvejleder kan se dem."
    )
    return Letter("Husk at skrive dine karakterer ind", text, reverse("min_skole"), "Skriv karakterer ind")


@mail("fagvalg_paamindelse", "Påmindelse om valgfri specialefag")
def fagvalg_paamindelse(modtager, data) -> Letter | None:
    """To the elev and her elevvejleder, as long as they have not agreed on any."""
    elev, last = Elev.objects.filter(pk=data["elev"]).first(), date.fromisoformat(data["frist"])
    if elev is None or last < today() or agreed(elev):
        return None
    if not (is_own(modtager, elev) or is_vejleder_of(modtager, elev)):
        return None
    text = f"De valgfri specialefag skal vælges senest {full_date(last)}, af elev og elevvejleder sammen."
    return Letter("Husk at vælge valgfri specialefag", text, reverse("fagvalg", args=[elev.pk]), "Vælg fag")


@mail("udlaeg_godkendt", "Udlæg godkendt")
def udlaeg_godkendt(modtager, data) -> Letter | None:
    """The amount stands on the page. No longer wanted when it was returned after all."""
    paid = [Udlaeg.Status.GODKENDT, Udlaeg.Status.UDBETALT]
    if not Udlaeg.objects.filter(pk=data["udlaeg"], elev__bruger=modtager, status__in=paid).exists():
        return None
    text = f"Dit udlæg nr. {data['udlaeg']} er godkendt og kommer med i den næste udbetaling."
    return Letter("Dit udlæg er godkendt", text, reverse("udlaeg", args=[data["udlaeg"]]), "Se udlægget")


@mail("udlaeg_returneret", "Udlæg sendt retur")
def udlaeg_returneret(modtager, data) -> Letter | None:
    """The reason stands on the page."""
    rows = Udlaeg.objects.filter(pk=data["udlaeg"], elev__bruger=modtager, status=Udlaeg.Status.RETURNERET)
    if not rows.exists():
        return None
    text = (
        f"Dit udlæg nr. {data['udlaeg']} er sendt retur, fordi der er noget, der skal rettes.\n\n"
        "Læs hvorfor, ret det, og send det igen."
    )
    return Letter("Dit udlæg skal rettes", text, reverse("udlaeg", args=[data["udlaeg"]]), "Se, hvad der skal rettes")


# --- the fagprøve: no letter says the topic or what was answered -----------------------------------------------------


def _own_attempt(modtager, data) -> Fagproeveforsoeg | None:
    rows = Fagproeveforsoeg.objects.filter(pk=data["forsoeg"], elev__bruger=modtager, vaerdi="")
    return rows.select_related("fagproeve__runde").first()


@mail("fagproeve_emne", "Find et emne til fagprøven")
def fagproeve_emne(modtager, data) -> Letter | None:
    forsoeg = _own_attempt(modtager, data)
    if forsoeg is None or forsoeg.fagproeve.status != Fagproeve.Status.EMNE or forsoeg.fagproeve.runde is None:
        return None
    runde = forsoeg.fagproeve.runde
    text = (
        f"Din fagprøve skal skrives fra {full_date(runde.startdato)}, og emnet skal være valgt senest "
        f"{full_date(runde.emne_senest)}.\n\nTag udgangspunkt i noget, du har undret dig over i en afdeling, og tal "
        "med din elevvejleder om det."
    )
    return Letter("Find et emne til din fagprøve", text, reverse("min_fagproeve"), "Se vejen til fagprøven")


@mail("fagproeve_skriveperiode", "Fagprøvens skriveperiode begynder snart")
def fagproeve_skriveperiode(modtager, data) -> Letter | None:
    forsoeg = _own_attempt(modtager, data)
    runde = forsoeg and forsoeg.fagproeve.runde
    if runde is None or runde.startdato <= today():
        return None
    text = (
        f"Skriveperioden begynder {full_date(runde.startdato)}. Før den skal problemformuleringen være godkendt af "
        f"både arbejdspladsen og skolen, og dine data skal være samlet ind senest {full_date(runde.data_senest)}."
    )
    return Letter("Din skriveperiode begynder snart", text, reverse("min_fagproeve"), "Se, hvad der mangler")


@mail("fagproeve_bagud", "En frist i fagprøven er gået")
def fagproeve_bagud(modtager, data) -> Letter | None:
    forsoeg = _own_attempt(modtager, data)
    if forsoeg is None or not is_behind(forsoeg):
        return None
    text = "En frist på vejen til din fagprøve er gået. Se, hvad der mangler, og tal med din elevvejleder."
    return Letter("En frist i din fagprøve er gået", text, reverse("min_fagproeve"), "Se, hvad der mangler")


def _formulering(data) -> Problemformulering | None:
    """The version that the mail is about, while it is the newest that was sent."""
    row = Problemformulering.objects.filter(pk=data["formulering"]).select_related("fagproeve__runde").first()
    newer = row and row.fagproeve.formuleringer.exclude(sendt=None).filter(nr__gt=row.nr).exists()
    return None if newer else row


@mail("fagproeve_godkend", "En problemformulering skal godkendes")
def fagproeve_godkend(modtager, data) -> Letter | None:
    """To the elevvejleder of the day, or the elevansvarlig: until the workplace has answered."""
    row = _formulering(data)
    if row is None or row.fagproeve.status != Fagproeve.Status.SENDT or row.svar.filter(part="arbejdsplads").exists():
        return None
    if not approvable_fagproever(modtager).filter(pk=row.fagproeve_id).exists():
        return None
    runde = row.fagproeve.runde
    due = f" Svar senest {full_date(runde.godkendt_senest)}." if runde else ""
    text = f"En problemformulering til en fagprøve venter på arbejdspladsens godkendelse.{due}"
    url = reverse("fagproeve_godkend", args=[row.fagproeve_id])
    return Letter("En problemformulering venter på dit svar", text, url, "Læs og svar")


@mail("fagproeve_svar", "Svar på problemformuleringen")
def fagproeve_svar(modtager, data) -> Letter | None:
    row = _formulering(data)
    if row is None or not row.fagproeve.forsoeg.filter(elev__bruger=modtager).exists():
        return None
    text = "Der er kommet et svar på din problemformulering. Se, om den er godkendt, eller om noget skal ændres."
    return Letter("Svar på din problemformulering", text, reverse("min_fagproeve"), "Se svaret")
