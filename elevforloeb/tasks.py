from celery import shared_task

from elevforloeb.services import fordeling

# The solver ends itself long before (services.fordeling.koersel.SECONDS).
TIME_LIMIT = 900


@shared_task(time_limit=TIME_LIMIT)
def solve_fordeling(pk):
    fordeling.solve_fordeling(pk)
