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
        from .queries import (  # noqa: F401 - enter the tabs of the pages of an elev and a hold, when people talk, a remark
            henvisninger,
            optaget,
            planmaal,
        )
