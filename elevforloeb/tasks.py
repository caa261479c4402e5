from celery import shared_task

from elevforloeb.services import fordeling

# Solving, why it is impossible and the reasons end themselves before (services.fordeling.koersel and svar).
TIME_LIMIT = 1200


@shared_task(time_limit=TIME_LIMIT)
def solve_fordeling(pk):
    fordeling.solve_fordeling(pk)
