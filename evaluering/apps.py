from django.apps import AppConfig


class EvalueringConfig(AppConfig):
    name = "evaluering"
    verbose_name = "Evaluering"

    def ready(self):
        from . import dokumenter  # noqa: F401 - enters how its documents are printed and checked
