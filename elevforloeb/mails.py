"""The letters about elever. They name no elev: e-mail is not confidential, and the page behind the link is."""

from datetime import date

from django.urls import reverse

from elevforloeb.core.dates import full_date, today
from elevforloeb.core.letters import Letter, mail

from .models import Ophold
from .services.paamindelser import is_told


@mail("naeste_elev", "Din næste elev")
def naeste_elev(modtager, data) -> Letter | None:
    """No longer wanted when the stay was moved, has begun, or has got another elevvejleder."""
    stay = Ophold.objects.select_related("afdeling", "elev", "elevvejleder").filter(pk=data["ophold"]).first()
    if stay is None or stay.startdato != date.fromisoformat(data["start"]) or stay.startdato < today():
        return None
    if (stay.elev.stoppet and stay.elev.stoppet <= stay.startdato) or not is_told(modtager, stay):
        return None
    text = (
        f"Den {full_date(stay.startdato)} begynder der en ny elev hos jer i {stay.afdeling}.\n\n"
        "Log ind, og se, hvem det er, elevens hele plan og de uger, eleven er i skole. Så kan I gøre plads og opgaver "
        "klar."
    )
    return Letter("Jeres næste elev", text, reverse("elev", args=[stay.elev_id]), "Se elevens plan")
