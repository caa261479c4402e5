"""The letters to applicants: what the matter is, a date and the private link. None says what a hearing is about."""

from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail
from rekruttering.models import Partshoering

from .links import token


@mail("partshoering", "Partshøring af en ansøger")
def partshoering(modtager, data) -> Letter | None:
    row = Partshoering.objects.select_related("ansoegning__runde").filter(pk=data["partshoering"], svaret=None).first()
    if row is None:
        return None
    text = (
        "Der er kommet en oplysning i din sag, som du skal kunne svare på, før vi beslutter os.\n\n"
        f"Læs den på din side, og svar senest {full_date(row.frist)}."
    )
    url = reverse("partshoering_svar", args=[token(row.ansoegning.noegle)])
    return Letter("Din ansøgning: vi vil gerne høre fra dig", text, url, "Læs og svar", navn=row.ansoegning.fornavn)
