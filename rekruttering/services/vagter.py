"""Elever who receive the applicants of a day."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date
from elevforloeb.core.errors import save_checked
from elevforloeb.core.outbox import queue
from elevforloeb.models import Elev, Kalenderperiode
from rekruttering.models import Samtaledag, Samtalevagt
from rekruttering.queries.samtaler import on_duty_elsewhere


@transaction.atomic
def put_on_duty(actor, *, dag: Samtaledag, elev: Elev) -> Samtalevagt:
    Elev.objects.select_for_update(of=("self",), no_key=True).get(pk=elev.pk)  # two days at once
    if Kalenderperiode.objects.on(dag.dato).filter(elev=elev).exists():
        raise ValidationError({"elev": f"{elev} er ikke på arbejde den dag. Vælg en anden."})
    if on_duty_elsewhere(dag).filter(elev=elev).exists():
        raise ValidationError({"elev": f"{elev} tager imod i et andet lokale på samme tid. Vælg en anden."})
    row = Samtalevagt(dag=dag, elev=elev)
    save_checked(row)
    audit.record(actor, "samtalevagt.sat", dag.runde, f"{elev} tager imod ansøgere {full_date(dag.dato)}")
    queue(elev.bruger, noegle=f"samtalevagt:{row.pk}", skabelon="samtalevagt", data={"vagt": row.pk})
    return row


@transaction.atomic
def take_off_duty(actor, *, vagt: Samtalevagt) -> None:
    audit.record(
        actor, "samtalevagt.fjernet", vagt.dag.runde, f"{vagt.elev} tager ikke imod {full_date(vagt.dag.dato)}"
    )
    vagt.delete()
