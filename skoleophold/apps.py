from django.apps import AppConfig


class SkoleopholdConfig(AppConfig):
    name = "skoleophold"
    verbose_name = "Skoleophold"
