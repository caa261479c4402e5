from django.apps import AppConfig


class AfdelingerConfig(AppConfig):
    name = "afdelinger"
    verbose_name = "Afdelinger"
