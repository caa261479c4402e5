from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "elevforloeb.project"
    label = "project"
    verbose_name = "Tværgående"

    def ready(self):
        from . import mails  # noqa: F401  (enters the letters)
