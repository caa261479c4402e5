from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "elevforloeb.project"
    label = "project"
    verbose_name = "Tværgående"
