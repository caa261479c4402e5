from django.apps import AppConfig


class AfdelingerConfig(AppConfig):
    name = "afdelinger"
    verbose_name = "Afdelinger"

    def ready(self):
        from . import mails  # noqa: F401  enters the letters of this app
