"""To those in the house who take part: members of the committee, and elever who receive applicants."""

from django.urls import reverse

from elevforloeb.core.dates import long_date, today
from elevforloeb.core.letters import Letter, mail
from rekruttering.models import Samtalevagt, Udvalgsmedlem
from rekruttering.permissions import visible_runder


@mail("udvalg_valgt", "Medlem af ansættelsesudvalget")
def udvalg_valgt(modtager, data) -> Letter | None:
    """No longer wanted when she has left, has begun, or the round is over."""
    row = Udvalgsmedlem.objects.select_related("runde").filter(pk=data["medlem"], udtraadt=None, erklaeret=None).first()
    if row is None or not visible_runder(modtager).filter(pk=row.runde_id).exists():
        return None
    text = (
        f"Du er med i ansættelsesudvalget for {row.runde}.\n\n"
        "Det første er at sige, om du er inhabil i forhold til nogen af ansøgerne. Så kan du læse ansøgningerne."
    )
    url = reverse("ansoegere", args=[row.runde_id])
    return Letter("Du er med i et ansættelsesudvalg", text, url, "Åbn ansøgerne")


@mail("samtalevagt", "Tag imod ansøgere")
def samtalevagt(modtager, data) -> Letter | None:
    row = Samtalevagt.objects.select_related("dag").filter(pk=data["vagt"], elev__bruger=modtager).first()
    if row is None or row.dag.dato < today():
        return None
    text = (
        f"Du skal tage imod ansøgere {long_date(row.dag.dato)} i {row.dag.lokale}: vise dem vej og fortælle om at være "
        "elev.\n\nPå siden kan du se, hvem der kommer hvornår."
    )
    return Letter("Du skal tage imod ansøgere", text, reverse("modtagelse"), "Se, hvem der kommer")
