from django.apps import AppConfig


class EvalueringConfig(AppConfig):
    name = "evaluering"
    verbose_name = "Evaluering"

    def ready(self):
        from . import dokumenter, erklaeringsdokumenter  # noqa: F401 - enter how documents are printed and checked
        from . import mails  # noqa: F401 - enters the letters
