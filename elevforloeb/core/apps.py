from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "elevforloeb.core"
    label = "core"
    verbose_name = "Fælles"
