"""The Celery app. Redis only rings the bell; what must happen lies in PostgreSQL (see core.outbox)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elevforloeb.project.settings")

app = Celery("elevforloeb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
