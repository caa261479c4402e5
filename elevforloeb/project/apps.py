from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "elevforloeb.project"
    label = "project"
    verbose_name = "Tværgående"

    def ready(self):
        from . import (  # noqa: F401
            henvisninger,  # enters the tabs of the pages about an elev
            mails,  # enters the letters
        )
