"""The letters about elever and plans."""

from datetime import date

from django.urls import reverse

from afdelinger.models import Afdeling, Rolle
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.core.words import join_words
from elevforloeb.models import Elev, Ophold
from elevforloeb.services.paamindelser import is_told


@mail("plan_udgivet", "Plan udgivet")
def plan_udgivet(modtager, data) -> Letter | None:
    return _to_afdeling(modtager, data) if "afdelinger" in data else _to_elev(data)


def _to_elev(data) -> Letter | None:
    if not Elev.objects.filter(pk=data["elev"]).exists():
        return None
    since = full_date(date.fromisoformat(data["fra"]))
    text = f"Din plan er ændret. Den første ændring gælder fra {since}.\n\nLog ind, og se hele din plan."
    return Letter("Din plan er ændret", text, reverse("forside"), "Se din plan")


def _to_afdeling(modtager, data) -> Letter | None:
    """No longer wanted by somebody who has left the afdeling before the mail went out."""
    own = set(modtager.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)) & set(data["afdelinger"])
    if not own:
        return None
    names = join_words(list(Afdeling.objects.filter(pk__in=own).values_list("navn", flat=True)))
    text = f"Der er ændringer i, hvem der er elev i {names} og hvornår.\n\nLog ind, og se, hvem I har, og hvem I får."
    return Letter("Elevplanen er ændret", text, reverse("forside"), "Se planen")


@mail("velkommen", "Velkommen til eleven")
def velkommen(modtager, data) -> Letter | None:
    elev = Elev.objects.filter(pk=data["elev"]).first()
    if elev is None:
        return None
    text = (
        f"Velkommen som elev hos os. Du begynder den {full_date(elev.startdato)}.\n\n"
        "Din plan er klar. Her kan du se, hvilke afdelinger du skal være i, hvem din elevvejleder er, og hvornår du "
        "er i skole."
    )
    return Letter("Velkommen som elev", text, reverse("forside"), "Se din plan")


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
