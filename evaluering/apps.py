from django.apps import AppConfig


class EvalueringConfig(AppConfig):
    name = "evaluering"
    verbose_name = "Evaluering"

    def ready(self):
        from . import (  # noqa: F401 - enter how documents are printed and checked
            dokumenter,
            erklaeringsdokumenter,
            mails,  # noqa: F401 - enters the letters
        )
        from .queries import (
            henvisninger,  # noqa: F401 - enters the tabs of the pages of an elev and a hold
            optaget,  # noqa: F401 - enters when people talk
        )
