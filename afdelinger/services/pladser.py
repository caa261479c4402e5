"""How many elever a department can have, from when to when."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Pladser
from elevforloeb.core import audit
from elevforloeb.core.dates import format_period, full_date
from elevforloeb.core.errors import mendable, save_checked
from elevforloeb.core.periods import checked_period
from elevforloeb.core.words import count_noun


@transaction.atomic
def save_pladser(actor, *, pladser, antal, fra, sidste_dag=None, kilde="") -> None:
    """Create or change a number of places. The guard of the plan says no when elever would lose their place."""
    is_new = pladser.pk is None
    pladser.antal, pladser.kilde = antal, kilde
    pladser.periode = checked_period(fra, sidste_dag)
    if fra < pladser.afdeling.startdato:
        raise ValidationError(
            {"fra": f"Afdelingen åbner først {full_date(pladser.afdeling.startdato)}. Vælg den dato eller en senere."}
        )
    require_no_overlap(pladser)
    with mendable(pladser):
        save_checked(pladser)
    did, word = ("pladser.oprettet", "Nyt antal pladser") if is_new else ("pladser.rettet", "Rettet antal pladser")
    audit.record(actor, did, pladser.afdeling, f"{word}: {antal}, {period_words(pladser)}")


def require_no_overlap(pladser) -> None:
    others = Pladser.objects.filter(afdeling=pladser.afdeling_id, periode__overlap=pladser.periode)
    other = others.exclude(pk=pladser.pk).first()
    if other is not None:
        raise ValidationError(
            {
                "fra": f"Der er allerede {count_noun(other.antal, 'plads', 'pladser')} {period_words(other)}. "
                "Ret den periode først, eller vælg datoer uden for den."
            }
        )


@transaction.atomic
def delete_pladser(actor, *, pladser) -> None:
    text = f"Fjernet antal pladser: {pladser.antal}, {period_words(pladser)}"
    with mendable(pladser):
        pladser.delete()
    audit.record(actor, "pladser.fjernet", pladser.afdeling, text)


def period_words(row) -> str:
    if row.sidste_dag is None:
        return f"fra {full_date(row.startdato)}"
    return format_period(row.startdato, row.sidste_dag, full=True)
