from django.apps import AppConfig


class RekrutteringConfig(AppConfig):
    name = "rekruttering"
    verbose_name = "Rekruttering"

    def ready(self):
        from . import mails  # noqa: F401 - enters the letters
        from .queries import henvisninger  # noqa: F401 - enters the pages of an elev
