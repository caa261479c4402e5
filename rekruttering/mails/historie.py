"""To an elev who is asked to tell about her time."""

from django.urls import reverse

from elevforloeb.core.letters import Letter, mail
from rekruttering.permissions import own_historier


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
