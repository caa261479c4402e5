"""The letters about school. None says a grade or who is ill."""

from datetime import date

from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.models import Elev
from skoleophold.models import Skoleperiode, Udlaeg
from skoleophold.permissions import is_own, is_vejleder_of
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
