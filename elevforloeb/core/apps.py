from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "elevforloeb.core"
    label = "core"
    verbose_name = "Fælles"

    def ready(self):
        from . import checks  # noqa: F401  (registers them)
