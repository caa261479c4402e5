"""The letters about AUB, to the elevansvarlig. None names an elev or an amount."""

from datetime import date, timedelta

from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail
from elevforloeb.core.rules import rules
from skoleophold.models import Skoleperiode
from skoleophold.queries.aub import near_deadline, unchecked


@mail("aub_tjek", "Tjek AUB efter skolen")
def aub_tjek(modtager, data) -> Letter | None:
    """No longer wanted when all of the period is checked."""
    periode, now = _periode(modtager, data), rules()
    until = now.day - timedelta(days=now.aub_tjek_dage)
    if periode is None or not unchecked(until).filter(skoleperiode=periode).exists():
        return None
    text = (
        f"{periode} for {periode.skolehold} er slut, og brevene fra AUB er ikke tjekket i registret.\n\n"
        "AUB betaler af sig selv kort efter brevet. Passer dage og beløb ikke, skal I rette det på virk.dk."
    )
    return Letter("Tjek AUB efter skolen", text, reverse("aub_periode", args=[periode.pk]), "Tjek dem")


@mail("aub_frist", "Fristen for AUB nærmer sig")
def aub_frist(modtager, data) -> Letter | None:
    """No longer wanted when it is paid or finished."""
    periode = _periode(modtager, data)
    last: date | None = near_deadline(rules()).get(periode.pk) if periode else None
    if last is None:
        return None
    text = (
        f"Der mangler refusion fra AUB for {periode}, {periode.skolehold}. Den første frist er {full_date(last)}; "
        "derefter kan I ikke få pengene.\n\n"
        "Søg på virk.dk, eller afslut rækken i registret, hvis I ikke skal have noget."
    )
    return Letter("Fristen for refusion fra AUB nærmer sig", text, _url(periode), "Se registret")


def _periode(modtager, data) -> Skoleperiode | None:
    if not modtager.har_rolle(Rolle.ELEVANSVARLIG):
        return None
    return Skoleperiode.objects.select_related("skolehold").filter(pk=data["skoleperiode"]).first()


def _url(periode: Skoleperiode) -> str:
    return f"{reverse('aub')}?skolehold={periode.skolehold_id}"
