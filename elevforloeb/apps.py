from django.apps import AppConfig


class ElevforloebConfig(AppConfig):
    name = "elevforloeb"
    label = "elevforloeb"
    verbose_name = "Elevforløb"
