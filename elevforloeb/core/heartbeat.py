"""When a part of the machinery last showed life."""

from datetime import timedelta

from django.utils import timezone

from .models import Hjerteslag

LONGEST_PAUSE = timedelta(minutes=5)


def record(navn: str) -> None:
    Hjerteslag.objects.update_or_create(navn=navn, defaults={"tid": timezone.now()})


def is_alive(navn: str) -> bool:
    return Hjerteslag.objects.filter(navn=navn, tid__gt=timezone.now() - LONGEST_PAUSE).exists()
