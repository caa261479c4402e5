"""The roof: settings, urls, Celery, front pages per role, search, health and the demo."""

from .celery import app as celery_app

__all__ = ["celery_app"]
