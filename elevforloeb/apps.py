from django.apps import AppConfig


class ElevforloebConfig(AppConfig):
    name = "elevforloeb"
    label = "elevforloeb"
    verbose_name = "Elevforløb"

    def ready(self):
        from . import mails  # noqa: F401 - enters the letters
