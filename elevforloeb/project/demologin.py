"""One log-in per role for the demo. An address that ends in .invalid can belong to no real person."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today

ROLLER = [Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV, Rolle.LEDER, Rolle.ADMINISTRATOR]


class DemoLogin(NamedTuple):
    tekst: str
    url: str


def demo_bruger(rolle: str) -> Bruger | None:
    """The first invented person who has the role today."""
    rows = Rolletildeling.objects.on(today()).filter(rolle=rolle, bruger__is_active=True)
    row = rows.filter(bruger__email__endswith=".invalid").select_related("bruger").order_by("id").first()
    return row.bruger if row else None


def demo_logins() -> list[DemoLogin]:
    """For the log-in page, which calls it: no other page pays for the questions."""
    if not settings.DEMO:
        return []
    people = [(rolle, demo_bruger(rolle)) for rolle in ROLLER]
    return [
        DemoLogin(f"{bruger.navn}, {rolle.label.lower()}", reverse("demo_log_ind", args=[rolle]))
        for rolle, bruger in people
        if bruger
    ]
