"""Publish: the draft becomes the plan, everybody concerned gets a mail, and the draft is gone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.errors import mendable
from elevforloeb.core.outbox import order, queue_many
from elevforloeb.models import Hold, Ophold, Udgivelse, Udkast, Udkastophold
from elevforloeb.queries.plan import get_draft, load_plan, stand
from elevforloeb.queries.udgivelse import VELKOMMEN, Brev, Forskel, draft_difference, removed_in
from elevforloeb.services.fordeling.udgiv import publish_fordelinger

from .kladde import lock_hold


@transaction.atomic
def publish_plan(actor, *, hold: Hold, udkast_id: int, was: str, past_ok: bool = False) -> Udgivelse:
    """`was` is the stand of the draft whose difference the user was shown. A second click gives the same receipt."""
    lock_hold(hold)
    udkast = get_draft(hold)
    if udkast is None or udkast.pk != udkast_id:
        return _already_published(actor, hold, udkast_id)
    _lock_afdelinger(hold, udkast)
    plan = load_plan(hold, udkast)
    if stand(plan) != was:
        raise ValidationError("Kladden er ændret, siden du så forskellen. Se den igennem igen, før du udgiver.")
    forskel = draft_difference(plan)
    _refuse(forskel, past_ok)
    with mendable(Ophold):
        _write(hold, udkast)
    udgivelse = Udgivelse.objects.create(
        hold=hold, bruger=actor, forskelle=forskel.linjer, modtagere=[_recipient(brev) for brev in forskel.breve]
    )
    queue_many([_mail(brev, udgivelse) for brev in forskel.breve])
    audit.record(actor, "plan.udgivet", hold, f"Plan for {hold} udgivet", udkast=udkast_id, udgivelse=udgivelse.pk)
    publish_fordelinger(actor, udkast)
    udkast.delete()
    return udgivelse


def _already_published(actor, hold: Hold, udkast_id: int) -> Udgivelse:
    act = audit.history(hold).filter(handling="plan.udgivet", data__udkast=udkast_id).first()
    if act is None:
        raise ValidationError("Kladden findes ikke længere. Planen herunder er den udgivne.")
    if act.bruger != actor:
        when = timezone.localtime(act.tid)
        raise ValidationError(f"{act.bruger} udgav planen kl. {when:%H.%M}. Den er nu den gældende.")
    return Udgivelse.objects.get(pk=act.data["udgivelse"])


def _lock_afdelinger(hold: Hold, udkast: Udkast) -> None:
    """Every afdeling that may get or lose somebody, by id, so that two publishers never wait for each other."""
    used = Ophold.objects.filter(elev__hold=hold).values("afdeling").union(udkast.ophold.values("afdeling"))
    ids = [row["afdeling"] for row in used]
    list(Afdeling.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _refuse(forskel: Forskel, past_ok: bool) -> None:
    if not forskel.elever:
        raise ValidationError("Kladden er den samme som den udgivne plan. Der er ikke noget at udgive.")
    if forskel.hindringer:
        raise ValidationError([f"{problem.tekst}. {problem.forklaring}" for problem in forskel.hindringer])
    if forskel.fortid and not past_ok:
        text = "Planen ændrer, hvor elever har været før i dag. Sæt kryds, hvis det er rigtigt."
        raise ValidationError({"bekraeft": ValidationError(text, code="fortid")})


# --- rows ---------------------------------------------------------------------------------------------------------


def _write(hold: Hold, udkast: Udkast) -> None:
    """Published rows are changed in place: what hangs on a stay goes on hanging on it."""
    published = {stay.pk: stay for stay in Ophold.objects.filter(elev__hold=hold)}
    rows = list(udkast.ophold.filter(elev__hold=hold))
    gone = set(removed_in(udkast)) & published.keys() - {row.ophold_id for row in rows}
    _adopt(rows, [published[pk] for pk in sorted(gone)])
    used = {row.ophold_id for row in rows}
    Ophold.objects.filter(pk__in=gone - used).delete()
    changed = [published[row.ophold_id] for row in rows if row.ophold_id and _take_over(published[row.ophold_id], row)]
    Ophold.objects.bulk_update(changed, ["afdeling", "elevvejleder", "periode"], batch_size=500)
    Ophold.objects.bulk_create([_new(row) for row in rows if not row.ophold_id])


def _adopt(rows: list[Udkastophold], gone: list[Ophold]) -> None:
    """A stay that was removed and made again in the same afdeling is the same stay."""
    for row in rows:
        same = [old for old in gone if (old.elev_id, old.afdeling_id) == (row.elev_id, row.afdeling_id)]
        old = next((old for old in same if old.span.overlap(row.span)), None)
        if not row.ophold_id and old:
            gone.remove(old)
            row.ophold_id = old.pk


def _take_over(stay: Ophold, row: Udkastophold) -> bool:
    """Whether anything is new."""
    old = stay.as_placering()
    stay.afdeling_id, stay.elevvejleder_id, stay.periode = row.afdeling_id, row.elevvejleder_id, row.periode
    return stay.as_placering() != old


def _new(row: Udkastophold) -> Ophold:
    return Ophold(
        elev_id=row.elev_id, afdeling_id=row.afdeling_id, elevvejleder_id=row.elevvejleder_id, periode=row.periode
    )


# --- mails --------------------------------------------------------------------------------------------------------


def _mail(brev: Brev, udgivelse: Udgivelse):
    occasion = f"elev:{brev.data['elev']}" if brev.skabelon == VELKOMMEN else f"{udgivelse.pk}:{brev.modtager.pk}"
    data = brev.data | {"udgivelse": udgivelse.pk}
    return order(brev.modtager, noegle=f"{brev.skabelon}:{occasion}", skabelon=brev.skabelon, data=data)


def _recipient(brev: Brev) -> list:
    return [brev.modtager.pk, brev.modtager.navn, brev.hvorfor]
