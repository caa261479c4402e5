from celery import shared_task

from rekruttering.services import sagsmappe

TIME_LIMIT = 900


@shared_task(time_limit=TIME_LIMIT)
def make_sagsmappe(pk):
    sagsmappe.make(pk)
