from django.apps import AppConfig


class EvalueringConfig(AppConfig):
    name = "evaluering"
    verbose_name = "Evaluering"

    def ready(self):
        from . import dokumenter, mails  # noqa: F401 - enter how its documents are printed and checked, and its letters
