from django.apps import AppConfig


class SkoleopholdConfig(AppConfig):
    name = "skoleophold"
    verbose_name = "Skoleophold"

    def ready(self):
        from . import mails  # noqa: F401 - enters the letters
        from .queries import henvisninger  # noqa: F401 - enters the tab of the elev's page
