"""Whom one can log in as in the demo: somebody of each role, chosen so that there is something to see."""

from typing import NamedTuple

from django.urls import reverse

from afdelinger.demo import DOMAIN
from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.models import Ophold


class DemoLogin(NamedTuple):
    rolle: str
    bruger: Bruger

    @property
    def tekst(self) -> str:
        return f"{self.bruger.navn}, {self.rolle.lower()}"

    @property
    def url(self) -> str:
        return reverse("demo_log_ind", args=[self.rolle.lower()])


def demo_logins() -> list[DemoLogin]:
    """One person of each role; the elev is in her base year, and leder and elevvejleder are where she is now."""
    stay = (
        Ophold.objects.on(today())
        .filter(elev__bruger__email__endswith=DOMAIN, elevvejleder__isnull=False)
        .select_related("elev__bruger", "elevvejleder")
        .order_by("-elev__hold__startdato", "pk")
        .first()
    )
    logins = [first_with(Rolle.ELEVANSVARLIG)]
    if stay:
        logins += [DemoLogin("Elevvejleder", stay.elevvejleder), DemoLogin("Elev", stay.elev.bruger)]
        logins += [first_with(Rolle.LEDER, stay.afdeling_id)]
    logins += [first_with(Rolle.ADMINISTRATOR)]
    return [login for login in logins if login]


def first_with(rolle: str, afdeling: int | None = None) -> DemoLogin | None:
    tildeling = (
        Rolletildeling.objects.on(today())
        .filter(rolle=rolle, afdeling=afdeling, bruger__email__endswith=DOMAIN)
        .select_related("bruger")
        .order_by("pk")
        .first()
    )
    return DemoLogin(Rolle(rolle).label, tildeling.bruger) if tildeling else None
