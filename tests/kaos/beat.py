"""A real Celery beat for the chaos test, with a minute of one second: python -m tests.kaos.beat <file of its own>"""

import sys

import django

django.setup()

from elevforloeb.project.celery import app  # noqa: E402
from elevforloeb.project.tasks import every_minute  # noqa: E402


def main(file):
    app.conf.beat_schedule = {"minut": {"task": every_minute.name, "schedule": 1.0, "options": {"expires": 1}}}
    app.start(["beat", "--schedule", file, "--pidfile", "", "--loglevel", "WARNING"])


if __name__ == "__main__":
    main(*sys.argv[1:])
