"""The letters about study trips. None names a contact or another elev."""

from datetime import date

from django.urls import reverse

from elevforloeb.core.dates import format_period, short_date, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.core.words import join_words
from elevforloeb.models import Elev
from skoleophold.models import Studietur
from skoleophold.permissions import can_see_kontakter
from skoleophold.queries.studietur import deltagere, tjeklister


@mail("studietur_klar", "Studieturen er gjort klar")
def studietur_klar(modtager, data) -> Letter | None:
    tur, elev = _goes(modtager, data)
    if elev is None:
        return None
    text = (
        f"{tur} er {format_period(tur.startdato, tur.sidste_dag)}. Se programmet, og gå tjeklisten igennem i god tid: "
        "noget af det kan tage flere uger."
    )
    return Letter(str(tur), text, reverse("studietur", args=[tur.pk]), "Se turen")


@mail("studietur_mangler", "Noget mangler til studieturen")
def studietur_mangler(modtager, data) -> Letter | None:
    """What was due by then and is missing still; no longer wanted when that is nothing."""
    tur, elev = _goes(modtager, data)
    if elev is None:
        return None
    frist = date.fromisoformat(data["frist"])
    (liste,) = tjeklister(tur, [elev])
    names = [f"{each.punkt} (senest {short_date(each.frist)})" for each in liste.mangler if each.frist <= frist]
    if not names:
        return None
    text = f"Du mangler {join_words(names)}.\n\nSæt kryds på tjeklisten, når det er i orden."
    url = reverse("studietur_tjekliste", args=[tur.pk, elev.pk])
    return Letter("Noget mangler til studieturen", text, url, "Åbn tjeklisten")


@mail("studietur_ledsager", "Du er rejseleder på en studietur")
def studietur_ledsager(modtager, data) -> Letter | None:
    tur = Studietur.objects.filter(pk=data["tur"]).first()
    if tur is None or tur.ledsager_id != modtager.pk or not can_see_kontakter(modtager, tur):
        return None
    text = (
        f"Du er rejseleder: {tur}, {format_period(tur.startdato, tur.sidste_dag)}.\n\n"
        "På turens side er program, dokumenter og kontaktlisten, som du kan printe."
    )
    return Letter("Du er rejseleder på en studietur", text, reverse("studietur", args=[tur.pk]), "Se turen")


def _goes(modtager, data) -> tuple[Studietur | None, Elev | None]:
    """The trip, while it lies ahead, and the recipient when she goes."""
    tur = Studietur.objects.filter(pk=data["tur"], periode__startswith__gt=today()).first()
    return tur, deltagere(tur).filter(bruger=modtager).first() if tur else None
