"""New versions of the goals. An elev keeps the version that was in force when the agreement was made."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Maal, Maalsaet, Opgave
from elevforloeb.core import audit
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import mendable, save_checked
from elevforloeb.core.periods import period

from .afdelinger import free_code


@transaction.atomic
def create_maalsaet(actor, *, navn, kilde, fra, linjer) -> Maalsaet:
    """`linjer` come from maalliste.parse. Tasks that train a code of the version before train the same code here."""
    if not linjer:
        raise ValidationError({"liste": "Skriv mindst ét mål, ét på hver linje."})
    former = Maalsaet.objects.order_by("-periode").first()
    maalsaet = Maalsaet(kode=free_code(Maalsaet, navn[:36]), navn=navn, kilde=kilde, periode=period(fra))
    save_checked(maalsaet)
    with mendable(Maal):
        goals = Maal.objects.bulk_create(
            Maal(maalsaet=maalsaet, kode=linje.kode, navn=linje.navn, obligatorisk=linje.obligatorisk, nr=nr)
            for nr, linje in enumerate(linjer, start=1)
        )
    links = carry_over(former, goals) if former else 0
    text = f"Nyt målsæt {maalsaet} med {len(goals)} mål fra {full_date(fra)}; {links} koblinger til opgaver fulgte med"
    audit.record(actor, "maalsaet.oprettet", maalsaet, text)
    return maalsaet


def carry_over(former, goals) -> int:
    """Link the tasks of the goals with the same code to the new goals."""
    link = Opgave.maal.through
    new = {goal.kode: goal.pk for goal in goals}
    old = link.objects.filter(maal__maalsaet=former, maal__kode__in=new).values_list("opgave_id", "maal__kode")
    return len(link.objects.bulk_create(link(opgave_id=opgave, maal_id=new[kode]) for opgave, kode in old))
