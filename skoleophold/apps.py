from django.apps import AppConfig


class SkoleopholdConfig(AppConfig):
    name = "skoleophold"
    verbose_name = "Skoleophold"

    def ready(self):
        from . import mails, mails_aub, mails_studietur  # noqa: F401 - enter the letters
        from .queries import (  # noqa: F401
            hensyn,  # enters what keeps a course past its time
            henvisninger,  # enters the tab of the elev's page
        )
