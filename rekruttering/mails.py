"""The letters to applicants: what the matter is, a date and the private link. None says what a hearing is about.

And the one to an elev who is asked to tell about her time.
"""

from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail
from rekruttering.models import Partshoering
from rekruttering.permissions import own_historier

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


@mail("elevhistorie_spurgt", "Spørgsmål om at fortælle om elevtiden")
def elevhistorie_spurgt(modtager, data) -> Letter | None:
    """No longer wanted when she has answered, or it is over."""
    row = own_historier(modtager).filter(pk=data["historie"]).first()
    if row is None or row.tilstand != "spurgt":
        return None
    text = (
        "Den elevansvarlige vil gerne vise, hvad du siger om din elevtid, til dem, der overvejer at søge.\n\n"
        "Læs det, og sig ja eller nej. Intet bliver vist, før du har sagt ja, og du kan altid trække det tilbage."
    )
    return Letter("Må vi vise din historie?", text, reverse("min_historie"), "Læs og svar")
