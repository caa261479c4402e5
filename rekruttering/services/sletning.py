"""What is forgotten when its time is up: abandoned drafts, and the applications of a closed round.

Everything goes: row, answers, files and their bytes, the case and the committee's words about it, mails and what they
were written to. What stays are counts that point to nobody, and lines of history that know a number only.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from elevforloeb.core import audit
from elevforloeb.core.dates import add_months, now, today
from elevforloeb.core.models import Fil
from elevforloeb.core.rules import rules
from elevforloeb.core.words import count_noun
from rekruttering.models import Ansoegning, Interesse, Runde, Rundetal

from .post import forget_mails

T = Ansoegning.Tilstand
ROWS = 200  # in one run; the next minute takes the rest
UOPLYST = "Ikke oplyst"
# How far an application came, the furthest first: the funnel that the counts make.
LAENGST = [T.ANSAT, T.TILBUD, T.VENTELISTE, T.SAMTALE, T.VURDERES, T.NY]


def remove(ansoegninger: list[Ansoegning]) -> None:
    """With all that hangs on them. The bytes go when the deletion is committed."""
    pks = [each.pk for each in ansoegninger]
    forget_mails(f"ansoegning:{pk}:" for pk in pks)
    Fil.objects.filter(pk__in=Fil.objects.filter(ansoegningsbilag__ansoegning__in=pks).values("pk")).delete()
    Ansoegning.objects.filter(pk__in=pks).delete()


@transaction.atomic
def discard_draft(*, ansoegning: Ansoegning) -> None:
    """She will not apply after all: a draft that nobody else has seen goes at once."""
    remove(list(Ansoegning.objects.select_for_update().filter(pk=ansoegning.pk, tilstand=T.KLADDE)))


@transaction.atomic
def forget_drafts() -> None:
    old = now() - timedelta(days=rules().ansoegning_kladde_dage)
    rows = Ansoegning.objects.filter(tilstand=T.KLADDE, rettet__lte=old)
    by_round = defaultdict(list)
    for row in rows.select_related("runde").select_for_update(skip_locked=True, of=["self"]).order_by("pk")[:ROWS]:
        by_round[row.runde].append(row)
    for runde, drafts in by_round.items():
        remove(drafts)
        _write_down(runde, "kladder_slettet", len(drafts), "forladt kladde", "forladte kladder")


@transaction.atomic
def delete_applications() -> None:
    """Of rounds that closed so many months ago. One that must be kept for a complaint waits for its own day."""
    for runde in Runde.objects.filter(tilstand=Runde.Tilstand.AFSLUTTET):
        if add_months(runde.afsluttet, runde.slettes_efter_maaneder) <= today():
            _delete_of(runde)


def _delete_of(runde: Runde) -> None:
    due = runde.ansoegninger.filter(Q(beholdes_til=None) | Q(beholdes_til__lte=today()))
    rows = due.select_related("adgangsvej").select_for_update(skip_locked=True, of=["self"]).order_by("pk")
    found = list(rows.prefetch_related("skridt")[:ROWS])
    if not found:
        return
    _count(runde, found)
    _keep_consents(found)
    remove(found)
    _write_down(runde, "ansoegninger_slettet", len(found), "ansøgning", "ansøgninger")


def _write_down(runde: Runde, what: str, number: int, one: str, many: str) -> None:
    words = f"{count_noun(number, one, many)} i {runde} er slettet for altid"
    audit.record(None, f"runde.{what}", runde, words, antal=number)


def _count(runde: Runde, rows: list[Ansoegning]) -> None:
    """Added before they go, in the same transaction: none is counted twice or forgotten. Drafts do not count."""
    number, days = Counter(), Counter()
    for row in rows:
        if row.er_kladde:
            continue
        line = (str(row.adgangsvej or UOPLYST), row.get_hoert_display() or UOPLYST, _furthest(row))
        number[line] += 1
        days[line] += (row.besvaret - row.indsendt).days if row.besvaret else 0
    for (vej, kilde, skridt), antal in number.items():
        found, _ = Rundetal.objects.get_or_create(
            runde=runde, vej=vej, kilde=kilde, skridt=skridt, defaults={"antal": 0}
        )
        more = {"antal": F("antal") + antal, "dage_til_svar": F("dage_til_svar") + days[vej, kilde, skridt]}
        Rundetal.objects.filter(pk=found.pk).update(**more)


def _furthest(row: Ansoegning) -> str:
    been = {step.art for step in row.skridt.all()} | {f"tilstand-{row.tilstand}"}
    return next((state.label for state in LAENGST if f"tilstand-{state}" in been), T.NY.label)


def _keep_consents(rows: list[Ansoegning]) -> None:
    """Who said yes to hear about a later round is remembered by her address alone, for as long as she said."""
    for row in rows:
        if row.kontakt_igen and row.kontakt_igen > today():
            own = {"noegle": row.noegle, "udloeber": row.kontakt_igen, "samtykke": row.indsendt, "bekraeftet": now()}
            Interesse.objects.get_or_create(email=row.email.lower(), defaults=own)
