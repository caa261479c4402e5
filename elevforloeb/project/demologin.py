"""One log-in per role for the demo. An address that ends in .invalid can belong to no real person."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from afdelinger.demo import DOMAIN
from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.models import Ophold, Udbudssvar


class DemoLogin(NamedTuple):
    tekst: str
    url: str


def demo_people() -> dict[str, Bruger]:
    """Somebody of each role: an elev in her base year, her elevvejleder, and the leder of a specialeplads.

    It is the specialepladser that are asked for places, so that leder has an offer to look after.
    """
    stays = Ophold.objects.on(today()).filter(elev__bruger__email__endswith=f"@{DOMAIN}", elevvejleder__isnull=False)
    stays = stays.select_related("elev__bruger", "elevvejleder").order_by("-elev__hold__startdato", "pk")
    people = {Rolle.ELEVANSVARLIG: first_with(Rolle.ELEVANSVARLIG)}
    if stay := stays.first():
        people |= {Rolle.ELEVVEJLEDER: stay.elevvejleder, Rolle.ELEV: stay.elev.bruger}
        asked = stays.filter(afdeling__udbudssvar__svar=Udbudssvar.Svar.TILBYDER).first() or stay
        people |= {Rolle.LEDER: first_with(Rolle.LEDER, asked.afdeling_id)}
    people |= {Rolle.ADMINISTRATOR: first_with(Rolle.ADMINISTRATOR)}
    return {str(rolle): bruger for rolle, bruger in people.items() if bruger}


def first_with(rolle: str, afdeling: int | None = None) -> Bruger | None:
    rows = Rolletildeling.objects.on(today()).filter(rolle=rolle, afdeling=afdeling, bruger__is_active=True)
    row = rows.filter(bruger__email__endswith=f"@{DOMAIN}").select_related("bruger").order_by("pk").first()
    return row.bruger if row else None


def demo_logins() -> list[DemoLogin]:
    """For the log-in page, which calls it: no other page pays for the questions."""
    if not settings.DEMO:
        return []
    return [
        DemoLogin(f"{bruger.navn}, {Rolle(rolle).label.lower()}", reverse("demo_log_ind", args=[rolle]))
        for rolle, bruger in demo_people().items()
    ]
