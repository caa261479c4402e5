from celery import shared_task

from evaluering.services import samling

TIME_LIMIT = 900


@shared_task(time_limit=TIME_LIMIT)
def make_samling(pk):
    samling.make(pk)
